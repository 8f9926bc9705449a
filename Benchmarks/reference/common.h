/* What the reference programs share. */
#ifndef FOOTLIGHT_REFERENCE_COMMON_H
#define FOOTLIGHT_REFERENCE_COMMON_H

#include <stdint.h>

/* Nanoseconds of CLOCK_MONOTONIC. */
int64_t now_ns(void);

/* The same real-time priority as footlight-agent's, where it is allowed: like is compared with like. */
void be_punctual(void);

/* A timerfd of CLOCK_MONOTONIC, and arming it for an absolute instant. */
int make_timer(void);
void arm_timer(int timer, int64_t instant);

/* A file for lines of stamps, opened for appending; made if need be. */
int open_stamps(const char *folder, const char *kind, int set, int process);

/* Writes a line of `count` numbers in one go. */
void write_stamps(int file, const int64_t *numbers, int count);

/* Forks `sets` x `processes` children that do body(set, process), tells "ready" on standard output once all have
   said so by child_ready(), and waits for them all. Children die with their parent. */
int run_children(int sets, int processes, void (*body)(int set, int process, void *context), void *context);
void child_ready(void);

/* Ends the program with a message. */
void fail(const char *what) __attribute__((noreturn));

int wake_main(int argc, char **argv);
int publish_main(int argc, char **argv);
int subscribe_main(int argc, char **argv);
int proxy_main(int argc, char **argv);

#endif
