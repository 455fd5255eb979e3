/*
 * A disk that fails when it is told to, and a clock that jumps: preloaded into the server's process.
 *
 * Keeps, for each file of the database, what the disk held when it was last synced: before any byte is changed, the old
 * one is written to an undo file, which a sync empties. A power cut is a kill, and then the undo read backwards.
 *
 * After a sync that failed, the kernel calls clean what never reached the disk: it can be read, and no later sync writes it.
 * What was in the undo file then moves to a file of what was lost; a later sync notes there only what was written anew.
 *
 * FAULTS_CONTROL names a file that is mapped into memory: struct control, written by the trial while the server runs.
 * FAULTS_FOLDER names the folder whose files count. FAULTS_UNDO names the folder for the undo files.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  int32_t write_errno;
  int32_t sync_errno;
  int32_t open_errno;
  int32_t unused;
  int64_t clock_ms;
};

#define FILES 4096
static volatile struct control *control;
static char *folder;
static char *undo_folder;
/* By descriptor: the undo file of the file behind it, plus one; 0: not ours. */
static int undo_of[FILES];
static struct { char path[512]; int undo; } known[64];
/* By the undo file's descriptor: that of what was lost. */
static int lost_of[FILES];
static int known_count;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULTS_CONTROL");
  folder = getenv("FAULTS_FOLDER");
  undo_folder = getenv("FAULTS_UNDO");
  int fd = path ? syscall(SYS_openat, AT_FDCWD, path, O_RDWR, 0) : -1;
  if (fd < 0) return;
  void *mapped = mmap(0, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) control = mapped;
  syscall(SYS_close, fd);
}

static int ends(const char *text, const char *end) {
  size_t a = strlen(text), b = strlen(end);
  return a >= b && strcmp(text + a - b, end) == 0;
}

/* The database and its log; the shared index is rebuilt from the log, and is no file in earnest. */
static int is_ours(const char *path) {
  return folder && path && strncmp(path, folder, strlen(folder)) == 0 && (ends(path, ".db") || ends(path, "-wal"));
}

