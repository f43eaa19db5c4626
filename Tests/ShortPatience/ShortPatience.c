#include "ShortPatience.h"
#include <gio/gio.h>

// The program's own symbols come before those of the libraries: libnotify finds this one.
GVariant *g_dbus_proxy_call_sync(GDBusProxy *proxy, const gchar *method, GVariant *parameters, GDBusCallFlags flags,
                                 gint timeout, GCancellable *cancellable, GError **error)
{
    char *owner = g_dbus_proxy_get_name_owner(proxy);
    GVariant *result = g_dbus_connection_call_sync(
        g_dbus_proxy_get_connection(proxy), owner ? owner : g_dbus_proxy_get_name(proxy),
        g_dbus_proxy_get_object_path(proxy), g_dbus_proxy_get_interface_name(proxy), method, parameters, NULL, flags,
        timeout == -1 ? 1000 : timeout, cancellable, error);
    g_free(owner);
    return result;
}
