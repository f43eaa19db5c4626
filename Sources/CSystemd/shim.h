// libsystemd, and the kernel interfaces that Swift's Glibc module lacks.
#pragma once
// Swift cannot import the macros that would add the place in the code to each entry.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <sys/timerfd.h>
#include <sys/timex.h>

// When this file was last written, `Sun Nov 22 07:30:00 2026`: the day of the check-out or of SOURCE_DATE_EPOCH. A date of
// the build itself, __DATE__, has no place in a Clang module, which may be older than the build.
static inline const char *stretchd_source_date(void) { return __TIMESTAMP__; }