static void opened(int fd, const char *path) {
  if (fd < 0 || fd >= FILES) return;
  undo_of[fd] = 0;
  if (!is_ours(path) || !undo_folder) return;
  for (int i = 0; i < known_count; i++) {
    if (strcmp(known[i].path, path) == 0) {
      undo_of[fd] = known[i].undo + 1;
      return;
    }
  }
  if (known_count == 64) return;
  char undo[1024];
  snprintf(undo, sizeof undo, "%s/%s.undo", undo_folder, strrchr(path, '/') + 1);
  int kept = syscall(SYS_openat, AT_FDCWD, undo, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (kept < 0) return;
  snprintf(undo, sizeof undo, "%s/%s.lost", undo_folder, strrchr(path, '/') + 1);
  if (kept < FILES) lost_of[kept] = syscall(SYS_openat, AT_FDCWD, undo, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  strncpy(known[known_count].path, path, 511);
  known[known_count++].undo = kept;
  undo_of[fd] = kept + 1;
}

static int open_with(int dir, const char *path, int flags, mode_t mode) {
  if (control && control->open_errno && is_ours(path) && (flags & O_ACCMODE) != O_RDONLY) {
    errno = control->open_errno;
    return -1;
  }
  int fd = syscall(SYS_openat, dir, path, flags, mode);
  opened(fd, path);
  return fd;
}

#define MODE                                            \
  mode_t mode = 0;                                      \
  if (flags & (O_CREAT | O_TMPFILE)) {                  \
    va_list rest;                                       \
    va_start(rest, flags);                              \
    mode = va_arg(rest, mode_t);                        \
    va_end(rest);                                       \
  }

int open(const char *path, int flags, ...) { MODE return open_with(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_with(AT_FDCWD, path, flags | O_LARGEFILE, mode); }

static int (*real_close)(int);
int close(int fd) {
  if (!real_close) real_close = dlsym(RTLD_NEXT, "close");
  if (fd >= 0 && fd < FILES) undo_of[fd] = 0;
  return real_close(fd);
}

/* One record: where, how long the file was, how many old bytes follow. */
static void keep(int fd, off_t at, size_t length) {
  int undo = undo_of[fd] - 1;
  struct stat was;
  if (fstat(fd, &was) != 0) return;
  size_t held = at >= was.st_size ? 0 : (size_t)(was.st_size - at) < length ? (size_t)(was.st_size - at) : length;
  int64_t head[3] = {at, was.st_size, held};
  char *record = malloc(sizeof head + held);
  memcpy(record, head, sizeof head);
  if (held) syscall(SYS_pread64, fd, record + sizeof head, held, at);
  syscall(SYS_write, undo, record, sizeof head + held);
  free(record);
}

static int is_kept(int fd) { return fd >= 0 && fd < FILES && undo_of[fd]; }

static ssize_t pwrite_with(int fd, const void *bytes, size_t length, off_t at) {
  if (is_kept(fd)) {
    if (control && control->write_errno) {
      errno = control->write_errno;
      return -1;
    }
    keep(fd, at, length);
  }
  return syscall(SYS_pwrite64, fd, bytes, length, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite_with(fd, bytes, length, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return pwrite_with(fd, bytes, length, at); }

ssize_t write(int fd, const void *bytes, size_t length) {
  if (is_kept(fd)) {
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (control && control->write_errno) {
      errno = control->write_errno;
      return -1;
    }
    keep(fd, at, length);
  }
  return syscall(SYS_write, fd, bytes, length);
}

static int truncate_with(int fd, off_t length) {
  if (is_kept(fd)) {
    struct stat was;
    if (fstat(fd, &was) == 0 && was.st_size > length) keep(fd, length, was.st_size - length);
  }
  return syscall(SYS_ftruncate, fd, length);
}
int ftruncate(int fd, off_t length) { return truncate_with(fd, length); }
int ftruncate64(int fd, off_t length) { return truncate_with(fd, length); }

/* Moves what was written since the last sync to what was lost, under a head that says whether it reached the disk. */
static void set_aside(int undo, int reached) {
  int lost = lost_of[undo];
  struct stat now, before;
  if (fstat(undo, &now) != 0 || fstat(lost, &before) != 0) return;
  if (now.st_size > 0 && (!reached || before.st_size > 0)) {
    int64_t head[3] = {-1, reached, now.st_size};
    syscall(SYS_write, lost, head, sizeof head);
    void *records = mmap(0, now.st_size, PROT_READ, MAP_SHARED, undo, 0);
    if (records != MAP_FAILED) {
      syscall(SYS_write, lost, records, now.st_size);
      munmap(records, now.st_size);
    }
  }
  syscall(SYS_ftruncate, undo, 0);
}

/* The disk of a virtual machine is slow to sync and is not what is tried: what counts is that it was asked to. */
static int sync_with(int fd) {
  if (!is_kept(fd)) return 0;
  if (control && control->sync_errno) {
    set_aside(undo_of[fd] - 1, 0);
    errno = control->sync_errno;
    return -1;
  }
  set_aside(undo_of[fd] - 1, 1);
  return 0;
}
int fsync(int fd) { return sync_with(fd); }
int fdatasync(int fd) { return sync_with(fd); }

int gettimeofday(struct timeval *restrict tv, void *restrict tz) {
  (void)tz;
  struct timespec now;
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  int64_t us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 + (control ? control->clock_ms * 1000 : 0);
  tv->tv_sec = us / 1000000;
  tv->tv_usec = us % 1000000;
  return 0;
}

static int (*real_clock)(clockid_t, struct timespec *);
int clock_gettime(clockid_t clock, struct timespec *now) {
  if (!real_clock) real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real_clock ? real_clock(clock, now) : syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_REALTIME && control && control->clock_ms) {
    int64_t ns = now->tv_nsec + (control->clock_ms % 1000) * 1000000;
    now->tv_sec += control->clock_ms / 1000 + ns / 1000000000;
    now->tv_nsec = ns % 1000000000;
  }
  return result;
}
