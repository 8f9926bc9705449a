#include "faulty_vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct {
    sqlite3_file base;
    sqlite3_file *real;
} faulty_file;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs faulty;

static _Thread_local int calls, first_failing, is_lasting, is_full;

static int fails(void) {
    calls++;
    return first_failing > 0 && (calls == first_failing || (is_lasting && calls > first_failing));
}

static sqlite3_file *real(sqlite3_file *file) { return ((faulty_file *)file)->real; }

static int f_close(sqlite3_file *f) {
    int code = real(f)->pMethods->xClose(real(f));
    sqlite3_free(real(f));
    return code;
}

// A full disk can be read.
static int f_read(sqlite3_file *f, void *bytes, int count, sqlite3_int64 offset) {
    if (fails() && !is_full) return SQLITE_IOERR_READ;
    return real(f)->pMethods->xRead(real(f), bytes, count, offset);
}

static int f_write(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    if (!fails()) return real(f)->pMethods->xWrite(real(f), bytes, count, offset);
    if (count > 1) real(f)->pMethods->xWrite(real(f), bytes, count / 2, offset);
    return is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
    if (fails() && !is_full) return SQLITE_IOERR_TRUNCATE;
    return real(f)->pMethods->xTruncate(real(f), size);
}

static int f_sync(sqlite3_file *f, int flags) {
    if (fails()) return is_full ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
    return real(f)->pMethods->xSync(real(f), flags);
}

static int f_size(sqlite3_file *f, sqlite3_int64 *size) { return real(f)->pMethods->xFileSize(real(f), size); }
static int f_lock(sqlite3_file *f, int kind) { return real(f)->pMethods->xLock(real(f), kind); }
static int f_unlock(sqlite3_file *f, int kind) { return real(f)->pMethods->xUnlock(real(f), kind); }
static int f_reserved(sqlite3_file *f, int *out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
static int f_control(sqlite3_file *f, int op, void *arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
static int f_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int f_traits(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }

// Version 1: without shared memory, which one process alone has no need of.
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = f_close,
    .xRead = f_read,
    .xWrite = f_write,
    .xTruncate = f_truncate,
    .xSync = f_sync,
    .xFileSize = f_size,
    .xLock = f_lock,
    .xUnlock = f_unlock,
    .xCheckReservedLock = f_reserved,
    .xFileControl = f_control,
    .xSectorSize = f_sector,
    .xDeviceCharacteristics = f_traits,
};

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    faulty_file *mine = (faulty_file *)file;
    memset(mine, 0, sizeof *mine);
    if (fails() && !is_full) return SQLITE_CANTOPEN;
    mine->real = sqlite3_malloc(real_vfs->szOsFile);
    if (!mine->real) return SQLITE_NOMEM;
    memset(mine->real, 0, real_vfs->szOsFile);
    int code = real_vfs->xOpen(real_vfs, name, mine->real, flags, out);
    if (code != SQLITE_OK) {
        sqlite3_free(mine->real);
        mine->real = 0;
        return code;
    }
    mine->base.pMethods = &methods;
    return SQLITE_OK;
}

static int v_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    if (fails() && !is_full) return SQLITE_IOERR_DELETE;
    return real_vfs->xDelete(real_vfs, name, sync);
}

int faulty_vfs_install(void) {
    real_vfs = sqlite3_vfs_find(0);
    if (!real_vfs) return SQLITE_ERROR;
    faulty = *real_vfs;
    faulty.zName = "faulty";
    faulty.szOsFile = sizeof(faulty_file);
    faulty.xOpen = v_open;
    faulty.xDelete = v_delete;
    return sqlite3_vfs_register(&faulty, 0);
}

void faulty_vfs_arm(int failing, int lasting, int full) {
    calls = 0;
    first_failing = failing;
    is_lasting = lasting;
    is_full = full;
}

int faulty_vfs_calls(void) { return calls; }
