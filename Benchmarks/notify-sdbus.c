// The floor: one notification at a time point, given in seconds since 1970, with fractions, with sd-bus alone.
//   cc -O2 notify-sdbus.c $(pkg-config --cflags --libs libsystemd) -o notify-sdbus
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    if (count != 2)
        return 64;
    double due = strtod(arguments[1], NULL);
    sd_bus *bus;
    const char *name;
    // The name is asked for because to open does not wait for the bus, and the first call should not have to.
    if (sd_bus_open_user(&bus) < 0 || sd_bus_get_unique_name(bus, &name) < 0)
        return 69;
    int timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
    struct itimerspec when = {.it_value = {(time_t)due, (long)((due - (time_t)due) * 1e9)}};
    uint64_t expirations;
    if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL) < 0 ||
        read(timer, &expirations, sizeof expirations) != sizeof expirations)
        return 71;
    sd_bus_error error = SD_BUS_ERROR_NULL;
    if (sd_bus_call_method(bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                           "org.freedesktop.Notifications", "Notify", &error, NULL, "susssasa{sv}i", "reference", 0, "",
                           "Morning stretch", "4 minutes", 2, "done", "Done", 0, 0) < 0) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    if (getenv("STAY"))
        pause();
    return 0;
}
