// One line of a GPIO chip, by libgpiod 1.6 or 2.x: whichever this is compiled against.
//
// Nothing blocks, and nothing outlives a call but what a line holds. A line belongs to one thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cgpio_line cgpio_line;

typedef enum { CGPIO_BIAS_AS_IS, CGPIO_BIAS_DISABLED, CGPIO_BIAS_PULL_UP, CGPIO_BIAS_PULL_DOWN } cgpio_bias;

// What a line is wanted for. Texts need only last for the call.
typedef struct {
    const char *chip;     // its path, its name below /dev, or its label; NULL: the first that has a line named `line`
    const char *line;     // the line's name; NULL: by `offset`
    uint32_t offset;      // on the chip, which mustn't be NULL then
    const char *consumer; // who asks for it: others see up to 31 bytes of it
    cgpio_bias bias;
    bool active_low;      // "active" is what is electrically low
    uint32_t debounce_us; // an input's, where cgpio_debounces(); else whoever reads events debounces them
    bool output;          // else an input, with events of both edges
    bool value;           // an output's first value
    bool open_drain;      // an output's
} cgpio_request;

// What was tried when it went wrong.
typedef enum { CGPIO_OPENING_CHIP, CGPIO_FINDING_LINE, CGPIO_REQUESTING_LINE } cgpio_step;

typedef struct {
    int number;        // errno
    cgpio_step step;
    char chip[64];     // the chip's path, once it is known
    uint32_t lines;    // how many lines it has, once it is open
    char consumer[33]; // who has the line already, where that is what is wrong and they gave a name
} cgpio_error;

typedef struct {
    int64_t instant; // the kernel's stamp, nanoseconds of CLOCK_MONOTONIC
    bool active;
} cgpio_event;

// The version of libgpiod that runs: "1.6.3".
const char *cgpio_version(void);

// Whether the kernel debounces inputs through this libgpiod (2.x), and stamps an edge when it has lasted that long.
bool cgpio_debounces(void);

// A line of one's own, until cgpio_close(); NULL and `error` where there is none to be had.
cgpio_line *cgpio_open(const cgpio_request *request, cgpio_error *error);
void cgpio_close(cgpio_line *line);

// Readable when an event waits; it hangs up when the chip is gone. -1 for outputs.
int cgpio_descriptor(const cgpio_line *line);

// The chip's path and the line's offset on it.
const char *cgpio_chip(const cgpio_line *line);
uint32_t cgpio_offset(const cgpio_line *line);

// 1 active, 0 inactive, -1 errno (ENODEV: the chip is gone).
int cgpio_value(cgpio_line *line);

// 0, or -1 and errno.
int cgpio_set(cgpio_line *line, bool active);

// 1 and the oldest event that waits, 0 if none does, -1 and errno.
int cgpio_next_event(cgpio_line *line, cgpio_event *event);

// Whether somebody has the line that is asked for: 1 and their name, if they gave one, 0, or -1 and `error`. It is not
// requested.
int cgpio_user(const cgpio_request *request, char *consumer, size_t size, cgpio_error *error);
