// Cuts the power of a mounted ext4: from now on nothing reaches the device, and what was not synced
// is lost, the journal's unwritten end included. The file system must be unmounted after that.
// Prints the moment before the cut, CLOCK_MONOTONIC in ns (Java's nanoTime).
// usage: powercut MOUNT_POINT
#include <fcntl.h>
#include <linux/types.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>

#define EXT4_IOC_SHUTDOWN _IOR('X', 125, __u32)
#define NO_LOG_FLUSH 2

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: powercut MOUNT_POINT\n");
    return 2;
  }
  __u32 how = NO_LOG_FLUSH;
  int root = open(arguments[1], O_RDONLY | O_DIRECTORY);
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (root < 0 || ioctl(root, EXT4_IOC_SHUTDOWN, &how) != 0) {
    perror(arguments[1]);
    return 1;
  }
  printf("%lld\n", now.tv_sec * 1000000000LL + now.tv_nsec);
  return 0;
}
