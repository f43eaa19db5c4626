"""Journals of decades: for `run`."""
import json, os, subprocess, time
from datetime import datetime, timedelta

# What people have after ten years of five prompts a day.
TEN_YEARS = 20_000
SIZES = [1_000, TEN_YEARS, 100_000]
# How `status` may compare with jq.
LIMITS = {1_000: None, TEN_YEARS: 1 / 4, 100_000: 1 / 3}
# Five times a day, each prompted and answered: a hundred thousand records are 27 years.
ROUTINES = {"morning": "07:30", "desk": "10:30", "lunch": "12:30", "evening": "18:30", "night": "21:30"}
DONE_DAYS = '[inputs | select(.type == "done") | .day] | unique'
NAME = "0c1d2e3f.jsonl"
REACTIONS = 7


def settings():
    return "".join(f'[[routine]]\nid = "{name}"\ntitle = "{name}"\nschedule = "{clock}"\n' for name, clock in ROUTINES.items())


def write(file, count, stamp, record_id):
    """So many records up to yesterday; every ninth answer is a skip."""
    days = count // (2 * len(ROUTINES))
    with open(file, "w") as output:
        for ago in range(days, 0, -1):
            day = datetime.now() - timedelta(days=ago)
            for number, (name, clock) in enumerate(ROUTINES.items()):
                opened = day.replace(hour=int(clock[:2]), minute=int(clock[3:]), second=0, microsecond=412_000)
                occurrence = {"occ": f"{name}@{opened:%Y-%m-%dT%H:%M}", "day": f"{opened:%Y-%m-%d}"}
                answered = opened + timedelta(minutes=3)
                verdict = "skip" if ago % 9 == number else "done"
                for at, kind, members in [
                        (opened, "prompted", {"closes": stamp(opened + timedelta(hours=2))}),
                        (answered, verdict, {"via": "notification"})]:
                    record = {"v": 1, "id": record_id(at), "ts": stamp(at), "type": kind, **occurrence, **members}
                    output.write(json.dumps(record, separators=(",", ":")) + "\n")


def peak(command, environment):
    """The most memory that a command had, in bytes."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"bench: {' '.join(command)} failed ({status})")
    return usage.ru_maxrss * 1024


def add(file, line):
    """One record more, as a program writes it; when, in seconds since 1970."""
    with open(file, "ab", buffering=0) as output:
        before = time.time()
        output.write(line.encode())
    return before
