/* libmosquitto as it comes, in a poll loop of one thread, TCP_NODELAY on: a publisher whose message is the instant it
   was published at, and subscribers that stamp its arrival. QoS 1 and retained, as a sensor's register is. */
#define _GNU_SOURCE
#include "common.h"

#include <mosquitto.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct plan {
    int port, sets, processes, connections, rounds, messages, bytes;
    int64_t first, period;
    const char *folder;
};

struct subscriber {
    int file, index, isSubscribed;
};

static struct mosquitto *make_client(void *context) {
    struct mosquitto *client = mosquitto_new(NULL, true, context);
    if (client == NULL) fail("mosquitto_new");
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    return client;
}

static void attend(struct mosquitto *client) {
    if (mosquitto_loop_read(client, 1) != MOSQ_ERR_SUCCESS) fail("lost the broker");
    if (mosquitto_want_write(client)) mosquitto_loop_write(client, 1);
}

/* --- publish: lines of the instants at which it published --- */

static void connected(struct mosquitto *client, void *context, int code) {
    (void)client;
    if (code == 0) *(int *)context = 1;
}

static void publish(int set, int process, void *context) {
    const struct plan *plan = context;
    int isConnected = 0;
    struct mosquitto *client = make_client(&isConnected);
    mosquitto_connect_callback_set(client, connected);
    if (mosquitto_connect(client, "127.0.0.1", plan->port, 3600) != MOSQ_ERR_SUCCESS) fail("connect");
    while (!isConnected) mosquitto_loop(client, 100, 1);
    int timer = make_timer();
    int file = open_stamps(plan->folder, "publish", set, process);
    char topic[64], *payload = calloc(1, plan->bytes + 64);
    snprintf(topic, sizeof topic, "bench/%d", set);
    be_punctual();
    child_ready();
    struct pollfd entries[] = {{.fd = timer, .events = POLLIN}, {.fd = mosquitto_socket(client), .events = POLLIN}};
    for (int round = 0; round < plan->rounds;) {
        arm_timer(timer, plan->first + ((int64_t)round * plan->sets + set) * plan->period);
        poll(entries, 2, -1);
        if (entries[1].revents) attend(client);
        if (!entries[0].revents) continue;
        uint64_t expirations;
        if (read(timer, &expirations, sizeof expirations) != sizeof expirations) fail("timerfd");
        int64_t sent = now_ns();
        for (int message = 0; message < plan->messages; message++) {
            memset(payload, ' ', plan->bytes);
            payload[snprintf(payload, 32, "%lld %d", (long long)sent, message)] = ' ';
            mosquitto_publish(client, NULL, topic, plan->bytes, payload, 1, true);
        }
        write_stamps(file, &sent, 1);
        round++;
    }
    /* What is on its way arrives; then a farewell. */
    for (int count = 0; count < 20; count++) mosquitto_loop(client, 10, 1);
    mosquitto_disconnect(client);
}

int publish_main(int argc, char **argv) {
    (void)argc;
    struct plan plan = {.port = atoi(argv[2]), .sets = atoi(argv[3]), .first = atoll(argv[4]),
                        .period = atoll(argv[5]), .rounds = atoi(argv[6]), .messages = atoi(argv[7]),
                        .bytes = atoi(argv[8]), .folder = argv[9]};
    mosquitto_lib_init();
    return run_children(plan.sets, 1, publish, &plan);
}

/* --- subscribe: lines of "sent received connection" for the first message of each round --- */

static void arrived(struct mosquitto *client, void *context, const struct mosquitto_message *message) {
    (void)client;
    const struct subscriber *subscriber = context;
    int64_t received = now_ns();
    char *end;
    int64_t sent = strtoll(message->payload, &end, 10);
    if (message->retain || strtol(end, NULL, 10) != 0) return;
    int64_t numbers[] = {sent, received, subscriber->index};
    write_stamps(subscriber->file, numbers, 3);
}

static void subscribed(struct mosquitto *client, void *context, int packet, int count, const int *granted) {
    (void)client, (void)packet, (void)count, (void)granted;
    ((struct subscriber *)context)->isSubscribed = 1;
}

static void subscribe(int set, int process, void *context) {
    const struct plan *plan = context;
    int file = open_stamps(plan->folder, "arrive", set, process);
    char topic[64];
    snprintf(topic, sizeof topic, "bench/%d", set);
    struct mosquitto *clients[plan->connections];
    struct subscriber subscribers[plan->connections];
    struct pollfd entries[plan->connections];
    for (int index = 0; index < plan->connections; index++) {
        subscribers[index] = (struct subscriber){.file = file, .index = process * plan->connections + index};
        clients[index] = make_client(&subscribers[index]);
        mosquitto_message_callback_set(clients[index], arrived);
        mosquitto_subscribe_callback_set(clients[index], subscribed);
        if (mosquitto_connect(clients[index], "127.0.0.1", plan->port, 3600) != MOSQ_ERR_SUCCESS) fail("connect");
        mosquitto_subscribe(clients[index], NULL, topic, 1);
        while (!subscribers[index].isSubscribed) mosquitto_loop(clients[index], 100, 1);
        entries[index] = (struct pollfd){.fd = mosquitto_socket(clients[index]), .events = POLLIN};
    }
    be_punctual();
    child_ready();
    while (1) {
        poll(entries, plan->connections, -1);
        for (int index = 0; index < plan->connections; index++)
            if (entries[index].revents) attend(clients[index]);
    }
}

int subscribe_main(int argc, char **argv) {
    (void)argc;
    struct plan plan = {.port = atoi(argv[2]), .sets = atoi(argv[3]), .processes = atoi(argv[4]),
                        .connections = atoi(argv[5]), .folder = argv[6]};
    mosquitto_lib_init();
    return run_children(plan.sets, plan.processes, subscribe, &plan);
}
