#ifndef FAULTY_VFS_H
#define FAULTY_VFS_H

/// Gives SQLite a file system of the name "faulty", on which calls can be made to fail. Returns an SQLite result code.
int faulty_vfs_install(void);

/// Counts calls that touch the disk from now on, on this thread: opens, reads, writes, truncations, syncs and deletions. The
/// `failing`th (from 1) fails, a write after half of its bytes; with `lasting` all after it too. 0: none does.
void faulty_vfs_arm(int failing, int lasting, int full);

/// How many there were since.
int faulty_vfs_calls(void);

#endif
