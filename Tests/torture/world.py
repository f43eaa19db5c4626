"""A home with a journal, and the memory of what was confirmed in it: for `rounds.py`."""
import contextlib, json, os, random, shutil, subprocess, tempfile, time
from datetime import datetime
from pathlib import Path

PATIENCE = 30  # seconds for what must happen, on a slow and busy machine too
OCCURRENCE_OPENS = "08:00"


class Failure(Exception):
    """A promise that was broken."""


def expect(fact, seen):
    if not fact:
        raise Failure(seen)


def wait_for(what, condition, limit=PATIENCE):
    """What the condition finds."""
    end = time.monotonic() + limit
    while True:
        late = time.monotonic() > end
        if found := condition():
            return found
        if late:
            raise Failure(f"waited {limit} s in vain for {what}")
        time.sleep(0.002)


def noon():
    """A time zone in which it is the hour after noon now; POSIX counts westwards."""
    hours = 12 - int(time.time()) // 3600 % 24
    return f"Etc/GMT{-hours:+d}"


class Journal:
    """Files as another program than ours reads them: the union of their records, and the lines that are none."""

    def __init__(self, directory):
        self.records, self.quarantined, self.unfinished = {}, set(), set()
        for file in sorted(directory.glob("[!.]*.jsonl")):
            lines = file.read_bytes().split(b"\n")
            if lines.pop():
                self.unfinished.add((str(file), len(lines) + 1))
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                record = Journal.record(line)
                if record:
                    self.records[record["id"]] = record
                else:
                    self.quarantined.add((str(file), number))

    @staticmethod
    def record(line):
        try:
            record = json.loads(line)
        except ValueError:
            return None
        whole = isinstance(record, dict) and all(record.get(member) for member in ("v", "id", "ts", "type"))
        return record if whole else None

    def notes(self):
        return {record["note"] for record in self.records.values() if "note" in record}

    def verdicts(self, occurrence_time):
        """The newest verdicts of what is due today: more than one only when they carry the same time."""
        found = [(datetime.fromisoformat(record["ts"]), record["type"]) for record in self.answers(occurrence_time)]
        newest = max((ts for ts, _ in found), default=None)
        return {type for ts, type in found if ts == newest}

    def answers(self, occurrence_time):
        taken_back = {id for record in self.records.values() if record["type"] == "undo" for id in record["ref"]}
        return [record for record in self.records.values() if record["type"] in ("done", "skip")
                and record.get("occ", "").endswith(occurrence_time) and record["id"] not in taken_back]


