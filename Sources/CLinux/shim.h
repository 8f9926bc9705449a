// What Swift's Glibc module leaves out of Linux.
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
