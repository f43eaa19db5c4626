// The reference on both buses: sits there and listens to what its argument matches, or to nothing.
//   cc -O2 bus-listener.c $(pkg-config --cflags --libs libsystemd) -o bus-listener
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

static int on_signal(sd_bus_message *signal, void *data, sd_bus_error *error) { return 0; }

int main(int count, char **arguments)
{
    sd_event *loop;
    sd_bus *buses[2];
    if (sd_event_default(&loop) < 0 || sd_bus_open_user(&buses[0]) < 0 || sd_bus_open_system(&buses[1]) < 0)
        return 1;
    for (int i = 0; i < 2; i++)
        if (sd_bus_attach_event(buses[i], loop, 0) < 0 || sd_bus_set_exit_on_disconnect(buses[i], 1) < 0 ||
            (count > 1 && sd_bus_add_match(buses[i], NULL, arguments[1], on_signal, NULL) < 0))
            return 1;
    return sd_event_loop(loop);
}