class World:
    """One person's files, with the real program. What it is asked to record carries a note of its own."""

    def __init__(self, program, tally, random):
        self.program, self.tally, self.random = program, tally, random
        self.place = Path(tempfile.mkdtemp(prefix="stretchd-torture-"))
        self.journal = self.place / "data/stretchd/journal"
        self.mounts = []
        self.confirmed, self.refused, self.buttons, self.count = {}, {}, set(), 0
        for directory in ("config/stretchd", "run", "data/stretchd"):
            (self.place / directory).mkdir(parents=True)
        (self.place / "config/stretchd/config.toml").write_text(
            f'presence.settle = "0s"\n[[routine]]\nid = "morning"\ntitle = "Morning"\n'
            f'schedule = "{OCCURRENCE_OPENS}"\nwindow = "12h"\nsteps = ["pelvic-tilt"]\n')
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.place), "TZ": noon(), "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": str(self.place / "config"), "XDG_DATA_HOME": str(self.place / "data"),
            "XDG_RUNTIME_DIR": str(self.place / "run"),
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.place}/no-system-bus",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.place}/no-session-bus",
        }
        self.start = time.monotonic()

    def close(self):
        for mount in reversed(self.mounts):
            subprocess.run(["umount", "--lazy", mount], check=True)
        shutil.rmtree(self.place)

    # The file systems

    def mount(self, *arguments, at=None):
        at = at or self.journal
        at.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", *arguments, at], check=True)
        self.mounts.append(at)
        at.chmod(0o700)

    def remount(self, mode):
        """False when somebody is writing just now."""
        command = ["mount", "-o", f"remount,{mode}", self.journal]
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0

    def fill(self):
        """Not a byte is left; gives the file to remove."""
        ballast = self.journal / "ballast"
        with contextlib.suppress(OSError), open(ballast, "wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        return ballast

    @property
    def own(self):
        """This machine's file; its name is the same in each home."""
        if World.name is None:
            other = World(self.program, {}, random.Random(0))
            other.run("done")
            World.name = next(other.journal.glob("*.jsonl")).name
            other.close()
        return self.journal / World.name

    name = None

    # The command line

    def launch(self, *arguments, under=()):
        return subprocess.Popen(
            [*under, self.program, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self, process, killed=()):
        """How it ended and what it said; an end that is nobody's intent is a crash."""
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure(f"hangs: {process.args}")
        code = process.returncode
        crashed = code < 0 and code != -9 or code > 128
        expect(not crashed, f"crashed with {code}: {process.args}: {err}")
        self.count_up("commands")
        return code, out, err

    def run(self, *arguments, under=()):
        return self.finish(self.launch(*arguments, under=under))

    def answer(self, under=(), length=0):
        """Begins a command that records something; `learn` takes its end."""
        note = f"note-{self.count}" + "x" * length
        self.count += 1
        process = self.launch(self.random.choice(["done", "skip"]), "--note", note, under=under)
        process.note = note
        return process

    def learn(self, process, sabotaged=False):
        """What a command confirmed must be there for ever, what it refused must not.

        `sabotaged`: it could not take back what it had written; or the note may be there for another reason.
        """
        code, out, err = self.finish(process)
        if code == 0:
            expect(out.strip(), f"confirmed without a word: {process.args}")
            self.confirmed[process.note] = process.args
            self.count_up("confirmed")
        elif code == -9:
            self.count_up("killed")
        else:
            expect(err.strip(), f"refused with {code} without a word: {process.args}")
            self.count_up("refused")
            if not sabotaged:
                self.refused[process.note] = f"{code}, {err.strip()}"
        return code

    def count_up(self, what):
        self.tally[what] = self.tally.get(what, 0) + 1

    # What must be so

    def check(self):
        """What was confirmed is there, what was refused is not, and the program's readers say just what there is."""
        journal = Journal(self.journal)
        notes = journal.notes()
        for note, command in self.confirmed.items():
            expect(note in notes, f"lost: {note[:20]}, confirmed by {command}")
        expect(self.buttons <= journal.records.keys(), f"lost: buttons {self.buttons - journal.records.keys()}")
        for note, answer in self.refused.items():
            expect(note not in notes, f"there, but refused: {note[:20]}: {answer}")
        code, out, err = self.run("status", "--json")
        expect(code == 0, f"status: {code}, {err}")
        status = json.loads(out)
        seen = (status["journal"]["records"], status["journal"]["quarantined"])
        there = (len(journal.records), len(journal.quarantined))
        expect(seen == there, f"status counts records and quarantined lines {seen}, there are {there}")
        verdicts = {"done": "done", "skip": "skipped"}
        today = {verdicts[verdict] for verdict in journal.verdicts(f"T{OCCURRENCE_OPENS}")} or {"pending"}
        expect(status["routines"][0]["today"] in today, f"status says {status['routines'][0]['today']}, not {today}")
        code, out, err = self.run("journal", "verify", "--json")
        expect(code == (65 if journal.quarantined else 0), f"verify: {code}, {out} {err}")
        verdict = json.loads(out)
        found = {(finding["file"], finding["line"]) for finding in verdict["findings"]}
        expect(found == journal.quarantined, f"verify finds {found}, there is {journal.quarantined}")
        expect(all(finding["reason"] for finding in verdict["findings"]), f"no reason: {out}")
        found = {(finding["file"], finding["line"]) for finding in verdict["unfinished"]}
        expect(found == journal.unfinished, f"verify finds {found} unfinished, there is {journal.unfinished}")
        self.count_up("checks")
        return journal

    def goes_on(self):
        """Whatever happened: the next answer is taken, and nothing is in progress any more."""
        process = self.answer()
        code = self.learn(process)
        expect(code == 0, f"the next answer is refused: {code}")
        journal = self.check()
        expect(process.note in journal.notes() and not journal.unfinished, "the next answer is not whole")
        return journal
