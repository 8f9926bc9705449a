#include <mosquitto.h>
#include <mqtt_protocol.h>
/* Swift's Glibc module leaves it out; the MQTT target wakes its poll loops by it. */
#include <sys/eventfd.h>
