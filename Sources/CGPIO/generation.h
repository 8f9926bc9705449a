// What a generation of libgpiod has to provide; the rest of cgpio.h is the same for both.
#pragma once

#include <errno.h>
#include <gpiod.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cgpio.h"

// libgpiod 2 has no bulk of lines, and no version macro tells the two apart.
#ifdef GPIOD_LINE_BULK_MAX_LINES
#define CGPIO_GENERATION 1
#else
#define CGPIO_GENERATION 2
#endif

struct cgpio_line {
    struct gpiod_chip *chip;
    char path[64];
    uint32_t offset;
    bool output;
#if CGPIO_GENERATION == 1
    struct gpiod_line *line;
#else
    struct gpiod_line_request *request;
    struct gpiod_edge_event_buffer *events;
#endif
};

bool generation_has_label(struct gpiod_chip *chip, const char *label);
uint32_t generation_lines(struct gpiod_chip *chip);

// The offset of the line of this name; -1 and errno (ENOENT) if there is none.
int generation_find(struct gpiod_chip *chip, const char *name);

// Whether somebody has the line; their name, if they gave one.
bool generation_is_used(struct gpiod_chip *chip, uint32_t offset, char *consumer, size_t size);

// Requests the line at line->offset of line->chip; 0, or -1 and errno.
int generation_request(cgpio_line *line, const cgpio_request *request);
void generation_release(cgpio_line *line);
