// libsystemd, and the kernel interfaces that Swift's Glibc module lacks.
#pragma once
// Swift cannot import the macros that would add the place in the code to each entry.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <sys/timerfd.h>
#include <sys/mman.h>
#include <sys/timex.h>

// When this file was last written, `Sun Nov 22 07:30:00 2026`: the day of the check-out or of SOURCE_DATE_EPOCH. A date of
// the build itself, __DATE__, has no place in a Clang module, which may be older than the build.
static inline const char *stretchd_source_date(void) { return __TIMESTAMP__; }

// Between the program's first byte and the end of its code lies only what is read from its file. Swift cannot see the
// linker's names for the two places.
static inline int stretchd_release_code(void) {
    extern const char __executable_start, etext;
    return madvise((void *)&__executable_start, (size_t)(&etext - &__executable_start), MADV_DONTNEED);
}
