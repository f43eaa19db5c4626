# stretchd. `make help` lists what there is.

PREFIX ?= $(HOME)/.local
# Where systemd looks for units of users, for each of the prefixes ~/.local, /usr/local and /usr.
UNITDIR ?= $(PREFIX)/share/systemd/user
DOCDIR ?= $(PREFIX)/share/doc/stretchd
# Where man(1) looks when $(PREFIX)/bin is in PATH.
MANDIR ?= $(PREFIX)/share/man
# Beside bin; in .build as well, so that a program that was only built finds its pictures the same way.
PICTUREDIR = $(PREFIX)/share/stretchd/pictures
PICTURES = $(notdir $(basename $(wildcard pictures/*.svg)))
# A picture of a stretch with sides shows the left one; its mirror image is that of the right one.
SIDED = $(notdir $(basename $(shell grep -l '^sides = "both"' Sources/StretchCore/Config/Stretches/*.toml)))
MIRRORED = $(SIDED:%=%-right)
MIRROR = -e 's|<svg [^>]*>|&<g transform="translate(256) scale(-1 1)">|' -e 's|</svg>|</g></svg>|'
RENDERED = .build/share/stretchd/pictures
# Where desktops look for what tells them the program's name and icon.
APPLICATIONDIR = $(PREFIX)/share/applications
ICONDIR = $(PREFIX)/share/icons/hicolor
APPLICATION = org.stretchd.Stretchd
# Where the three shells look for what completes a command line.
BASHCOMPLETION = $(PREFIX)/share/bash-completion/completions/stretchd
ZSHCOMPLETION = $(PREFIX)/share/zsh/site-functions/_stretchd
FISHCOMPLETION = $(PREFIX)/share/fish/vendor_completions.d/stretchd.fish
# Who makes a package wants to see each command; a person wants to see what comes after them.
Q = $(if $(DESTDIR),,@)
# Below PREFIX; uninstall removes those that are empty then.
DIRECTORIES = bin share/applications share/icons/hicolor/scalable/apps share/icons/hicolor/symbolic/apps share/doc \
	share/man/man1 share/man/man5 share/systemd/user share/stretchd \
	share/bash-completion/completions share/zsh/site-functions share/fish/vendor_completions.d
MANUAL = $(notdir $(basename $(wildcard docs/*.scd)))

PROGRAM = .build/release/stretchd

SWIFT_FLAGS = --explicit-target-dependency-import-check error
RELEASE_FLAGS = $(SWIFT_FLAGS) -c release --static-swift-stdlib --product stretchd
# Warnings are errors for those who change the code only; a directory of its own saves building all anew.
STRICT_FLAGS = $(SWIFT_FLAGS) -Xswiftc -warnings-as-errors --scratch-path .build/strict

# `make check` has the strict ones.
TEST_FLAGS = $(SWIFT_FLAGS)

# What computes runs first and by itself: beside it, tests that wait for a kernel or a server would starve.
COMPUTING = StretchCoreTests|StretchCommandsTests
# The others start daemons, buses and screens: more at once are slower, and use up the inotify instances of one user.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = 8

# How long `make torture` lasts.
MINUTES ?= 5

build: setup ## build for development
	scripts/build $(SWIFT_FLAGS)

release: setup pictures ## build what is installed
	@[ -e $(PROGRAM) ] || echo "Building stretchd. The first time takes some minutes; then the prompt or the installation follows."
	scripts/build $(RELEASE_FLAGS)

run: release ## try it: a prompt right away, your own settings and journal untouched
	@scripts/trial .build/release/stretchd

test: setup-test ## run all tests
	swift test $(TEST_FLAGS) --filter '$(COMPUTING)'
	swift test $(TEST_FLAGS) --skip-build --skip '$(COMPUTING)'

check: setup-test ## all that must hold before a change is merged: format, layout, unit, installation, warnings, tests
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build $(STRICT_FLAGS) --build-tests
	scripts/check-layout .build/strict
	scripts/check-unit .build/strict/debug/stretchd
	scripts/check-install .build/strict/debug/stretchd
	TZ=Pacific/Apia swift test $(STRICT_FLAGS) --skip-build --filter 'StretchSystemTests|StretchFilesTests|StretchDaemonTests'
	@$(MAKE) --no-print-directory test TEST_FLAGS='$(STRICT_FLAGS)'

test-system: release setup-system ## prove it on a booted system: a container, as root
	Tests/system/run

test-desktops: release setup-desktops manual ## prove it on real desktops, without looking: GNOME, Plasma and others
	Tests/desktops/run

test-vm: setup-vm ## set clocks, sleep and travel in a virtual machine: by hand, takes minutes
	Tests/vm/image .build/vm
	@$(MAKE) --no-print-directory install DESTDIR="$(CURDIR)/.build/vm/installed" PREFIX=/usr/local
	tar -C .build/vm/installed --owner=root --group=root -cf .build/vm/installed.tar usr
	Tests/vm/diary .build/vm

torture: setup-test ## hurt it while it writes, for MINUTES (5), and then each parser with made-up input
	swift build $(SWIFT_FLAGS) --build-tests
	Tests/torture/run --minutes $(MINUTES)
	scripts/fuzz $(MINUTES)

format: ## put the source in its form
	swift format --in-place --recursive Package.swift Sources Tests

bench: release setup-test ## measure: wake-ups, memory, latency, command line
	Benchmarks/run

manual: ## set the manual pages, in .build/man
	@mkdir -p .build/man
	@if ! command -v scdoc >/dev/null; then echo "No manual pages: scdoc is not installed."; exit; fi; \
	for page in $(MANUAL); do scdoc < docs/$$page.scd > .build/man/$$page || exit; done

pictures: setup ## render the pictures of the stretches, in .build/share
	@mkdir -p $(RENDERED)
	@if ! command -v rsvg-convert >/dev/null; then echo "No pictures: rsvg-convert is not installed."; exit; fi; \
	for name in $(PICTURES) $(MIRRORED); do \
	    svg=pictures/$${name%-right}.svg; \
	    [ $(RENDERED)/$$name.png -nt $$svg ] && continue; \
	    case $$name in *-right) sed $(MIRROR) $$svg;; *) cat $$svg;; esac | \
	        rsvg-convert -w 256 -h 256 -o $(RENDERED)/$$name.new && \
	        mv $(RENDERED)/$$name.new $(RENDERED)/$$name.png || exit; done

install: release manual ## install to PREFIX (~/.local) and start the service
	@[ -n "$(DESTDIR)" ] || echo "Installing to $(PREFIX)."
	$(Q)install -D -s -m 755 "$(PROGRAM)" "$(DESTDIR)$(PREFIX)/bin/stretchd"
	$(Q)install -d "$(DESTDIR)$(UNITDIR)"
	$(Q)sed 's|/usr/bin/|$(PREFIX)/bin/|' systemd/stretchd.service > "$(DESTDIR)$(UNITDIR)/stretchd.service"
	$(Q)chmod 644 "$(DESTDIR)$(UNITDIR)/stretchd.service"
	$(Q)install -D -m 644 desktop/$(APPLICATION).desktop "$(DESTDIR)$(APPLICATIONDIR)/$(APPLICATION).desktop"
	$(Q)install -D -m 644 desktop/$(APPLICATION).svg "$(DESTDIR)$(ICONDIR)/scalable/apps/$(APPLICATION).svg"
	$(Q)install -D -m 644 desktop/$(APPLICATION)-symbolic.svg \
	    "$(DESTDIR)$(ICONDIR)/symbolic/apps/$(APPLICATION)-symbolic.svg"
	$(Q)install -D -m 644 completions/stretchd.bash "$(DESTDIR)$(BASHCOMPLETION)"
	$(Q)install -D -m 644 completions/_stretchd "$(DESTDIR)$(ZSHCOMPLETION)"
	$(Q)install -D -m 644 completions/stretchd.fish "$(DESTDIR)$(FISHCOMPLETION)"
	$(Q)install -D -m 644 config.toml.example "$(DESTDIR)$(DOCDIR)/config.toml.example"
	$(Q)install -m 644 LICENSE "$(DESTDIR)$(DOCDIR)/LICENSE"
	$(Q)sed 's|/usr/bin/|$(PREFIX)/bin/|' desktop/stretchd-autostart.desktop > "$(DESTDIR)$(DOCDIR)/stretchd-autostart.desktop"
	$(Q)chmod 644 "$(DESTDIR)$(DOCDIR)/stretchd-autostart.desktop"
	$(Q)install -d "$(DESTDIR)$(DOCDIR)/licences"
	$(Q)install -m 644 docs/licences/* "$(DESTDIR)$(DOCDIR)/licences"
	@for page in $(MANUAL); do [ ! -e .build/man/$$page ] || \
	    install -D -m 644 .build/man/$$page "$(DESTDIR)$(MANDIR)/man$${page##*.}/$$page" || exit; done
	@for id in $(PICTURES) $(MIRRORED); do [ ! -e $(RENDERED)/$$id.png ] || \
	    install -D -m 644 $(RENDERED)/$$id.png "$(DESTDIR)$(PICTUREDIR)/$$id.png" || exit; done
	@[ -n "$(DESTDIR)" ] || scripts/refresh-icons "$(ICONDIR)"
	@[ -n "$(DESTDIR)" ] || scripts/service start "$(UNITDIR)/stretchd.service" "$(DOCDIR)/stretchd-autostart.desktop"
	@[ -n "$(DESTDIR)" ] || scripts/next-steps "$(PREFIX)/bin"

uninstall: ## stop the service and remove what install put there; with PURGE=1 settings and journal, too, after a question
	@[ -n "$(DESTDIR)" ] || scripts/service stop
	$(Q)rm -f "$(DESTDIR)$(PREFIX)/bin/stretchd" "$(DESTDIR)$(UNITDIR)/stretchd.service"
	$(Q)rm -f "$(DESTDIR)$(BASHCOMPLETION)" "$(DESTDIR)$(ZSHCOMPLETION)" "$(DESTDIR)$(FISHCOMPLETION)"
	$(Q)rm -f $(foreach page,$(MANUAL),"$(DESTDIR)$(MANDIR)/man$(subst .,,$(suffix $(page)))/$(page)")
	$(Q)rm -f "$(DESTDIR)$(APPLICATIONDIR)/$(APPLICATION).desktop" \
	    "$(DESTDIR)$(ICONDIR)/scalable/apps/$(APPLICATION).svg" \
	    "$(DESTDIR)$(ICONDIR)/symbolic/apps/$(APPLICATION)-symbolic.svg"
	@[ -n "$(DESTDIR)" ] || scripts/refresh-icons "$(ICONDIR)"
	$(Q)rm -rf "$(DESTDIR)$(DOCDIR)" "$(DESTDIR)$(PICTUREDIR)"
	@# With the default PREFIX the journal is in share/stretchd, and stays.
	@if cd "$(DESTDIR)$(PREFIX)"; then rmdir -p --ignore-fail-on-non-empty $(DIRECTORIES) 2>/dev/null || true; fi
	@[ -n "$(DESTDIR)" ] || scripts/service forget
	@[ -n "$(DESTDIR)" ] || echo "stretchd is removed from $(PREFIX)."
	@[ -n "$(DESTDIR)" ] || scripts/left-behind $(if $(PURGE),--purge)

clean: ## remove what was built
	rm -rf .build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

setup-system:
	@scripts/setup system

setup-desktops:
	@scripts/setup desktops

setup-vm:
	@scripts/setup vm

.PHONY: build release run test check test-system test-desktops test-vm torture format bench manual pictures install uninstall clean help \
	setup setup-test setup-system setup-desktops setup-vm
