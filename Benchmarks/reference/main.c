/* Reference programs for `make bench`: what the kernel and libmosquitto can do on this machine with nothing of
   Footlight around them. All instants are nanoseconds of CLOCK_MONOTONIC.

   footlight-reference wake SETS PROCESSES FIRST PERIOD ROUNDS FOLDER
   footlight-reference publish PORT SETS FIRST PERIOD ROUNDS MESSAGES BYTES FOLDER
   footlight-reference subscribe PORT SETS PROCESSES CONNECTIONS FOLDER
   footlight-reference proxy LISTEN TO MEDIAN_MICROSECONDS P99_MICROSECONDS SEED */
#include "common.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    if (argc == 8 && strcmp(argv[1], "wake") == 0) return wake_main(argc, argv);
    if (argc == 10 && strcmp(argv[1], "publish") == 0) return publish_main(argc, argv);
    if (argc == 7 && strcmp(argv[1], "subscribe") == 0) return subscribe_main(argc, argv);
    if (argc == 7 && strcmp(argv[1], "proxy") == 0) return proxy_main(argc, argv);
    fprintf(stderr, "usage: see Benchmarks/reference/main.c\n");
    return 64;
}
