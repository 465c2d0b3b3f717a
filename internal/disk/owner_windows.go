package disk

import (
	"os"

	"golang.org/x/sys/windows"
)

// IsOwn reports whether a file or folder belongs to the user of this process. What belongs to the
// administrators or the system counts as well: they have the machine. A link counts as
// somebody else's, since the owner of what it leads to says nothing of who made it.
func IsOwn(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() && !info.IsDir() {
		return false
	}
	found, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return false
	}
	owner, _, err := found.Owner()
	if err != nil || owner == nil {
		return false
	}
	if owner.IsWellKnown(windows.WinBuiltinAdministratorsSid) || owner.IsWellKnown(windows.WinLocalSystemSid) {
		return true
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	return err == nil && owner.Equals(user.User.Sid)
}
