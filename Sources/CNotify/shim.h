// libnotify: desktop notifications.
#pragma once
#include <libnotify/notify.h>

// libnotify has no functions for the id, and g_object_set and g_object_get are variadic.
static inline guint32 notification_get_id(NotifyNotification *notification)
{
    gint id = 0;
    g_object_get(notification, "id", &id, NULL);
    return (guint32)id;
}

static inline void notification_set_id(NotifyNotification *notification, guint32 id)
{
    g_object_set(notification, "id", (gint)id, NULL);
}

// g_signal_connect is a macro, and Swift cannot express the cast G_CALLBACK.
static inline void notification_on_closed(NotifyNotification *notification,
                                          void (*closed)(NotifyNotification *, gpointer), gpointer data)
{
    g_signal_connect(notification, "closed", G_CALLBACK(closed), data);
}
