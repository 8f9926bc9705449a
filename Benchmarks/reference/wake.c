/* Sets of processes that wake by timerfd at an agreed instant and stamp it: how simultaneous separate processes can
   be on this machine. Set s wakes in round r at FIRST + (r * SETS + s) * PERIOD, so that each set rests as long between
   two wakings as a staircase does between two activations. Each writes lines of "planned actual". */
#include "common.h"

#include <stdlib.h>
#include <unistd.h>

struct plan {
    int sets, rounds;
    int64_t first, period;
    const char *folder;
};

static void wake(int set, int process, void *context) {
    const struct plan *plan = context;
    int timer = make_timer();
    int file = open_stamps(plan->folder, "wake", set, process);
    be_punctual();
    child_ready();
    for (int round = 0; round < plan->rounds; round++) {
        int64_t planned = plan->first + ((int64_t)round * plan->sets + set) * plan->period;
        uint64_t expirations;
        arm_timer(timer, planned);
        if (read(timer, &expirations, sizeof expirations) != sizeof expirations) fail("timerfd");
        int64_t numbers[] = {planned, now_ns()};
        write_stamps(file, numbers, 2);
    }
}

int wake_main(int argc, char **argv) {
    (void)argc;
    struct plan plan = {.sets = atoi(argv[2]), .first = atoll(argv[4]), .period = atoll(argv[5]),
                        .rounds = atoi(argv[6]), .folder = argv[7]};
    return run_children(plan.sets, atoi(argv[3]), wake, &plan);
}
