"""Somebody who uses stretchd on a `Machine`, and what they see of it: for `run`."""
import json, math, re, time
from datetime import datetime, timedelta

from machine import Failure, expect, wait_for

SETTLE = 3  # seconds, in the configuration


class TooSlow(Exception):
    """The due time passed before the preparations were complete."""


class Occurrence:
    """A planned time: what is due, and when."""

    def __init__(self, routine, at, noon):
        self.at = at
        self.time = f"{noon.civil(at):%Y-%m-%d %H:%M:%S}"
        self.id = f"{routine}@{self.time.replace(' ', 'T').removesuffix(':00')}"

    def is_still_to_come(self):
        if time.time() > self.at - 0.5:
            raise TooSlow


class Person:
    """Somebody who uses stretchd, and what they see of it."""

    def __init__(self, machine, name):
        self.machine, self.name = machine, name
        self.lead = 3  # seconds from a plan to its due time
        self.home = machine.files / "home" / name
        self.uid = machine.root("id", "-u", name)

    def run(self, *command, **variables):
        return self.machine.user(self.name, *command, **variables)

    def is_refused(self, *command):
        """What a command says that must fail."""
        try:
            said = self.run(*command)
        except Failure as failure:
            return str(failure)
        raise Failure(f"`{' '.join(command)}` succeeded: {said}")

    def systemctl(self, *arguments):
        return self.run("systemctl", "--user", *arguments)

    # Their session

    def log_in(self):
        self.machine.root(
            "systemd-run", "--quiet", "--collect", "--unit=desktop", f"--property=User={self.name}",
            "--property=PAMName=desktop", f"/home/{self.name}/stretchd/Tests/system/desktop")
        wait_for("the session", self.session)
        wait_for("dunst", lambda: self.run("busctl", "--user", "status", "org.freedesktop.Notifications"))

    def log_out(self):
        self.machine.root("loginctl", "terminate-session", self.session())
        wait_for("the end of the session", lambda: not self.session())
        ended = lambda: self.machine.root("systemctl", "show", "-p", "LoadState", "--value", "desktop") == "not-found"
        wait_for("the end of the desktop", ended)

    def session(self):
        return self.machine.root("loginctl", "show-user", "--property=Sessions", "--value", self.name)

    def lock(self):
        return self._hint("Locked", True)

    def unlock(self):
        return self._hint("Locked", False)

    def become_idle(self):
        return self._hint("Idle", True)

    def come_back(self):
        return self._hint("Idle", False)

    def _hint(self, name, value):
        """As a screen locker does it; when it began."""
        began = time.time()
        logind = "org.freedesktop.login1"
        path = self.run(
            "busctl", "call", logind, "/org/freedesktop/login1", f"{logind}.Manager", "GetSession", "s", self.session())
        path = path.split('"')[1]
        self.run("busctl", "call", logind, path, f"{logind}.Session", f"Set{name}Hint", "b", str(value).lower())
        return began

    def suspend(self):
        """Until `resume`, as logind does it; only the clocks go on."""
        (self.machine.files / "run/asleep").touch()
        self.machine.root("systemctl", "suspend")
        wait_for("PrepareForSleep", self.is_asleep)

    def resume(self):
        began = time.time()
        (self.machine.files / "run/asleep").unlink(missing_ok=True)
        wait_for("the end of the sleep", lambda: not self.is_asleep())
        return began

    def is_asleep(self):
        logind = "org.freedesktop.login1"
        said = self.run(
            "busctl", "get-property", logind, "/org/freedesktop/login1", f"{logind}.Manager", "PreparingForSleep")
        return said == "b true"

    def at_the_desk(self):
        """There, logged in, and nothing special: how each check begins."""
        self.resume()
        if not self.session():
            self.log_in()
        self.unlock()
        self.come_back()

    # Their stretchd

    def plan(self, routine, stretches=(), **service):
        """A routine that is due soon, and a daemon that has just been started; `service`: overrides of the unit.

        `stretches`: what it leads through, each held for a second.
        """
        self.systemctl("stop", "stretchd")
        drop_in = self.home / ".config/systemd/user/stretchd.service.d"
        drop_in.mkdir(parents=True, exist_ok=True)
        settings = [f"{key}={value}\n" for key, value in service.items()]
        (drop_in / "test.conf").write_text("[Service]\n" + "".join(settings))
        occurrence = Occurrence(routine, math.ceil(time.time()) + self.lead, self.machine.noon)
        self.configure(routine, occurrence.time, stretches=stretches)
        self.run("dunstctl", "close-all")
        wait_for("an empty screen", lambda: self.screen()["displayed"] == 0)
        self.cleared = self.screen()["history"]
        self.systemctl("daemon-reload")
        self.systemctl("start", "stretchd")
        return occurrence

    def configure(self, routine, *times, stretches=()):
        """Due at these times, and tomorrow noon."""
        tomorrow = self.tomorrow()
        schedule = json.dumps([*times, f"{tomorrow:%Y-%m-%d} 12:00"])
        self.write_configuration(
            f'presence.settle = "{SETTLE}s"\n[[routine]]\nid = "{routine}"\ntitle = "{routine.capitalize()}"\n'
            f'schedule = {schedule}\nwindow = "12h"\nsteps = {json.dumps(list(stretches))}\n' + "".join(
                f'[[stretch]]\nid = "{id}"\ntitle = "{id}"\nmovement = "Hold."\nhold = "1s"\n' for id in stretches))

    def tomorrow(self):
        return self.machine.noon.civil(time.time()) + timedelta(days=1)

    def write_configuration(self, text):
        file = self.home / ".config/stretchd/config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def unit(self, name):
        return self.systemctl("show", "--value", f"--property={name}", "stretchd")

    def log(self, since=0):
        """The lines of the journald log of the unit and its manager."""
        units = ["_SYSTEMD_USER_UNIT=stretchd.service", "+", "USER_UNIT=stretchd.service"]
        return self.machine.root(
            "journalctl", "--quiet", "--output=short-precise", f"--since=@{since:.3f}", *units).splitlines()

    def process(self):
        return self.machine.files / "proc" / self.unit("MainPID")

    def due(self, occurrence):
        """What `stretchd status` says of an occurrence that is due."""
        due = [routine["due"] for routine in json.loads(self.run("stretchd", "status", "--json"))["routines"]]
        return next((item for item in due if item and item["occ"] == occurrence.id), None)

    def records(self, type, occurrence):
        """When such records were written."""
        lines = [line for file in self.home.glob(".local/share/stretchd/journal/*.jsonl") for line in file.open()]
        records = [json.loads(line) for line in lines]
        return [
            datetime.fromisoformat(record["ts"]).timestamp() for record in records
            if record["type"] == type and record.get("occ") == occurrence.id]

    # Their screen

    def screen(self):
        """How many notifications dunst has, by where; without a session there is no dunst."""
        if not self.session():
            return {"displayed": 0, "waiting": 0, "history": 0}
        return {place: int(self.run("dunstctl", "count", place)) for place in ["displayed", "waiting", "history"]}

    def notifications(self):
        """How many there have been on the screen since the plan, gone or not."""
        screen = self.screen()
        return screen["displayed"] + screen["waiting"] + screen["history"] - self.cleared

    def press(self, button):
        (self.home / "pick").write_text(f"\\[.*,?{button}\\]\n")
        self.run("dunstctl", "context")

    def press_until(self, what, button, condition):
        """Presses a button that may still have to appear, until something holds."""
        def attempt():
            self.press(button)
            # dunst opens no second menu before it has closed the first.
            time.sleep(0.4)
            return condition()

        wait_for(what, attempt)

    def inhibitors(self):
        """What stretchd keeps logind from."""
        lines = self.machine.root("systemd-inhibit", "--list", "--no-legend", "--no-pager").splitlines()
        return [line for line in lines if line.startswith("stretchd ")]

    # What the checks have in common

    def is_held(self, occurrence, reason):
        """It is due and not asked, for this reason; what status says."""
        def noticed():
            due = self.due(occurrence)
            told = due and (due["state"] == "prompted" or re.search(" since |no notification", due["reason"] or ""))
            return due if told else None

        occurrence.is_still_to_come()
        due = wait_for(f"{occurrence.id} to be due", noticed)
        expect(due["state"] == "waiting" and due["reason"].startswith(f"{reason} since "),
               f"it is {due['state']} ({due['reason'] or 'no reason'}) instead of waiting ({reason} since ...)")
        said = self.run("stretchd", "status")
        expect(f"{reason} since " in said, f"status says: {said}")
        self.has_seen_nothing(occurrence)
        return due["reason"]

    def has_seen_nothing(self, occurrence):
        seen, recorded = self.notifications(), len(self.records("prompted", occurrence))
        expect(seen == recorded == 0, f"{seen} notifications on dunst, {recorded} × prompted in the journal")

    def is_asked_once(self, occurrence, after, settle=SETTLE, beside=0):
        """Exactly one prompt comes, beside so many notices, and not before the person has settled; how long it took."""
        prompted = wait_for(f"the prompt of {occurrence.id}", lambda: self.records("prompted", occurrence))
        wait_for("the prompt on dunst", lambda: self.screen()["displayed"] == 1 + beside)
        delay = prompted[0] - after
        # A record's time has milliseconds.
        expect(delay >= settle - 0.001, f"prompted {delay:.3f} s after, settle is {settle} s")
        seen = self.notifications() - beside
        expect(len(prompted) == seen == 1, f"{seen} notifications on dunst, {len(prompted)} × prompted in the journal")
        return f"1 prompt {delay:.1f} s after"
