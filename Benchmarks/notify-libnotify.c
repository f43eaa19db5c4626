// The reference with libnotify: one notification at a time point, given in seconds since 1970, with fractions.
//   cc -O2 notify-libnotify.c $(pkg-config --cflags --libs libnotify) -o notify-libnotify
#include <glib-unix.h>
#include <libnotify/notify.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

static gboolean on_due(gint timer, GIOCondition condition, gpointer loop)
{
    NotifyNotification *prompt = notify_notification_new("Morning stretch", "4 minutes", NULL);
    notify_notification_add_action(prompt, "done", "Done", (NotifyActionCallback)g_main_loop_quit, loop, NULL);
    GError *error = NULL;
    if (!notify_notification_show(prompt, &error))
        g_error("%s", error->message);
    if (!getenv("STAY"))
        g_main_loop_quit(loop);
    return FALSE;
}

int main(int count, char **arguments)
{
    if (count != 2)
        return 64;
    double due = g_ascii_strtod(arguments[1], NULL);
    notify_init("reference");
    // Like the daemon: it knows its server long before a prompt is due.
    g_list_free_full(notify_get_server_caps(), g_free);
    GMainLoop *loop = g_main_loop_new(NULL, FALSE);
    int timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
    struct itimerspec when = {.it_value = {(time_t)due, (long)((due - (time_t)due) * 1e9)}};
    if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL) < 0)
        return 71;
    g_unix_fd_add(timer, G_IO_IN, on_due, loop);
    g_main_loop_run(loop);
    return 0;
}
