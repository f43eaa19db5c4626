// A logind that does what a real one will not do on demand, on the bus that DBUS_SYSTEM_BUS_ADDRESS names. Prints each
// call; commands as arguments, before it takes its name, and on standard input:
//   session ID PROPERTY=VALUE...   begins a session of this user, which has these properties and no others (SessionNew)
//   foreign ID PROPERTY=VALUE...   of another user       missing ID PROPERTY=...   which is listed, but has no object
//   set ID PROPERTY=VALUE...       PropertiesChanged; the session's object is there from now on
//   invalidate ID PROPERTY=VALUE...   PropertiesChanged without the values
//   remove ID                      SessionRemoved
//   sleep true|false               PrepareForSleep
//   hold                           answers nothing any more      answer        answers what was held, and all from now on
//   deny                           answers everything with AccessDenied
//   noise N ID                     N times signals that concern nobody who follows the session ID, and are none of logind's
//                                  when this program is a nameless one (the command `nameless`)
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define SESSIONS PATH "/session/"
#define PROPERTIES "org.freedesktop.DBus.Properties"

struct property {
    char name[24], value[24];
};
static struct session {
    char id[24], path[64];
    unsigned user;
    int missing, count;
    struct property properties[16];
} sessions[32];
static sd_bus_message *held[256];
static unsigned held_count;
static int session_count, holding, denying, sleeping, nameless;
static sd_bus *bus;

static struct session *find(const char *id_or_path)
{
    for (int i = 0; i < session_count; i++)
        if (!strcmp(sessions[i].id, id_or_path) || !strcmp(sessions[i].path, id_or_path))
            return &sessions[i];
    return NULL;
}

static void append_property(sd_bus_message *message, const struct property *property)
{
    int truth = !strcmp(property->value, "true");
    if (truth || !strcmp(property->value, "false"))
        sd_bus_message_append(message, "{sv}", property->name, "b", truth);
    else
        sd_bus_message_append(message, "{sv}", property->name, "s", property->value);
}

static int on_release(sd_event_source *source, int fd, uint32_t events, void *data)
{
    printf("released\n");
    close(fd);
    sd_event_source_unref(source);
    return 0;
}

