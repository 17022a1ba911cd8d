// Makes the n-th file operation below a directory fail. Loaded with LD_PRELOAD; told what to do by
// the environment:
//   FAULT_DIR    the directory, an absolute path
//   FAULT_AT     n: the operations below the directory are counted from 1
//   FAULT_ERRNO  how it fails; 0: only writes are counted, and they take half of what they are given
//   FAULT_ONCE   1: only the n-th fails; 0: all from the n-th on
//   FAULT_CALLS  only operations whose name contains this are counted; may be empty
//   FAULT_LOG    a file outside the directory that gets one line for the n-th: its name and path
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *directory, *calls, *report;
static long at;
static int error, once;
static atomic_long counted;

__attribute__((constructor)) static void read_environment(void) {
  directory = getenv("FAULT_DIR");
  calls = getenv("FAULT_CALLS");
  report = getenv("FAULT_LOG");
  at = atol(getenv("FAULT_AT"));
  error = atoi(getenv("FAULT_ERRNO"));
  once = atoi(getenv("FAULT_ONCE"));
}

static int is_below(const char *path) {
  if (directory == NULL || path == NULL) return 0;
  size_t length = strlen(directory);
  return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static ssize_t real_write(int fd, const void *from, size_t size);

static void tell(const char *call, const char *path) {
  char line[PATH_MAX + 64];
  int size = snprintf(line, sizeof line, "%s %s\n", call, path);
  int fd = open(report, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd >= 0) {
    real_write(fd, line, size);
    close(fd);
  }
}

// whether this operation must fail, or write half; errno is set then
static int fails(const char *call, const char *path) {
  if (!is_below(path) || strstr(call, calls) == NULL) return 0;
  if (error == 0 && strcmp(call, "write") != 0 && strcmp(call, "pwrite") != 0) return 0;
  long number = atomic_fetch_add(&counted, 1) + 1;
  if (number < at || (once && number > at)) return 0;
  if (number == at) tell(call, path);
  errno = error;
  return 1;
}

static int fails_fd(const char *call, int fd) {
  int before = errno;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  errno = before;
  if (size < 0) return 0;
  path[size] = 0;
  return fails(call, path);
}

#define REAL(result, name, ...)                                              \
  static result (*real)(__VA_ARGS__);                                        \
  if (real == NULL) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static ssize_t real_write(int fd, const void *from, size_t size) {
  REAL(ssize_t, write, int, const void *, size_t);
  return real(fd, from, size);
}

#define MODE_OF(flags, mode)                       \
  mode_t mode = 0;                                 \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {         \
    va_list rest;                                  \
    va_start(rest, flags);                         \
    mode = va_arg(rest, mode_t);                   \
    va_end(rest);                                  \
  }

#define OPEN(name)                                 \
  int name(const char *path, int flags, ...) {     \
    MODE_OF(flags, mode)                           \
    REAL(int, name, const char *, int, ...);       \
    return fails("open", path) ? -1 : real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                               \
  int name(int at_fd, const char *path, int flags, ...) { \
    MODE_OF(flags, mode)                           \
    REAL(int, name, int, const char *, int, ...);  \
    return fails("openat", path) ? -1 : real(at_fd, path, flags, mode); \
  }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name)                                \
  FILE *name(const char *path, const char *mode) { \
    REAL(FILE *, name, const char *, const char *); \
    return fails("fopen", path) ? NULL : real(path, mode); \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t write(int fd, const void *from, size_t size) {
  if (!fails_fd("write", fd)) return real_write(fd, from, size);
  return error == 0 ? real_write(fd, from, (size + 1) / 2) : -1;
}

ssize_t writev(int fd, const struct iovec *from, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  return fails_fd("writev", fd) ? -1 : real(fd, from, count);
}

#define PWRITE(name)                               \
  ssize_t name(int fd, const void *from, size_t size, off_t to) { \
    REAL(ssize_t, name, int, const void *, size_t, off_t); \
    if (!fails_fd("pwrite", fd)) return real(fd, from, size, to); \
    return error == 0 ? real(fd, from, (size + 1) / 2, to) : -1; \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define PWRITEV(name)                              \
  ssize_t name(int fd, const struct iovec *from, int count, off_t to) { \
    REAL(ssize_t, name, int, const struct iovec *, int, off_t); \
    return fails_fd("pwritev", fd) ? -1 : real(fd, from, count, to); \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define SYNC(name)                                 \
  int name(int fd) {                               \
    REAL(int, name, int);                          \
    return fails_fd(#name, fd) ? -1 : real(fd);    \
  }
SYNC(fsync)
SYNC(fdatasync)

int sync_file_range(int fd, off64_t from, off64_t size, unsigned int flags) {
  REAL(int, sync_file_range, int, off64_t, off64_t, unsigned int);
  return fails_fd("sync_file_range", fd) ? -1 : real(fd, from, size, flags);
}

#define FALLOCATE(name)                            \
  int name(int fd, int mode, off_t from, off_t size) { \
    REAL(int, name, int, int, off_t, off_t);       \
    return fails_fd("fallocate", fd) ? -1 : real(fd, mode, from, size); \
  }
FALLOCATE(fallocate)
FALLOCATE(fallocate64)

// these return the error
#define POSIX_FALLOCATE(name)                      \
  int name(int fd, off_t from, off_t size) {       \
    REAL(int, name, int, off_t, off_t);            \
    return fails_fd("fallocate", fd) ? error : real(fd, from, size); \
  }
POSIX_FALLOCATE(posix_fallocate)
POSIX_FALLOCATE(posix_fallocate64)

#define FTRUNCATE(name)                            \
  int name(int fd, off_t size) {                   \
    REAL(int, name, int, off_t);                   \
    return fails_fd("ftruncate", fd) ? -1 : real(fd, size); \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  return fails("rename", to) ? -1 : real(from, to);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
  REAL(int, renameat, int, const char *, int, const char *);
  return fails("rename", to) ? -1 : real(from_fd, from, to_fd, to);
}

int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  return fails("link", to) ? -1 : real(from, to);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  return fails("unlink", path) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  return fails("mkdir", path) ? -1 : real(path, mode);
}
