// What Swift's Glibc module leaves out of Linux.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <linux/spi/spidev.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Swift can't see macros that call macros.
static const unsigned long footlight_spi_write_mode = SPI_IOC_WR_MODE;
static const unsigned long footlight_spi_write_bits = SPI_IOC_WR_BITS_PER_WORD;
static const unsigned long footlight_spi_write_speed = SPI_IOC_WR_MAX_SPEED_HZ;

// Every adapter has SMBus calls, or the kernel makes them of others; not every one, and not i2c-stub, has plain transfers.
// Returns 0, or -1 and errno.
static inline int footlight_i2c_select(int descriptor, unsigned char address) {
    return ioctl(descriptor, I2C_SLAVE, (unsigned long)address);
}

// Writes up to 32 bytes into the registers from `first` on.
static inline int footlight_i2c_write(
    int descriptor, unsigned char first, const unsigned char *bytes, unsigned char count) {
    union i2c_smbus_data data;
    struct i2c_smbus_ioctl_data call = {I2C_SMBUS_WRITE, first, I2C_SMBUS_I2C_BLOCK_DATA, &data};
    if (count == 0 || count > I2C_SMBUS_BLOCK_MAX) {
        errno = EINVAL;
        return -1;
    }
    data.block[0] = count;
    for (int index = 0; index < count; ++index) data.block[index + 1] = bytes[index];
    if (count == 1) {
        data.byte = bytes[0];
        call.size = I2C_SMBUS_BYTE_DATA;
    }
    return ioctl(descriptor, I2C_SMBUS, &call);
}

// Returns a register's value, or -1 and errno.
static inline int footlight_i2c_read(int descriptor, unsigned char number) {
    union i2c_smbus_data data;
    struct i2c_smbus_ioctl_data call = {I2C_SMBUS_READ, number, I2C_SMBUS_BYTE_DATA, &data};
    return ioctl(descriptor, I2C_SMBUS, &call) < 0 ? -1 : data.byte;
}

// Sets a serial line to 8 data bits without parity, raw, at any speed: termios.h knows certain speeds only.
// Returns 0, or -1 and errno.
static inline int footlight_serial_raw(int descriptor, unsigned speed) {
    // struct termios2 of asm/termbits.h, which can't stand beside termios.h.
    struct {
        unsigned input, output, control, local;
        unsigned char line, characters[19];
        unsigned input_speed, output_speed;
    } settings;
    const unsigned long get = _IOR('T', 0x2A, settings), set = _IOW('T', 0x2B, settings);
    const unsigned speed_mask = 0010017, other_speed = 0010000, eight_bits = 0000060, receive = 0000200,
                   no_modem = 0004000, input_speed_shift = 16;
    if (ioctl(descriptor, get, &settings) < 0) return -1;
    settings.input = settings.output = settings.local = 0;
    settings.control = (settings.control & ~(speed_mask | speed_mask << input_speed_shift))
        | other_speed | other_speed << input_speed_shift;
    settings.control = (settings.control & ~(unsigned)(0000060 | 0000100 | 0000400 | 020000000000u))
        | eight_bits | receive | no_modem;
    settings.input_speed = settings.output_speed = speed;
    settings.characters[5] = 0;  // VTIME
    settings.characters[6] = 0;  // VMIN
    return ioctl(descriptor, set, &settings);
}

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
