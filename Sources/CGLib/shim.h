// GLib and GIO: the main loop, D-Bus and time zones.
#pragma once
#include <gio/gio.h>

// g_signal_connect is a macro, and G_CALLBACK a cast that Swift has no word for.
static inline void connection_on_closed(GDBusConnection *connection,
                                        void (*closed)(GDBusConnection *, gboolean, GError *, gpointer), gpointer data)
{
    g_signal_connect(connection, "closed", G_CALLBACK(closed), data);
}
