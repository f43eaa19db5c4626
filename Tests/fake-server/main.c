// A notification server that does what a real one will not do on demand. Prints each call; commands on standard input:
//   hold          answers no Notify any more         answer        answers those held, in order, and all from now on
//   refuse        answers Notify with an error       accept        no longer
//   capabilities A,B,...                             ids N         the next new notification gets this id
//   press ID KEY      ActionInvoked                  close ID REASON   NotificationClosed
//   inhibit 0|1       Plasma's Inhibited             modes A,B,...     mako's
//   shy               answers no property any more   open              tells them again
// The argument is what it calls itself; `fake` without one.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#define PATH "/org/freedesktop/Notifications"
#define NAME "org.freedesktop.Notifications"
#define MAKO_PATH "/fr/emersion/Mako"
#define MAKO_NAME "fr.emersion.Mako"

static sd_bus_message *held[64];
static unsigned held_count, next_id = 1;
static int holding, refusing, shy, inhibited;
static char modes[256];
static const char *own_name = "fake";
static char capabilities[256] = "actions,body,body-markup";

// Appends the hints that a test looks at, as NAME=VALUE, in the order of their names.
static int read_hints(sd_bus_message *call, char *hints, size_t size)
{
    const char *name, *type, *text, *image = NULL, *sound = NULL;
    int value = -1, result;
    if (sd_bus_message_enter_container(call, 'a', "{sv}") < 0)
        return -1;
    while ((result = sd_bus_message_enter_container(call, 'e', "sv")) > 0) {
        sd_bus_message_read(call, "s", &name);
        sd_bus_message_peek_type(call, NULL, &type);
        if (!strcmp(name, "value") && !strcmp(type, "i"))
            sd_bus_message_read(call, "v", "i", &value);
        else if (!strcmp(type, "s") && sd_bus_message_read(call, "v", "s", &text) >= 0) {
            if (!strcmp(name, "image-path")) image = text;
            if (!strcmp(name, "sound-name")) sound = text;
        } else
            sd_bus_message_skip(call, "v");
        sd_bus_message_exit_container(call);
    }
    if (value >= 0)
        snprintf(hints, size, "image=%s sound=%s value=%d", image ? image : "", sound ? sound : "", value);
    else
        snprintf(hints, size, "image=%s sound=%s value=", image ? image : "", sound ? sound : "");
    return result;
}

static int answer_notify(sd_bus_message *call)
{
    const char *app, *icon, *title, *body, *text;
    unsigned replaces;
    char actions[256] = "", hints[512] = "";
    int expires;
    if (sd_bus_message_rewind(call, 1) < 0 ||
        sd_bus_message_read(call, "susss", &app, &replaces, &icon, &title, &body) < 0 ||
        sd_bus_message_enter_container(call, 'a', "s") < 0)
        return -1;
    for (int i = 0; sd_bus_message_read(call, "s", &text) > 0; i++)
        if (i % 2 == 0 && strlen(actions) + strlen(text) + 2 < sizeof actions)
            strcat(strcat(actions, *actions ? "," : ""), text);
    if (sd_bus_message_exit_container(call) < 0 || read_hints(call, hints, sizeof hints) < 0 ||
        sd_bus_message_exit_container(call) < 0 || sd_bus_message_read(call, "i", &expires) < 0)
        return -1;
    if (refusing) {
        printf("refused %s\n", title);
        return sd_bus_reply_method_errorf(call, NAME ".Error.Refused", "no room for %s", title);
    }
    unsigned id = replaces ? replaces : next_id++;
    char *one_line = strdupa(body);
    for (char *at = one_line; (at = strchr(at, '\n')); *at = '|') {}
    printf("notify %u replaces=%u actions=%s app=%s %s expires=%d title=%s body=%s\n", id, replaces, actions, app, hints,
           expires, title, one_line);
    return sd_bus_reply_method_return(call, "u", id);
}

static int on_notify(sd_bus_message *call, void *data, sd_bus_error *error)
{
    if (!holding)
        return answer_notify(call);
    printf("held\n");
    held[held_count++ % 64] = sd_bus_message_ref(call);
    return 1;
}

static int on_close(sd_bus_message *call, void *data, sd_bus_error *error)
{
    unsigned id;
    sd_bus_message_read(call, "u", &id);
    printf("close %u\n", id);
    return sd_bus_reply_method_return(call, "");
}

static int append_list(sd_bus_message *reply, const char *list)
{
    if (sd_bus_message_open_container(reply, 'a', "s") < 0)
        return -1;
    char *copy = strdupa(list);
    for (char *one = strtok(copy, ","); one; one = strtok(NULL, ","))
        sd_bus_message_append(reply, "s", one);
    return sd_bus_message_close_container(reply);
}

