// What Swift's Glibc module leaves out of Linux.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <linux/spi/spidev.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Swift can't see macros that call macros.
static const unsigned long footlight_spi_write_mode = SPI_IOC_WR_MODE;
static const unsigned long footlight_spi_write_bits = SPI_IOC_WR_BITS_PER_WORD;
static const unsigned long footlight_spi_write_speed = SPI_IOC_WR_MAX_SPEED_HZ;

// Has no program that is started from here on inherit a descriptor but the first three. Whatever opened them: libraries
// don't all say O_CLOEXEC.
static inline void footlight_close_on_exec(void) {
#ifdef SYS_close_range
    const unsigned close_on_exec = 1u << 2;  // CLOSE_RANGE_CLOEXEC, of Linux 5.11
    if (syscall(SYS_close_range, 3u, ~0u, close_on_exec) == 0) return;
#endif
    for (int descriptor = 3; descriptor < 4096; ++descriptor) {
        int flags = fcntl(descriptor, F_GETFD);
        if (flags >= 0) fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC);
    }
}
