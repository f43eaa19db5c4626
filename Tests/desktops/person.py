"""Somebody who uses stretchd on a `Desktop`, and what they see of it: for `run`."""
import json, os, shutil, signal, subprocess, time
from datetime import datetime, timedelta

from desktop import REPOSITORY, end
from screen import CORNER, PATIENCE, expect, wait_for

SHORT = '[[routine.steps]]\nstretch = "glute-bridge"\nhold = "8s"\nrepeats = 1'
USUAL = 'steps = ["pelvic-tilt", "half-kneeling-hip-flexor", "glute-bridge"]'


class Person:
    """They have one routine, which is due since ten minutes."""

    def __init__(self, desktop, program):
        self.desktop, self.screen = desktop, desktop.screen
        self.daemon = None
        self.routine = ""
        self.has_been_warned = False
        install = subprocess.run(
            ["make", "--old-file=release", "--old-file=manual", "install", f"DESTDIR={desktop.place}", "PREFIX=/usr"],
            cwd=REPOSITORY, capture_output=True, text=True)
        expect(install.returncode == 0, f"make install failed: {install.stderr.strip()}")
        self.log = desktop.place / "stretchd.log"
        self.program = desktop.place / "usr/bin/stretchd"
        shutil.copy(program, self.program)

    # Their stretchd

    def plan(self, routine, steps=SHORT, **prompt):
        """A new routine, and nothing else is due; a daemon that has just been started asks for it."""
        self.stop()
        self.screen.point(*CORNER)
        wait_for("an empty screen", lambda: not self.screen.changed())
        self.routine = routine
        due = datetime.now(self.desktop.zone) - timedelta(minutes=10)
        file = self.desktop.place / "home/.config/stretchd/config.toml"
        file.parent.mkdir(exist_ok=True)
        settings = "".join(f'{key} = "{value}"\n' for key, value in prompt.items())
        file.write_text(
            f'[presence]\nsettle = "0"\n[guide]\nsound = false\n[prompt]\n{settings}'
            f'[[routine]]\nid = "{routine}"\ntitle = "Morning stretch"\nschedule = "{due:%H:%M}"\nwindow = "8h"\n'
            f"{steps}\n")
        self.start()

    def start(self):
        self.daemon = self.desktop.spawn(str(self.program), "run", log=self.log)

    def stop(self):
        if self.daemon:
            end(self.daemon.pid, 10)
            self.daemon = None

    def kill(self):
        os.kill(self.daemon.pid, signal.SIGKILL)
        self.daemon.wait()

    def stretchd(self, *arguments):
        return self.desktop.run(str(self.program), *arguments)

    def records(self, *types):
        """Of the routine, in the order in which they were written."""
        journal = self.desktop.place / "home/.local/share/stretchd/journal"
        lines = [line for file in journal.glob("*.jsonl") for line in file.read_text().splitlines()]
        records = [json.loads(line) for line in lines if line.endswith("}")]
        return [
            record["type"] for record in records
            if record["type"] in types and str(record.get("occ", "")).startswith(f"{self.routine}@")]

    def verdicts(self):
        return self.records("done", "skip", "snooze")

    def due(self):
        """What `stretchd status` says of what is due; None: nothing is."""
        routines = json.loads(self.stretchd("status", "--json"))["routines"]
        return next((routine["due"] for routine in routines if routine["due"]), None)

    # What they see and do

    def has_recorded(self, *types, times=1, limit=PATIENCE):
        wait_for(f"`{', '.join(types)}` in the journal", lambda: len(self.records(*types)) >= times, limit)

    def is_asked(self, times=1, limit=PATIENCE):
        """The prompt is on the screen, and can be read."""
        self.has_recorded("prompted", times=times, limit=limit)
        wait_for("the title of the prompt", lambda: self.screen.find("Morning"))

    def reads(self, *words):
        """All these words are on the screen; where the server hides some they point at what they see."""
        closest = (words, "nothing")

        def read():
            nonlocal closest
            self.desktop.reveal()
            seen = self.screen.words()
            said = " ".join(word.text for word in seen)
            missing = [text for text in words if not any(word.says(text) for word in seen)]
            if len(missing) < len(closest[0]):
                closest = (missing, said)
            expect(not missing, f"best was `{closest[1]}`, without {', '.join(closest[0])}")
            return said

        return wait_for(f"the words {', '.join(words)}", read)

    def presses(self, label, button=1):
        self.reads(label)
        word = wait_for(label, lambda: self.screen.find(label))
        self.screen.click(word.x, word.y, button)

    def clicks(self, word):
        """On the notification itself, where this word of it is."""
        self.presses(word, self.desktop.click or 1)

    def waits(self):
        """Longer than the server shows what is not critical, and does not point at it."""
        if self.desktop.stays:
            self.screen.point(*CORNER)
            time.sleep(self.desktop.stays + 2)

    def sees_nothing(self):
        wait_for("the notification to go", lambda: not self.screen.changed())

    def answers(self, with_button):
        if with_button:
            self.presses("Done")
        else:
            self.stretchd("done")
        self.has_recorded("done")
        self.sees_nothing()

    def goes_on(self, label):
        """To the next page of the guide, by the button with this label."""
        if self.desktop.draws_buttons:
            self.presses(label)
        else:
            self.stretchd("guide", "--next")

    def stops(self):
        """Leaves the guide before anything was done, so for later."""
        if self.desktop.draws_buttons and not self.desktop.counts:
            self.presses("Stop")
        else:
            self.stretchd("guide", "--stop")
        self.has_recorded("snooze")
        self.sees_nothing()
