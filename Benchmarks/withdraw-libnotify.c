// The reference with libnotify: shows a notification and closes it when a file that says "done" comes into a directory.
//   cc -O2 withdraw-libnotify.c $(pkg-config --cflags --libs libnotify) -o withdraw-libnotify
#include <glib-unix.h>
#include <libnotify/notify.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

static const char *directory;
static GMainLoop *loop;

static gboolean says_done(const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *text = NULL;
    return g_str_has_suffix(name, ".jsonl") && g_file_get_contents(path, &text, NULL, NULL) &&
           strstr(text, "\"now done\"");
}

static gboolean on_arrival(gint watch, GIOCondition condition, gpointer prompt)
{
    char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t count = read(watch, buffer, sizeof buffer);
    for (char *at = buffer; at < buffer + count;) {
        struct inotify_event *event = (struct inotify_event *)at;
        if (event->len && says_done(event->name)) {
            notify_notification_close(prompt, NULL);
            g_main_loop_quit(loop);
            return FALSE;
        }
        at += sizeof *event + event->len;
    }
    return TRUE;
}

int main(int count, char **arguments)
{
    if (count != 2)
        return 64;
    directory = arguments[1];
    notify_init("reference");
    loop = g_main_loop_new(NULL, FALSE);
    int watch = inotify_init1(IN_CLOEXEC);
    if (inotify_add_watch(watch, directory, IN_MOVED_TO) < 0)
        return 71;
    NotifyNotification *prompt = notify_notification_new("Morning stretch", "4 minutes", NULL);
    notify_notification_add_action(prompt, "done", "Done", (NotifyActionCallback)g_main_loop_quit, loop, NULL);
    GError *error = NULL;
    if (!notify_notification_show(prompt, &error))
        g_error("%s", error->message);
    g_unix_fd_add(watch, G_IO_IN, on_arrival, prompt);
    g_main_loop_run(loop);
    return 0;
}
