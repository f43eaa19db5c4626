// GLib and GIO: the main loop, D-Bus and settings.
#pragma once
#include <gio/gio.h>

// g_signal_connect is a macro, and Swift cannot express the cast G_CALLBACK.
static inline void connection_on_closed(GDBusConnection *connection,
                                        void (*closed)(GDBusConnection *, gboolean, GError *, gpointer), gpointer data)
{
    g_signal_connect(connection, "closed", G_CALLBACK(closed), data);
}
