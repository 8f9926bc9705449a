// What Swift's Glibc module leaves out of Linux.
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <linux/spi/spidev.h>
#include <sys/ioctl.h>

// Swift can't see macros that call macros.
static const unsigned long footlight_spi_write_mode = SPI_IOC_WR_MODE;
static const unsigned long footlight_spi_write_bits = SPI_IOC_WR_BITS_PER_WORD;
static const unsigned long footlight_spi_write_speed = SPI_IOC_WR_MAX_SPEED_HZ;
