// libsystemd, and the kernel interfaces that Swift's Glibc module lacks.
#pragma once
// Otherwise each log entry would need the place in the code, from macros that Swift cannot import.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <linux/openat2.h>
#include <link.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <termios.h>
#include <unistd.h>

// When this file was last written, such as `Sun Nov 22 07:30:00 2026`: the day of the check-out, or that of
// SOURCE_DATE_EPOCH. __DATE__, the date of the compilation, would not be better, because a Clang module may be older
// than the build.
static inline const char *stretchd_source_date(void) { return __TIMESTAMP__; }

// Whether the loader has found all functions of libraries (`-z now`), so that it writes no more addresses.
static inline int stretchd_is_bound(void) {
    for (const ElfW(Dyn) *entry = _DYNAMIC; entry->d_tag != DT_NULL; entry++)
        if (entry->d_tag == DT_FLAGS && entry->d_un.d_val & DF_BIND_NOW) return 1;
    return 0;
}

// Frees unused heap memory, and the memory of code and constants, which can be read from the program's file again.
// It is in C because Swift cannot see the symbols of the linker.
static inline void stretchd_release_code(void) {
    extern const ElfW(Ehdr) __executable_start;
    extern const char __data_start;
    // After a journal of decades was read, this frees half a megabyte and more.
    malloc_trim(0);
    // Only in such a program are addresses counted from its beginning.
    if (__executable_start.e_type != ET_DYN) return;
    const uintptr_t program = (uintptr_t)&__executable_start, page = (uintptr_t)getpagesize();
    const ElfW(Phdr) *parts = (const ElfW(Phdr) *)(program + __executable_start.e_phoff);
    for (int number = 0; number < __executable_start.e_phnum; number++) {
        uintptr_t start = (program + parts[number].p_vaddr) & -page;
        uintptr_t end = program + parts[number].p_vaddr + parts[number].p_memsz;
        if (parts[number].p_type == PT_LOAD && !(parts[number].p_flags & PF_W))
            madvise((void *)start, end - start, MADV_DONTNEED);
        // The linker gold puts the constants between what the loader wrote (RELRO) and the variables, because Swift marks
        // some as writable. Nothing writes there; scripts/check-install proves that the loader does not. Should anything
        // else ever do so, it ends the program at once, because they are made read-only.
        uintptr_t constants = (end + page - 1) & -page, variables = (uintptr_t)&__data_start & -page;
        if (parts[number].p_type == PT_GNU_RELRO && stretchd_is_bound() && constants < variables
            && !mprotect((void *)constants, variables - constants, PROT_READ))
            madvise((void *)constants, variables - constants, MADV_DONTNEED);
    }
}

// A GNU extension that Swift's Glibc module leaves out: it closes all descriptors from this one on in the child. The
// first argument is a posix_spawn_file_actions_t; to include <spawn.h> here would move types of the Glibc module into
// this one.
static inline int stretchd_spawn_closing_from(void *actions, int descriptor) {
    extern int posix_spawn_file_actions_addclosefrom_np(void *, int);
    return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

// glibc has no function for this call, and Swift cannot call syscall(2), which is variadic.
static inline int stretchd_openat2(int directory, const char *path, uint64_t flags, uint64_t resolve) {
    struct open_how how = {.flags = flags, .resolve = resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

// Swift cannot express the initialisers of vtable entries. The first entry holds the address of a variable that tells
// sd-bus which format the entries have. The strings of an entry must live as long as the entry.
static inline sd_bus_vtable stretchd_vtable_start(void) { return (sd_bus_vtable)SD_BUS_VTABLE_START(0); }

static inline sd_bus_vtable stretchd_vtable_property(const char *name, const char *signature, sd_bus_property_get_t get,
                                                     uint64_t flags) {
    return (sd_bus_vtable)SD_BUS_PROPERTY(name, signature, get, 0, flags);
}

// `names` has the names of the arguments and then of the results, each followed by a zero byte.
static inline sd_bus_vtable stretchd_vtable_method(const char *name, const char *arguments, const char *results,
                                                   const char *names, sd_bus_message_handler_t called) {
    return (sd_bus_vtable)SD_BUS_METHOD_WITH_NAMES(name, arguments, , results, names, called, 0);
}

static inline sd_bus_vtable stretchd_vtable_end(void) { return (sd_bus_vtable)SD_BUS_VTABLE_END; }

// What a signal handler needs to repair the terminal after a crash. It is in C because such a handler may call only a
// few functions, and nobody can tell which ones Swift code calls.
struct stretchd_crash {
    int keyboard, screen;
    struct termios settings;
    char sequence[64];
    size_t length;
    volatile sig_atomic_t pending;
    struct sigaction before[NSIG];
};

// Only one Swift file may use this, so that there is only one. It is inside a function because Swift does not import
// static variables outside of functions.
static inline struct stretchd_crash *stretchd_crash(void) {
    static struct stretchd_crash crash;
    return &crash;
}

static inline void stretchd_crashed(int number) {
    struct stretchd_crash *crash = stretchd_crash();
    if (crash->pending) {
        crash->pending = 0;
        ssize_t written = write(crash->screen, crash->sequence, crash->length);
        (void)written;
        // If we are in the background, the settings belong to another program, and to change them would stop us.
        pid_t group = tcgetpgrp(crash->keyboard);
        if (group < 0 || group == getpgrp()) tcsetattr(crash->keyboard, TCSANOW, &crash->settings);
    }
    // Raises the signal again for the handler before ours. The signal is blocked until this function returns.
    sigaction(number, &crash->before[number], NULL);
    raise(number);
}

// From now on, a crash writes the sequence (at most 64 bytes) to the screen, and gives the keyboard's terminal these
// settings.
static inline void stretchd_restore_after_crash(int keyboard, const struct termios *settings, int screen,
                                                const char *sequence) {
    static const int crashes[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT};
    struct stretchd_crash *crash = stretchd_crash();
    crash->pending = 0;
    crash->keyboard = keyboard;
    crash->screen = screen;
    crash->settings = *settings;
    crash->length = strnlen(sequence, sizeof crash->sequence);
    memcpy(crash->sequence, sequence, crash->length);
    struct sigaction action = {.sa_handler = stretchd_crashed};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        struct sigaction before;
        sigaction(crashes[i], &action, &before);
        // A second call finds our own handler here. Then we keep the handler that was there before it.
        if (before.sa_handler != stretchd_crashed) crash->before[crashes[i]] = before;
    }
    crash->pending = 1;
}

// From now on, a crash leaves the terminal alone, because the terminal is as it was.
static inline void stretchd_forget_crash(void) { stretchd_crash()->pending = 0; }
