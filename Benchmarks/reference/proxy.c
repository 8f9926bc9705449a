/* Simulated Wi-Fi: a TCP proxy that delays what passes, each way of each connection by itself. The delays are
   lognormal, of a given median and 99th percentile; bytes keep their order, so what comes behind a slow packet waits
   for it, as it does on TCP. Data that is read at once travels together, as in one packet. */
#define _GNU_SOURCE
#include "common.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct packet {
    struct packet *next;
    int64_t due;
    size_t count;
    char bytes[];
};

/* One way of a connection: what was read from `from`, to be written to `to`. */
struct way {
    int from, to, isOver;
    struct packet *first, *last;
    struct way *next;
};

static struct way *ways;
static double mu, sigma;
static unsigned short seed[3];

static int64_t delay(void) {
    /* Box and Muller's normal deviate. */
    double normal = sqrt(-2 * log(1 - erand48(seed))) * cos(2 * M_PI * erand48(seed));
    return (int64_t)(exp(mu + sigma * normal) * 1e9);
}

static struct sockaddr_in loopback(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

static void add_way(int epoll, int from, int to) {
    struct way *way = calloc(1, sizeof *way);
    *way = (struct way){.from = from, .to = to, .next = ways};
    ways = way;
    int one = 1;
    setsockopt(from, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = way};
    epoll_ctl(epoll, EPOLL_CTL_ADD, from, &event);
}

static void take_connection(int epoll, int listener, int port) {
    int near = accept(listener, NULL, NULL), far = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = loopback(port);
    if (near < 0 || far < 0 || connect(far, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
    add_way(epoll, near, far);
    add_way(epoll, far, near);
}

static void take_bytes(int epoll, struct way *way) {
    char bytes[65536];
    ssize_t count = read(way->from, bytes, sizeof bytes);
    if (count <= 0) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, way->from, NULL);
        way->isOver = 1;
        count = 0;  /* An end travels too. */
    }
    struct packet *packet = malloc(sizeof *packet + count);
    packet->next = NULL;
    packet->count = count;
    packet->due = now_ns() + delay();
    memcpy(packet->bytes, bytes, count);
    if (way->last) {
        if (packet->due < way->last->due) packet->due = way->last->due;
        way->last->next = packet;
    } else {
        way->first = packet;
    }
    way->last = packet;
}

/* Hands on what is due; returns when the next packet is. */
static int64_t deliver(void) {
    int64_t next = INT64_MAX, now = now_ns();
    for (struct way *way = ways; way; way = way->next) {
        while (way->first && way->first->due <= now) {
            struct packet *packet = way->first;
            if (packet->count == 0) shutdown(way->to, SHUT_WR);
            for (size_t sent = 0; sent < packet->count;) {
                ssize_t count = send(way->to, packet->bytes + sent, packet->count - sent, MSG_NOSIGNAL);
                if (count < 0) break;
                sent += count;
            }
            way->first = packet->next;
            if (!way->first) way->last = NULL;
            free(packet);
        }
        if (way->first && way->first->due < next) next = way->first->due;
    }
    return next;
}

int proxy_main(int argc, char **argv) {
    (void)argc;
    int port = atoi(argv[2]), to = atoi(argv[3]), one = 1;
    mu = log(atof(argv[4]) / 1e6);
    sigma = log(atof(argv[5]) / atof(argv[4])) / 2.3263479;
    seed[0] = atoi(argv[6]);
    int listener = socket(AF_INET, SOCK_STREAM, 0), timer = make_timer(), epoll = epoll_create1(0);
    struct sockaddr_in address = loopback(port);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) fail("listen");
    /* Marks of what isn't a way. */
    static struct way listening, timing;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &listening};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    event.data.ptr = &timing;
    epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event);
    be_punctual();
    if (write(1, "ready\n", 6) != 6) fail("ready");
    while (1) {
        struct epoll_event events[64];
        int count = epoll_wait(epoll, events, 64, -1);
        for (int index = 0; index < count; index++) {
            struct way *way = events[index].data.ptr;
            if (way == &listening) take_connection(epoll, listener, to);
            else if (way == &timing) {
                uint64_t expirations;
                if (read(timer, &expirations, sizeof expirations) < 0) fail("timerfd");
            } else if (!way->isOver) take_bytes(epoll, way);
        }
        int64_t next = deliver();
        if (next != INT64_MAX) arm_timer(timer, next);
    }
}
