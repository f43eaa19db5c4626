// libsystemd, and the kernel interfaces that Swift's Glibc module lacks.
#pragma once
// Swift cannot import the macros that would add the place in the code to each entry.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <sys/timerfd.h>
#include <sys/timex.h>

// The day of the build, `Nov 22 2026`, in the builder's time zone. Clang takes it from SOURCE_DATE_EPOCH where that is
// set. Swift has no macro for it.
static inline const char *stretchd_build_day(void) { return __DATE__; }