// Gives the writing end of a pipe away, as logind does: when nobody has it any more, the lock is released.
static int inhibit(sd_bus_message *call)
{
    const char *what, *who, *why, *mode;
    int ends[2];
    sd_event_source *source;
    if (sd_bus_message_read(call, "ssss", &what, &who, &why, &mode) < 0 || pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    printf("inhibited %s by %s: %s (%s)\n", what, who, why, mode);
    int sent = sd_bus_reply_method_return(call, "h", ends[1]);
    close(ends[1]);
    sd_event_add_io(sd_bus_get_event(bus), &source, ends[0], 0, on_release, NULL);
    return sent;
}

static int answer(sd_bus_message *call)
{
    const char *member = sd_bus_message_get_member(call), *path = sd_bus_message_get_path(call);
    const char *interface = NULL, *name = NULL;
    struct session *session = find(path);
    sd_bus_message *reply = NULL;
    printf("%s %s\n", member, path);
    if (denying)
        return sd_bus_reply_method_errorf(call, SD_BUS_ERROR_ACCESS_DENIED, "not for you");
    if (!strcmp(member, "Inhibit"))
        return inhibit(call);
    if (!strcmp(member, "ListSessions")) {
        sd_bus_message_new_method_return(call, &reply);
        sd_bus_message_open_container(reply, 'a', "(susso)");
        for (struct session *one = sessions; one < sessions + session_count; one++)
            sd_bus_message_append(reply, "(susso)", one->id, one->user, "somebody", "seat0", one->path);
        sd_bus_message_close_container(reply);
    } else if (!strcmp(member, "Get")) {
        sd_bus_message_read(call, "ss", &interface, &name);
        if (strcmp(interface, NAME ".Manager") || strcmp(name, "PreparingForSleep"))
            return sd_bus_reply_method_errorf(call, SD_BUS_ERROR_UNKNOWN_PROPERTY, "no %s", name);
        sd_bus_message_new_method_return(call, &reply);
        sd_bus_message_append(reply, "v", "b", sleeping);
    } else if (!strcmp(member, "GetAll") && session && !session->missing) {
        sd_bus_message_new_method_return(call, &reply);
        sd_bus_message_open_container(reply, 'a', "{sv}");
        sd_bus_message_append(reply, "{sv}", "User", "(uo)", session->user, PATH "/user/self");
        for (int i = 0; i < session->count; i++)
            append_property(reply, &session->properties[i]);
        sd_bus_message_append(reply, "{sv}", "IdleSinceHint", "t", (uint64_t)0);
        sd_bus_message_close_container(reply);
    } else
        return sd_bus_reply_method_errorf(call, SD_BUS_ERROR_UNKNOWN_OBJECT, "no %s", path);
    int sent = sd_bus_send(NULL, reply, NULL);
    sd_bus_message_unref(reply);
    return sent;
}

static int on_call(sd_bus_message *call, void *data, sd_bus_error *error)
{
    if (!holding)
        return answer(call) < 0 ? -1 : 1;
    printf("held %s\n", sd_bus_message_get_member(call));
    held[held_count++ % 256] = sd_bus_message_ref(call);
    return 1;
}

static void properties_changed(const char *path, const char *interface, const struct property *changed, int count,
                               int invalidated)
{
    sd_bus_message *signal;
    if (sd_bus_message_new_signal(bus, &signal, path, PROPERTIES, "PropertiesChanged") < 0)
        return;
    sd_bus_message_append(signal, "s", interface);
    sd_bus_message_open_container(signal, 'a', "{sv}");
    for (int i = 0; i < count && !invalidated; i++)
        append_property(signal, &changed[i]);
    sd_bus_message_close_container(signal);
    sd_bus_message_open_container(signal, 'a', "s");
    for (int i = 0; i < count && invalidated; i++)
        sd_bus_message_append(signal, "s", changed[i].name);
    sd_bus_message_close_container(signal);
    sd_bus_send(bus, signal, NULL);
    sd_bus_message_unref(signal);
}

static int read_properties(char *words, struct property *properties)
{
    int count = 0;
    for (char *word = strtok(words, " "); word && count < 16; word = strtok(NULL, " "))
        count += sscanf(word, "%23[^=]=%23s", properties[count].name, properties[count].value) == 2;
    return count;
}

static void begin(const char *verb, const char *id, char *words)
{
    struct session *new = &sessions[session_count++ % 32];
    *new = (struct session){.user = getuid() + (*verb == 'f'), .missing = *verb == 'm'};
    snprintf(new->id, sizeof new->id, "%s", id);
    snprintf(new->path, sizeof new->path, SESSIONS "%s", id);
    new->count = read_properties(words, new->properties);
    sd_bus_emit_signal(bus, PATH, NAME ".Manager", "SessionNew", "so", new->id, new->path);
}

static void change(struct session *session, char *words, int invalidated)
{
    struct property changed[16];
    int count = read_properties(words, changed);
    session->missing = 0;
    for (int i = 0, k; i < count; i++) {
        for (k = 0; k < session->count && strcmp(session->properties[k].name, changed[i].name); k++) {}
        session->properties[k] = changed[i];
        if (k == session->count)
            session->count++;
    }
    properties_changed(session->path, NAME ".Session", changed, count, invalidated);
}

static void make_noise(int times, const char *id)
{
    char path[64];
    struct property locked = {"LockedHint", "true"};
    snprintf(path, sizeof path, SESSIONS "%s", id);
    while (times-- > 0) {
        properties_changed(nameless ? path : SESSIONS "other", NAME ".Session", &locked, 1, 0);
        properties_changed(PATH "/user/_0", NAME ".User", &locked, 1, 0);
        properties_changed(PATH, NAME ".Manager", &locked, 1, 0);
        sd_bus_emit_signal(bus, path, NAME ".Session", "Lock", "");
        sd_bus_emit_signal(bus, PATH, NAME ".Manager", "UserNew", "uo", 0, PATH "/user/_0");
        sd_bus_emit_signal(bus, PATH, NAME ".Manager", nameless ? "PrepareForSleep" : "PrepareForShutdown", "b", 1);
    }
    sd_bus_flush(bus);
}

static void obey(char *line)
{
    char verb[16] = "", id[24] = "";
    int length = 0;
    sscanf(line, "%15s %23s%n", verb, id, &length);
    char *rest = strdupa(line + length);
    struct session *session = find(id);
    if (!strcmp(verb, "hold")) holding = 1;
    else if (!strcmp(verb, "deny")) denying = 1;
    else if (!strcmp(verb, "nameless")) nameless = 1;
    else if (!strcmp(verb, "session") || !strcmp(verb, "foreign") || !strcmp(verb, "missing")) begin(verb, id, rest);
    else if (!strcmp(verb, "set") && session) change(session, rest, 0);
    else if (!strcmp(verb, "invalidate") && session) change(session, rest, 1);
    else if (!strcmp(verb, "remove") && session) {
        sd_bus_emit_signal(bus, PATH, NAME ".Manager", "SessionRemoved", "so", session->id, session->path);
        *session = sessions[--session_count];
    } else if (!strcmp(verb, "sleep")) {
        sleeping = !strcmp(id, "true");
        sd_bus_emit_signal(bus, PATH, NAME ".Manager", "PrepareForSleep", "b", sleeping);
    } else if (!strcmp(verb, "noise")) make_noise(atoi(id), rest + strspn(rest, " "));
    else if (!strcmp(verb, "answer")) {
        holding = 0;
        for (unsigned i = 0; i < held_count; i++) {
            answer(held[i]);
            sd_bus_message_unref(held[i]);
        }
        held_count = 0;
    } else
        printf("what? ");
    // What it said has reached whom it concerns when its confirmation is read: the bus takes turns with its clients, and
    // has written to all others before it answers a second time.
    for (int i = 0; i < 2; i++)
        sd_bus_call_method(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId", NULL, NULL, "");
    printf("ok %s\n", line);
}

static int on_command(sd_event_source *source, int fd, uint32_t events, void *data)
{
    static char line[1024];
    static size_t length;
    ssize_t got = read(fd, line + length, sizeof line - 1 - length);
    if (got <= 0)
        return sd_event_exit(sd_event_source_get_event(source), 0);
    line[length += got] = 0;
    for (char *end; (end = strchr(line, '\n')); memmove(line, end + 1, length -= end + 1 - line), line[length] = 0) {
        *end = 0;
        obey(line);
    }
    return 0;
}

int main(int count, char **arguments)
{
    sd_event *loop;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (sd_event_default(&loop) < 0 || sd_bus_open_system(&bus) < 0 || sd_bus_attach_event(bus, loop, 0) < 0 ||
        sd_bus_add_fallback(bus, NULL, PATH, on_call, NULL) < 0 || sd_bus_set_exit_on_disconnect(bus, 1) < 0)
        return 1;
    for (int i = 1; i < count; i++)
        obey(arguments[i]);
    if (!nameless && sd_bus_request_name(bus, NAME, 0) < 0)
        return 1;
    sd_event_add_io(loop, NULL, STDIN_FILENO, EPOLLIN, on_command, NULL);
    printf("ready\n");
    return sd_event_loop(loop);
}
