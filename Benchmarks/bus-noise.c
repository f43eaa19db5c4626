// Sends a thousand signals a second on each of both buses, for as many seconds as the argument says: what strangers might
// say of sessions, servers and names. Returns when the buses have passed all of them on.
//   cc -O2 bus-noise.c $(pkg-config --cflags --libs libsystemd) -o bus-noise
#include <errno.h>
#include <stdlib.h>
#include <systemd/sd-bus.h>
#include <time.h>

#define RATE 1000

static const char *const paths[] = {"/org/freedesktop/login1/session/_31", "/org/freedesktop/Notifications", "/"};

static int say(sd_bus *bus, int number)
{
    const char *path = paths[number % 3];
    if (number % 2)
        return sd_bus_emit_signal(bus, path, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", 1);
    return sd_bus_emit_signal(bus, path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                              "org.freedesktop.login1.Session", 1, "LockedHint", "b", 0, 0);
}

/// What was sent before has left the bus when it answers the second time.
static int settle(sd_bus *bus)
{
    int got = 0;
    for (int i = 0; i < 2 && got >= 0; i++)
        got = sd_bus_call_method(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId",
                                 NULL, NULL, "");
    return got;
}

int main(int count, char **arguments)
{
    sd_bus *buses[2];
    if (count != 2 || sd_bus_open_user(&buses[0]) < 0 || sd_bus_open_system(&buses[1]) < 0)
        return 1;
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (int number = 0; number < RATE * atoi(arguments[1]); number++) {
        for (int i = 0; i < 2; i++)
            if (say(buses[i], number) < 0 || sd_bus_flush(buses[i]) < 0)
                return 1;
        next.tv_nsec += 1000000000 / RATE;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        // Late ones are caught up with.
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL) == EINTR) {}
    }
    return settle(buses[0]) < 0 || settle(buses[1]) < 0;
}
