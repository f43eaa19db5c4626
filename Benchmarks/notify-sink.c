// A notification server that shows nothing: prints when each Notify arrived (seconds since 1970) and its title; with an
// argument, also when each CloseNotification did.
//   cc -O2 notify-sink.c $(pkg-config --cflags --libs libsystemd) -o notify-sink
#include <stdio.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>
#include <time.h>

#define NAME "org.freedesktop.Notifications"

static int tells_closings;

static void print_now(const char *what)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    printf("%lld.%09ld %s\n", (long long)now.tv_sec, now.tv_nsec, what);
}

static int on_notify(sd_bus_message *call, void *data, sd_bus_error *error)
{
    static unsigned newest;
    unsigned replaces;
    const char *app, *icon, *title;
    int got = sd_bus_message_read(call, "suss", &app, &replaces, &icon, &title);
    if (got < 0)
        return got;
    print_now(title);
    return sd_bus_reply_method_return(call, "u", replaces ? replaces : ++newest);
}

static int on_close(sd_bus_message *call, void *data, sd_bus_error *error)
{
    if (tells_closings)
        print_now("closed");
    return sd_bus_reply_method_return(call, "");
}

static int on_capabilities(sd_bus_message *call, void *data, sd_bus_error *error)
{
    return sd_bus_reply_method_return(call, "as", 2, "actions", "body");
}

static int on_information(sd_bus_message *call, void *data, sd_bus_error *error)
{
    return sd_bus_reply_method_return(call, "ssss", "sink", "stretchd", "1", "1.2");
}

static const sd_bus_vtable methods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Notify", "susssasa{sv}i", "u", on_notify, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("CloseNotification", "u", "", on_close, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetCapabilities", "", "as", on_capabilities, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetServerInformation", "", "ssss", on_information, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};

int main(int count, char **arguments)
{
    tells_closings = count > 1;
    sd_event *loop;
    sd_bus *bus;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (sd_event_default(&loop) < 0 || sd_bus_open_user(&bus) < 0 || sd_bus_attach_event(bus, loop, 0) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, "/org/freedesktop/Notifications", NAME, methods, NULL) < 0 ||
        sd_bus_set_exit_on_disconnect(bus, 1) < 0 || sd_bus_request_name(bus, NAME, 0) < 0)
        return 1;
    printf("ready\n");
    return sd_event_loop(loop);
}
