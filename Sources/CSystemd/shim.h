// libsystemd, and the kernel interfaces that Swift's Glibc module lacks.
#pragma once
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
