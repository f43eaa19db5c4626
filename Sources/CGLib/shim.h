// GLib and GIO: the main loop, D-Bus and time zones.
#pragma once
#include <gio/gio.h>
