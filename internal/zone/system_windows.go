package zone

import "golang.org/x/sys/windows/registry"

// system returns the zone of the registry; "" where there is none, or one that has no IANA name.
func system() string {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, `SYSTEM\CurrentControlSet\Control\TimeZoneInformation`, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer key.Close()
	name, _, err := key.GetStringValue("TimeZoneKeyName")
	if err != nil {
		return ""
	}
	return windowsNames[name]
}