static int get_inhibited(sd_bus *bus, const char *path, const char *interface, const char *property,
                         sd_bus_message *reply, void *data, sd_bus_error *error)
{
    return sd_bus_message_append(reply, "b", inhibited);
}

static int get_modes(sd_bus *bus, const char *path, const char *interface, const char *property,
                     sd_bus_message *reply, void *data, sd_bus_error *error)
{
    return append_list(reply, modes);
}

// Sees every call before the tables do.
static int on_question(sd_bus_message *call, void *data, sd_bus_error *error)
{
    if (!sd_bus_message_is_method_call(call, "org.freedesktop.DBus.Properties", "Get"))
        return 0;
    printf("asked\n");
    return shy;
}

static int on_capabilities(sd_bus_message *call, void *data, sd_bus_error *error)
{
    sd_bus_message *reply;
    if (sd_bus_message_new_method_return(call, &reply) < 0 || append_list(reply, capabilities) < 0)
        return -1;
    int sent = sd_bus_send(NULL, reply, NULL);
    sd_bus_message_unref(reply);
    return sent;
}

static int on_information(sd_bus_message *call, void *data, sd_bus_error *error)
{
    return sd_bus_reply_method_return(call, "ssss", own_name, "stretchd", "1", "1.2");
}

static const sd_bus_vtable methods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Notify", "susssasa{sv}i", "u", on_notify, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("CloseNotification", "u", "", on_close, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetCapabilities", "", "as", on_capabilities, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetServerInformation", "", "ssss", on_information, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("Inhibited", "b", get_inhibited, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE),
    SD_BUS_VTABLE_END,
};

static const sd_bus_vtable mako[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Modes", "as", get_modes, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE),
    SD_BUS_VTABLE_END,
};

static int on_command(sd_event_source *source, int fd, uint32_t events, void *bus)
{
    static char line[512];
    static size_t length;
    ssize_t got = read(fd, line + length, sizeof line - 1 - length);
    if (got <= 0)
        return sd_event_exit(sd_event_source_get_event(source), 0);
    line[length += got] = 0;
    for (char *end; (end = strchr(line, '\n')); memmove(line, end + 1, length -= end + 1 - line), line[length] = 0) {
        unsigned id, reason;
        char key[64];
        *end = 0;
        if (!strcmp(line, "hold")) holding = 1;
        else if (!strcmp(line, "refuse")) refusing = 1;
        else if (!strcmp(line, "accept")) refusing = 0;
        else if (!strcmp(line, "shy")) shy = 1;
        else if (!strcmp(line, "open")) shy = 0;
        else if (sscanf(line, "inhibit %d", &inhibited) == 1)
            sd_bus_emit_properties_changed(bus, PATH, NAME, "Inhibited", NULL);
        else if (!strncmp(line, "modes ", 6)) {
            snprintf(modes, sizeof modes, "%s", line + 6);
            sd_bus_emit_properties_changed(bus, MAKO_PATH, MAKO_NAME, "Modes", NULL);
        }
        else if (sscanf(line, "ids %u", &next_id) == 1) {}
        else if (sscanf(line, "capabilities %255s", capabilities) == 1) {}
        else if (sscanf(line, "press %u %63s", &id, key) == 2)
            sd_bus_emit_signal(bus, PATH, NAME, "ActionInvoked", "us", id, key);
        else if (sscanf(line, "close %u %u", &id, &reason) == 2)
            sd_bus_emit_signal(bus, PATH, NAME, "NotificationClosed", "uu", id, reason);
        else if (!strcmp(line, "answer")) {
            holding = 0;
            for (unsigned i = 0; i < held_count; i++) {
                answer_notify(held[i]);
                sd_bus_message_unref(held[i]);
            }
            held_count = 0;
        } else printf("what? %s\n", line);
        printf("ok %s\n", line);
    }
    return 0;
}

int main(int count, char **arguments)
{
    sd_event *loop;
    sd_bus *bus;
    if (count > 1)
        own_name = arguments[1];
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (sd_event_default(&loop) < 0 || sd_bus_open_user(&bus) < 0 || sd_bus_attach_event(bus, loop, 0) < 0 ||
        sd_bus_add_object(bus, NULL, PATH, on_question, NULL) < 0 ||
        sd_bus_add_object(bus, NULL, MAKO_PATH, on_question, NULL) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, PATH, NAME, methods, NULL) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, MAKO_PATH, MAKO_NAME, mako, NULL) < 0 ||
        sd_bus_set_exit_on_disconnect(bus, 1) < 0 || sd_bus_request_name(bus, NAME, 0) < 0)
        return 1;
    // Started by the bus it has no commands: /dev/null cannot be polled.
    sd_event_add_io(loop, NULL, STDIN_FILENO, EPOLLIN, on_command, bus);
    printf("ready\n");
    return sd_event_loop(loop);
}
