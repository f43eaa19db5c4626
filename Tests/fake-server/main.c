// A notification server that does what a real one will not do on demand. Prints each call; commands on standard input:
//   hold          answers no Notify any more         answer        answers those held, in order, and all from now on
//   refuse        answers Notify with an error       accept        no longer
//   capabilities A,B,...                             ids N         the next new notification gets this id
//   press ID KEY      ActionInvoked                  close ID REASON   NotificationClosed
//   overtake ID KEY   ActionInvoked right before the next Notify is answered
//   forget        replaces nothing any more          click first|default   invokes that action of all that comes
//   inhibit 0|1       Plasma's Inhibited             modes A,B,...     mako's
//   shy               answers no property any more   open              tells them again
// The arguments are what it calls itself and its version; `fake` and 1 without any.
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
static int holding, refusing, forgetful, shy, inhibited;
static const char *own_name = "fake", *own_version = "1";
static char capabilities[256] = "actions,body,body-markup", clicked[64], modes[256];
static sd_bus *session;
static unsigned overtaken;
static char overtaking[64];

// Appends the hints that a test looks at, as NAME=VALUE, in the order of their names.
static int read_hints(sd_bus_message *call, char *hints, size_t size, uint8_t *urgency)
{
    const char *name, *type, *text, *image = NULL, *sound = NULL, *entry = NULL;
    int value = -1, result;
    if (sd_bus_message_enter_container(call, 'a', "{sv}") < 0)
        return -1;
    while ((result = sd_bus_message_enter_container(call, 'e', "sv")) > 0) {
        sd_bus_message_read(call, "s", &name);
        sd_bus_message_peek_type(call, NULL, &type);
        if (!strcmp(name, "value") && !strcmp(type, "i"))
            sd_bus_message_read(call, "v", "i", &value);
        else if (!strcmp(name, "urgency") && !strcmp(type, "y"))
            sd_bus_message_read(call, "v", "y", urgency);
        else if (!strcmp(type, "s") && sd_bus_message_read(call, "v", "s", &text) >= 0) {
            if (!strcmp(name, "image-path")) image = text;
            if (!strcmp(name, "sound-name")) sound = text;
            if (!strcmp(name, "desktop-entry")) entry = text;
        } else
            sd_bus_message_skip(call, "v");
        sd_bus_message_exit_container(call);
    }
    if (entry) {
        int length = snprintf(hints, size, "entry=%s ", entry);
        hints += length;
        size -= length;
    }
    if (value >= 0)
        snprintf(hints, size, "image=%s sound=%s value=%d", image ? image : "", sound ? sound : "", value);
    else
        snprintf(hints, size, "image=%s sound=%s value=", image ? image : "", sound ? sound : "");
    return result;
}

static int answer_notify(sd_bus_message *call)
{
    if (*overtaking)
        sd_bus_emit_signal(session, PATH, NAME, "ActionInvoked", "us", overtaken, overtaking);
    *overtaking = 0;
    const char *app, *icon, *title, *body, *text;
    unsigned replaces;
    char actions[256] = "", hints[512] = "", click[64] = "";
    uint8_t urgency = 1;
    int expires;
    if (sd_bus_message_rewind(call, 1) < 0 ||
        sd_bus_message_read(call, "susss", &app, &replaces, &icon, &title, &body) < 0 ||
        sd_bus_message_enter_container(call, 'a', "s") < 0)
        return -1;
    for (int i = 0; sd_bus_message_read(call, "s", &text) > 0; i++) {
        if (i % 2)
            continue;
        if (!strcmp(clicked, text) || (!strcmp(clicked, "first") && !i))
            snprintf(click, sizeof click, "%s", text);
        if (strlen(actions) + strlen(text) + 2 < sizeof actions)
            strcat(strcat(actions, *actions ? "," : ""), text);
    }
    if (sd_bus_message_exit_container(call) < 0 || read_hints(call, hints, sizeof hints, &urgency) < 0 ||
        sd_bus_message_exit_container(call) < 0 || sd_bus_message_read(call, "i", &expires) < 0)
        return -1;
    if (refusing) {
        printf("refused %s\n", title);
        return sd_bus_reply_method_errorf(call, NAME ".Error.Refused", "no room for %s", title);
    }
    unsigned id = replaces && !forgetful ? replaces : next_id++;
    char *one_line = strdupa(body);
    for (char *at = one_line; (at = strchr(at, '\n')); *at = '|') {}
    printf("notify %u replaces=%u actions=%s app=%s %s%s%s%s expires=%d urgency=%d title=%s body=%s\n", id, replaces,
           actions, app, *icon ? "icon=" : "", icon, *icon ? " " : "", hints, expires, urgency, title, one_line);
    int sent = sd_bus_reply_method_return(call, "u", id);
    if (*click)
        sd_bus_emit_signal(session, PATH, NAME, "ActionInvoked", "us", id, click);
    return sent;
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
    return sd_bus_reply_method_return(call, "ssss", own_name, "stretchd", own_version, "1.2");
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
        else if (!strcmp(line, "forget")) forgetful = 1;
        else if (sscanf(line, "overtake %u %63s", &overtaken, overtaking) == 2) {}
        else if (sscanf(line, "click %63s", clicked) == 1) {}
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
    if (count > 2)
        own_version = arguments[2];
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (sd_event_default(&loop) < 0 || sd_bus_open_user(&bus) < 0 || sd_bus_attach_event(bus, loop, 0) < 0 ||
        sd_bus_add_object(bus, NULL, PATH, on_question, NULL) < 0 ||
        sd_bus_add_object(bus, NULL, MAKO_PATH, on_question, NULL) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, PATH, NAME, methods, NULL) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, MAKO_PATH, MAKO_NAME, mako, NULL) < 0 ||
        sd_bus_set_exit_on_disconnect(bus, 1) < 0 || sd_bus_request_name(bus, NAME, 0) < 0)
        return 1;
    session = bus;
    // Started by the bus it has no commands: /dev/null cannot be polled.
    sd_event_add_io(loop, NULL, STDIN_FILENO, EPOLLIN, on_command, bus);
    printf("ready\n");
    return sd_event_loop(loop);
}
