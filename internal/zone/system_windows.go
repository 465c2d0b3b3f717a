package zone

import "golang.org/x/sys/windows/registry"

// system returns the IANA name of the zone in the registry; "" if there is none.
func system() string {
	const path = `SYSTEM\CurrentControlSet\Control\TimeZoneInformation`
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.QUERY_VALUE)
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
