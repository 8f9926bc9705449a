#include "generation.h"

#include <dirent.h>
#include <fcntl.h>

static int is_chip(const struct dirent *entry) { return strncmp(entry->d_name, "gpiochip", 8) == 0; }

static int fail(cgpio_error *error, int number, cgpio_step step) {
    error->number = number;
    error->step = step;
    return -1;
}

// Opens the chip that has this path or name, or fails.
static struct gpiod_chip *open_path(const char *name, char *path, size_t size) {
    snprintf(path, size, name[0] == '/' ? "%s" : "/dev/%s", name);
    return gpiod_chip_open(path);
}

// Goes through all chips for the one with this label, or with a line of this name.
static int search(cgpio_line *found, const char *label, const char *name, cgpio_error *error) {
    struct dirent **entries = NULL;
    int count = scandir("/dev", &entries, is_chip, alphasort);
    // Where none fits, one that couldn't be looked into may be the one.
    int unseen = 0;
    char path[sizeof found->path];
    for (int index = 0; index < count; index++) {
        struct gpiod_chip *chip = found->chip ? NULL : open_path(entries[index]->d_name, path, sizeof path);
        if (chip) {
            int offset = name ? generation_find(chip, name) : 0;
            if (label ? generation_has_label(chip, label) : offset >= 0) {
                found->chip = chip;
                memcpy(found->path, path, sizeof path);
            } else {
                gpiod_chip_close(chip);
            }
        } else if (!found->chip && !unseen) {
            unseen = errno;
            memcpy(error->chip, path, sizeof path);
        }
        free(entries[index]);
    }
    free(entries);
    if (found->chip) {
        error->chip[0] = 0;
        return 0;
    }
    if (unseen) return fail(error, unseen, CGPIO_OPENING_CHIP);
    return label ? fail(error, ENOENT, CGPIO_OPENING_CHIP) : fail(error, ENOENT, CGPIO_FINDING_LINE);
}

static int open_chip(cgpio_line *line, const cgpio_request *request, cgpio_error *error) {
    if (!request->chip) return search(line, NULL, request->line, error);
    line->chip = open_path(request->chip, line->path, sizeof line->path);
    if (line->chip) return 0;
    int number = errno;
    if (number == ENOENT && request->chip[0] != '/') return search(line, request->chip, NULL, error);
    snprintf(error->chip, sizeof error->chip, "%s", line->path);
    return fail(error, number, CGPIO_OPENING_CHIP);
}

// Opens the chip and finds the line on it, or fails.
static int find_line(cgpio_line *line, const cgpio_request *request, cgpio_error *error) {
    if (open_chip(line, request, error)) return -1;
    snprintf(error->chip, sizeof error->chip, "%s", line->path);
    error->lines = generation_lines(line->chip);
    int offset = request->line ? generation_find(line->chip, request->line) : (int)request->offset;
    if (offset < 0) return fail(error, errno, CGPIO_FINDING_LINE);
    if ((uint32_t)offset >= error->lines) return fail(error, EINVAL, CGPIO_FINDING_LINE);
    line->offset = (uint32_t)offset;
    return 0;
}

static int open_line(cgpio_line *line, const cgpio_request *request, cgpio_error *error) {
    if (find_line(line, request, error)) return -1;
    if (generation_request(line, request) == 0) {
        // An event that another took in the meantime must not be waited for.
        int descriptor = cgpio_descriptor(line);
        if (descriptor >= 0) fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
        return 0;
    }
    int number = errno;
    if (number == EBUSY) generation_is_used(line->chip, line->offset, error->consumer, sizeof error->consumer);
    return fail(error, number, CGPIO_REQUESTING_LINE);
}

cgpio_line *cgpio_open(const cgpio_request *request, cgpio_error *error) {
    memset(error, 0, sizeof *error);
    cgpio_line *line = calloc(1, sizeof *line);
    if (!line) {
        fail(error, ENOMEM, CGPIO_OPENING_CHIP);
        return NULL;
    }
    line->output = request->output;
    if (open_line(line, request, error) == 0) return line;
    if (line->chip) gpiod_chip_close(line->chip);
    free(line);
    return NULL;
}

void cgpio_close(cgpio_line *line) {
    generation_release(line);
    gpiod_chip_close(line->chip);
    free(line);
}

const char *cgpio_chip(const cgpio_line *line) { return line->path; }

uint32_t cgpio_offset(const cgpio_line *line) { return line->offset; }

int cgpio_user(const cgpio_request *request, char *consumer, size_t size, cgpio_error *error) {
    memset(error, 0, sizeof *error);
    cgpio_line line = {0};
    int result = find_line(&line, request, error);
    if (result == 0) result = generation_is_used(line.chip, line.offset, consumer, size);
    if (line.chip) gpiod_chip_close(line.chip);
    return result;
}
