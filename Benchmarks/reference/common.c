#define _GNU_SOURCE
#include "common.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int ready_pipe = -1;

void fail(const char *what) {
    fprintf(stderr, "reference: %s: %s\n", what, strerror(errno));
    exit(1);
}

int64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void be_punctual(void) {
    struct sched_param parameters = {.sched_priority = 20};
    sched_setscheduler(0, SCHED_FIFO, &parameters);
}

int make_timer(void) {
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    if (timer < 0) fail("timerfd");
    return timer;
}

void arm_timer(int timer, int64_t instant) {
    struct itimerspec specification = {
        .it_value = {.tv_sec = instant / 1000000000, .tv_nsec = instant % 1000000000}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &specification, NULL);
}

int open_stamps(const char *folder, const char *kind, int set, int process) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s-%d-%d", folder, kind, set, process);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) fail(path);
    return file;
}

void write_stamps(int file, const int64_t *numbers, int count) {
    char line[256];
    int length = 0;
    for (int index = 0; index < count; index++)
        length += snprintf(line + length, sizeof line - length, "%lld%c", (long long)numbers[index],
                           index + 1 < count ? ' ' : '\n');
    if (write(file, line, length) != length) fail("stamps");
}

void child_ready(void) {
    if (write(ready_pipe, "r", 1) != 1) fail("ready");
}

int run_children(int sets, int processes, void (*body)(int, int, void *), void *context) {
    int ends[2];
    if (pipe(ends) != 0) fail("pipe");
    ready_pipe = ends[1];
    pid_t parent = getpid();
    for (int set = 0; set < sets; set++)
        for (int process = 0; process < processes; process++) {
            pid_t child = fork();
            if (child < 0) fail("fork");
            if (child > 0) continue;
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() != parent) _exit(1);
            body(set, process, context);
            _exit(0);
        }
    close(ends[1]);
    char byte;
    for (int index = 0; index < sets * processes; index++)
        if (read(ends[0], &byte, 1) != 1) fail("a child ended before it was ready");
    printf("ready\n");
    fflush(stdout);
    while (wait(NULL) > 0 || errno == EINTR) {}
    return 0;
}
