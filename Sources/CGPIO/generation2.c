// libgpiod 2.x, which speaks the kernel's second interface.
#include "generation.h"

#if CGPIO_GENERATION == 2

const char *cgpio_version(void) { return gpiod_api_version(); }

bool cgpio_debounces(void) { return true; }

bool generation_has_label(struct gpiod_chip *chip, const char *label) {
    struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
    if (!info) return false;
    bool result = strcmp(gpiod_chip_info_get_label(info), label) == 0;
    gpiod_chip_info_free(info);
    return result;
}

uint32_t generation_lines(struct gpiod_chip *chip) {
    struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
    if (!info) return 0;
    uint32_t count = (uint32_t)gpiod_chip_info_get_num_lines(info);
    gpiod_chip_info_free(info);
    return count;
}

int generation_find(struct gpiod_chip *chip, const char *name) {
    return gpiod_chip_get_line_offset_from_name(chip, name);
}

bool generation_is_used(struct gpiod_chip *chip, uint32_t offset, char *consumer, size_t size) {
    struct gpiod_line_info *info = gpiod_chip_get_line_info(chip, offset);
    if (!info) return false;
    bool result = gpiod_line_info_is_used(info);
    const char *name = gpiod_line_info_get_consumer(info);
    if (result) snprintf(consumer, size, "%s", name ? name : "");
    gpiod_line_info_free(info);
    return result;
}

static void configure(struct gpiod_line_settings *settings, const cgpio_request *request) {
    static const enum gpiod_line_bias biases[] = {
        [CGPIO_BIAS_AS_IS] = GPIOD_LINE_BIAS_AS_IS,
        [CGPIO_BIAS_DISABLED] = GPIOD_LINE_BIAS_DISABLED,
        [CGPIO_BIAS_PULL_UP] = GPIOD_LINE_BIAS_PULL_UP,
        [CGPIO_BIAS_PULL_DOWN] = GPIOD_LINE_BIAS_PULL_DOWN,
    };
    gpiod_line_settings_set_bias(settings, biases[request->bias]);
    gpiod_line_settings_set_active_low(settings, request->active_low);
    if (request->output) {
        gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_OUTPUT);
        gpiod_line_settings_set_output_value(settings, (enum gpiod_line_value)request->value);
        if (request->open_drain) gpiod_line_settings_set_drive(settings, GPIOD_LINE_DRIVE_OPEN_DRAIN);
    } else {
        gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_INPUT);
        gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH);
        gpiod_line_settings_set_event_clock(settings, GPIOD_LINE_CLOCK_MONOTONIC);
        gpiod_line_settings_set_debounce_period_us(settings, request->debounce_us);
    }
}

int generation_request(cgpio_line *line, const cgpio_request *request) {
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    struct gpiod_line_config *lines = gpiod_line_config_new();
    struct gpiod_request_config *config = gpiod_request_config_new();
    line->events = gpiod_edge_event_buffer_new(1);
    int number = ENOMEM;
    if (settings && lines && config && line->events) {
        unsigned int offset = line->offset;
        configure(settings, request);
        gpiod_request_config_set_consumer(config, request->consumer);
        if (gpiod_line_config_add_line_settings(lines, &offset, 1, settings) == 0)
            line->request = gpiod_chip_request_lines(line->chip, config, lines);
        number = errno;
    }
    if (settings) gpiod_line_settings_free(settings);
    if (lines) gpiod_line_config_free(lines);
    if (config) gpiod_request_config_free(config);
    if (line->request) return 0;
    if (line->events) gpiod_edge_event_buffer_free(line->events);
    errno = number;
    return -1;
}

void generation_release(cgpio_line *line) {
    gpiod_line_request_release(line->request);
    gpiod_edge_event_buffer_free(line->events);
}

int cgpio_descriptor(const cgpio_line *line) { return line->output ? -1 : gpiod_line_request_get_fd(line->request); }

int cgpio_value(cgpio_line *line) { return gpiod_line_request_get_value(line->request, line->offset); }

int cgpio_set(cgpio_line *line, bool active) {
    return gpiod_line_request_set_value(line->request, line->offset, (enum gpiod_line_value)active);
}

int cgpio_next_event(cgpio_line *line, cgpio_event *event) {
    int count = gpiod_line_request_read_edge_events(line->request, line->events, 1);
    if (count < 0) return errno == EAGAIN ? 0 : -1;
    if (count == 0) return 0;
    struct gpiod_edge_event *found = gpiod_edge_event_buffer_get_event(line->events, 0);
    event->instant = (int64_t)gpiod_edge_event_get_timestamp_ns(found);
    event->active = gpiod_edge_event_get_event_type(found) == GPIOD_EDGE_EVENT_RISING_EDGE;
    return 1;
}

#endif
