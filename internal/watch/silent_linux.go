package watch

import "golang.org/x/sys/unix"

// silentTypes are the numbers, from statfs(2), of file systems that belong to another machine or to
// the host of this virtual machine. Linux sends no events of changes made there.
var silentTypes = map[uint32]bool{
	unix.V9FS_MAGIC:            true, // disks of Windows under WSL 2, folders that virtual machines share
	0x53464846:                 true, // drvfs, disks of Windows under WSL 1
	unix.SMB_SUPER_MAGIC:       true,
	unix.SMB2_SUPER_MAGIC:      true,
	unix.CIFS_SUPER_MAGIC:      true,
	unix.NFS_SUPER_MAGIC:       true,
	unix.AFS_SUPER_MAGIC:       true,
	unix.CEPH_SUPER_MAGIC:      true,
	unix.CODA_SUPER_MAGIC:      true,
	unix.FUSE_SUPER_MAGIC:      true, // sshfs, virtiofs, folders that Docker Desktop shares
	unix.OVERLAYFS_SUPER_MAGIC: true, // containers: changes of the lower folders send no events
	0x786f4256:                 true, // vboxsf
	0xbacbacbc:                 true, // vmhgfs
	0x7c7c6673:                 true, // prl_fs
}

// silent reports whether the file system of a folder is one of silentTypes.
func silent(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) == nil && silentTypes[uint32(s.Type)]
}
