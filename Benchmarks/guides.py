"""What a guide costs and how well it keeps time: for `run`."""
import json, os, pty, re, signal, subprocess, threading, time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

HOLD = 120  # seconds, of the hold that is watched
WATCHED = 20  # of it
LENGTH = 360  # seconds, of the guide whose time is kept

# Getting ready takes 10 s, a stretch 20 s more than its holds and what lies between them.
SETTINGS = f"""
guide.pain = "never"
guide.sound = false
[[stretch]]
id = "watched"
title = "Watched"
movement = "Hold."
hold = "{HOLD}s"
[[stretch]]
id = "timed"
title = "Timed"
movement = "Hold."
sides = "both"
hold = "31s"
repeats = 4
rest = "{(LENGTH - 10 - 20 - 8 * 31 - 4 * 10) // 3}s"
"""


def settings(stretch, due):
    """One routine of one stretch, due at a time of the day."""
    return (f'day_start = "00:00"\npresence.settle = "0s"\n{SETTINGS}\n[[routine]]\nid = "morning"\ntitle = "Morning"\n'
            f'schedule = "{due:%H:%M:%S}"\nwindow = "1h"\nsteps = ["{stretch}"]\n')


class Screen:
    """A notification server, and whoever presses its buttons."""

    def __init__(self, process, log):
        self.process, self.log = process, log

    def notifications(self):
        return re.findall(r"^notify (\d+) .*? title=(.*?) body=", self.log.read_text(), re.M)

    def press(self, button):
        number, _ = self.notifications()[-1]
        seen = len(self.notifications())
        self.process.stdin.write(f"press {number} {button}\n".encode())
        self.process.stdin.flush()
        deadline = time.monotonic() + 10
        while len(self.notifications()) == seen:
            if time.monotonic() > deadline:
                raise SystemExit(f"bench: {button} changed nothing; the server has seen {self.notifications()}")
            time.sleep(0.01)


def keep_time_in_lines(program, environment):
    """A guide of `LENGTH` in lines; what it says when it is asked, later: how late its last line was, in seconds."""
    process = subprocess.Popen(
        [program, "guide", "--plain"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    times = []

    def read():
        for line in process.stdout:
            times.append((time.monotonic(), line))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()

    def lateness():
        reader.join(LENGTH + 60)
        process.wait(5)
        begin = next(at for at, line in times if "Get ready" in line)
        # The last one says that it is recorded.
        end, last = times[-1]
        if not last.startswith("done"):
            raise SystemExit(f"bench: the guide ended with {last!r}")
        return end - begin - LENGTH

    return process, lateness


def lateness_on_the_screen(environment):
    """From its records: how late a guide of `LENGTH` came to `done`, in seconds; nil as long as it has not."""
    directory = Path(environment["XDG_DATA_HOME"], "stretchd/journal")
    # The daemon's own file: the others hold what was before.
    files = [file for file in directory.glob("*.jsonl") if file.stem not in ["0a1b2c3d", "old"]]
    records = [json.loads(line) for file in files for line in file.open()]
    at = {record["type"]: datetime.fromisoformat(record["ts"]) for record in records}
    if "done" not in at:
        return None
    return (at["done"] - at["started"]).total_seconds() - LENGTH


@contextmanager
def in_terminal(command, environment):
    """A program on a terminal of its own, 80 by 24, that somebody reads; with what writes to it."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment | {"TERM": "xterm", "LINES": "24", "COLUMNS": "80"})
    def drain():
        while True:
            try:
                if not os.read(terminal, 65536):
                    return
            except OSError:
                return

    threading.Thread(target=drain, daemon=True).start()
    process = type("Process", (), {"pid": child})
    try:
        yield process, lambda keys: os.write(terminal, keys.encode())
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        os.close(terminal)
