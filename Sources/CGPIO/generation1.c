// libgpiod 1.6, which speaks the kernel's first interface: it stamps edges, but doesn't debounce.
#include "generation.h"

#if CGPIO_GENERATION == 1

const char *cgpio_version(void) { return gpiod_version_string(); }

bool cgpio_debounces(void) { return false; }

bool generation_has_label(struct gpiod_chip *chip, const char *label) { return strcmp(gpiod_chip_label(chip), label) == 0; }

uint32_t generation_lines(struct gpiod_chip *chip) { return gpiod_chip_num_lines(chip); }

int generation_find(struct gpiod_chip *chip, const char *name) {
    struct gpiod_line *line = gpiod_chip_find_line(chip, name);
    return line ? (int)gpiod_line_offset(line) : -1;
}

bool generation_is_used(struct gpiod_chip *chip, uint32_t offset, char *consumer, size_t size) {
    struct gpiod_line *line = gpiod_chip_get_line(chip, offset);
    if (!line || gpiod_line_update(line) || !gpiod_line_is_used(line)) return false;
    const char *name = gpiod_line_consumer(line);
    snprintf(consumer, size, "%s", name ? name : "");
    return true;
}

int generation_request(cgpio_line *line, const cgpio_request *request) {
    static const int biases[] = {
        [CGPIO_BIAS_AS_IS] = 0,
        [CGPIO_BIAS_DISABLED] = GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE,
        [CGPIO_BIAS_PULL_UP] = GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP,
        [CGPIO_BIAS_PULL_DOWN] = GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN,
    };
    struct gpiod_line_request_config config = {
        .consumer = request->consumer,
        .request_type = request->output ? GPIOD_LINE_REQUEST_DIRECTION_OUTPUT : GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES,
        .flags = biases[request->bias] | (request->active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0) |
                 (request->output && request->open_drain ? GPIOD_LINE_REQUEST_FLAG_OPEN_DRAIN : 0),
    };
    line->line = gpiod_chip_get_line(line->chip, line->offset);
    return line->line ? gpiod_line_request(line->line, &config, request->value) : -1;
}

void generation_release(cgpio_line *line) { gpiod_line_release(line->line); }

int cgpio_descriptor(const cgpio_line *line) { return line->output ? -1 : gpiod_line_event_get_fd(line->line); }

int cgpio_value(cgpio_line *line) { return gpiod_line_get_value(line->line); }

int cgpio_set(cgpio_line *line, bool active) { return gpiod_line_set_value(line->line, active); }

int cgpio_next_event(cgpio_line *line, cgpio_event *event) {
    struct gpiod_line_event found;
    if (gpiod_line_event_read_fd(cgpio_descriptor(line), &found)) return errno == EAGAIN ? 0 : -1;
    event->instant = (int64_t)found.ts.tv_sec * 1000000000 + found.ts.tv_nsec;
    event->active = found.event_type == GPIOD_LINE_EVENT_RISING_EDGE;
    return 1;
}

#endif
