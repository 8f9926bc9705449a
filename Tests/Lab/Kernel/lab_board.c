// SPDX-License-Identifier: GPL-2.0
/*
 * lab_board: two purely virtual devices for the GPIO lab kernel, built in.
 *  - a PWM chip with 4 channels (any period, nothing behind it): what a program
 *    asked for is read back in /sys/class/pwm/pwmchipN/pwmM/{period,duty_cycle,
 *    enable,polarity}
 *  - an SPI controller whose MISO is its MOSI, with a spidev on chip select 0
 *    and 1 (/dev/spidev0.0, /dev/spidev0.1); every byte sent is also kept for
 *    the test to read: /sys/kernel/debug/lab-spi/tx0, tx1 (the bytes since the
 *    file was last opened for writing with truncation; 64 KiB at most)
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>
#include <linux/spi/spi.h>

#define TXMAX 65536
struct tx { struct mutex lock; size_t len; u8 buf[TXMAX]; };
static struct tx tx[2];

static int lab_pwm_apply(struct pwm_chip *c, struct pwm_device *p, const struct pwm_state *s)
{
	return 0;
}
static const struct pwm_ops lab_pwm_ops = { .apply = lab_pwm_apply };

static int lab_spi_one(struct spi_controller *c, struct spi_device *d, struct spi_transfer *x)
{
	struct tx *t = &tx[spi_get_chipselect(d, 0) & 1];

	if (x->tx_buf) {
		mutex_lock(&t->lock);
		size_t n = min_t(size_t, x->len, TXMAX - t->len);
		memcpy(t->buf + t->len, x->tx_buf, n);
		t->len += n;
		mutex_unlock(&t->lock);
	}
	if (x->rx_buf) {
		if (x->tx_buf)
			memmove(x->rx_buf, x->tx_buf, x->len);
		else
			memset(x->rx_buf, 0, x->len);
	}
	return 0;
}
static int tx_open(struct inode *i, struct file *f)
{
	struct tx *t = i->i_private;

	f->private_data = t;
	if (f->f_mode & FMODE_WRITE) {
		mutex_lock(&t->lock);
		t->len = 0;
		mutex_unlock(&t->lock);
	}
	return 0;
}
static ssize_t tx_read(struct file *f, char __user *b, size_t n, loff_t *o)
{
	struct tx *t = f->private_data;
	ssize_t r;

	mutex_lock(&t->lock);
	r = simple_read_from_buffer(b, n, o, t->buf, t->len);
	mutex_unlock(&t->lock);
	return r;
}
static ssize_t tx_write(struct file *f, const char __user *b, size_t n, loff_t *o)
{
	return n;
}
static const struct file_operations tx_fops = { .owner = THIS_MODULE, .open = tx_open, .read = tx_read, .write = tx_write, .llseek = default_llseek };

static int lab_probe(struct platform_device *pdev)
{
	struct spi_board_info bi[2] = {
		{ .modalias = "dh2228fv", .max_speed_hz = 32000000, .chip_select = 0 },
		{ .modalias = "dh2228fv", .max_speed_hz = 32000000, .chip_select = 1 },
	};
	struct pwm_chip *pc = devm_pwmchip_alloc(&pdev->dev, 4, 0);
	struct spi_controller *sc;
	struct dentry *d;
	int i, err;

	if (IS_ERR(pc))
		return PTR_ERR(pc);
	pc->ops = &lab_pwm_ops;
	err = devm_pwmchip_add(&pdev->dev, pc);
	if (err)
		return err;

	sc = devm_spi_alloc_host(&pdev->dev, 0);
	if (!sc)
		return -ENOMEM;
	sc->bus_num = 0;
	sc->num_chipselect = 2;
	sc->mode_bits = SPI_CPOL | SPI_CPHA | SPI_CS_HIGH | SPI_LSB_FIRST | SPI_3WIRE | SPI_LOOP | SPI_NO_CS;
	sc->bits_per_word_mask = SPI_BPW_MASK(8);
	sc->transfer_one = lab_spi_one;
	err = devm_spi_register_controller(&pdev->dev, sc);
	if (err)
		return err;
	d = debugfs_create_dir("lab-spi", NULL);
	for (i = 0; i < 2; i++) {
		mutex_init(&tx[i].lock);
		debugfs_create_file(i ? "tx1" : "tx0", 0600, d, &tx[i], &tx_fops);
		if (!spi_new_device(sc, &bi[i]))
			dev_warn(&pdev->dev, "no spidev on cs %d\n", i);
	}
	return 0;
}
static struct platform_driver lab_driver = { .probe = lab_probe, .driver.name = "lab-board" };
static int __init lab_init(void)
{
	int err = platform_driver_register(&lab_driver);

	return err ?: PTR_ERR_OR_ZERO(platform_device_register_simple("lab-board", -1, NULL, 0));
}
late_initcall(lab_init);
MODULE_LICENSE("GPL");
