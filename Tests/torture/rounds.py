"""The kinds of round: what is done to the program, and what must be so all the same. Each gets a world of its own."""
import contextlib, json, os, shutil, subprocess, threading, time
from pathlib import Path

from desk import Desk
from world import Journal, expect, wait_for

# What an append calls, and how often; see Sources/StretchFiles/JournalFile.swift.
APPEND = {"openat": 3, "flock": 2, "newfstatat": 4, "fstat": 4, "fsync": 1, "pread64": 3, "write": 1, "fdatasync": 1}
ERRORS = ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "ENOMEM", "EINTR"]


def strace(world, *injections, log="/dev/null", follow=False):
    """What goes before a command that something is done to; only its calls on the journal count."""
    calls = ",".join({injection.split(":")[0] for injection in injections})
    command = ["strace", "-qqq", "-o", str(log), "-e", f"trace={calls}", "-P", str(world.own), "-P", str(world.journal)]
    for injection in injections:
        command += ["-e", f"inject={injection}"]
    return command + (["--follow-forks"] if follow else [])


def is_open(file, below):
    """The only child of a process has the file open."""
    with contextlib.suppress(OSError, IndexError):
        child = open(f"/proc/{below.pid}/task/{below.pid}/children").read().split()[0]
        return any(os.readlink(link) == str(file) for link in Path(f"/proc/{child}/fd").iterdir())


def earlier(world):
    """What the journal holds already, sometimes: records, and lines that are none."""
    world.journal.mkdir(exist_ok=True)
    if world.random.random() < 0.3:
        return
    line = '{"v":1,"id":"%s-%d","ts":"2020-01-0%dT08:00:00Z","type":"done","routine":"morning"}\n'
    bad = ["not json\n", "\n", line[:40] + "\n", '{"v":1,"id":"1"}\n', "\0" * 20 + "\n"]
    for name in (world.own, world.journal / "other.jsonl"):
        with open(name, "w") as file:
            for number in range(world.random.randrange(40)):
                ours = world.random.random() < 0.9
                file.write(line % (name.stem, number, number % 7 + 1) if ours else world.random.choice(bad))


def kill(world):
    """Commands, up to four at once, are killed at any moment"""
    earlier(world)
    begin = time.monotonic()
    world.learn(world.answer())
    length = time.monotonic() - begin
    for _ in range(5):
        writers = [world.answer() for _ in range(world.random.randrange(1, 5))]
        for writer in writers:
            if world.random.random() < 0.7:
                time.sleep(world.random.uniform(0, length * 1.2 / len(writers)))
                writer.kill()
        for writer in writers:
            world.learn(writer)
    world.goes_on()


def kill_at_a_call(world):
    """A command is killed just before a call it makes: open, lock, write, fdatasync, unlock"""
    if world.random.random() < 0.5:
        earlier(world)
    for _ in range(4):
        call = world.random.choice([*APPEND, "mkdir"])
        when = world.random.randint(1, APPEND.get(call, 1))
        world.learn(world.answer(under=strace(world, f"{call}:signal=KILL:when={when}")))
        world.check()
    world.goes_on()


def refuse(world):
    """The kernel refuses a call of a command, or interrupts it, once or from then on"""
    if world.random.random() < 0.5:
        earlier(world)
    for _ in range(4):
        call = world.random.choice([*APPEND, "mkdir"])
        error = world.random.choice(ERRORS)
        when = str(world.random.randint(1, APPEND.get(call, 1)))
        if error != "EINTR" and world.random.random() < 0.5:
            when += "+"
        injections = [f"{call}:error={error}:when={when}"]
        # What was written and is not safe can then not be taken back either.
        sabotaged = world.random.random() < 0.1
        if sabotaged:
            injections += [f"{other}:error=EIO" for other in ("fdatasync", "ftruncate") if other != call]
        world.learn(world.answer(under=strace(world, *injections)), sabotaged)
        world.check()
    world.goes_on()


def again(world):
    """What a command could not make safe, or was killed over, is safe when the next one says `already done`"""
    log = world.place / "calls"
    trouble = world.random.choice(["fdatasync:error=EIO", "fdatasync:signal=KILL", "flock:signal=KILL:when=2"])
    code, _, _ = world.run("done", under=strace(world, trouble))
    expect(code != 0, f"done under {trouble}: {code}")
    code, out, err = world.run("done", under=strace(world, "fdatasync:delay_exit=1", log=log))
    expect(code == 0, f"done again: {code}, {err}")
    expect("= 0" in log.read_text(), f"{out.strip()!r} without an fdatasync, after {trouble}")
    expect("done" in Journal(world.journal).verdicts("T08:00"), "there is no done")
    world.goes_on()


def full(world):
    """A file system runs full with writes cut short, sometimes not to be taken back, and has room again"""
    size = world.random.choice([8, 12, 32])
    world.mount("-t", "tmpfs", "-o", f"size={size}k,nr_inodes={world.random.choice([2, 3, 8])}", "tmpfs")
    for _ in range(2):
        refusals = 0
        while refusals < 3:
            sabotaged = world.random.random() < 0.2
            under = strace(world, "ftruncate:error=EIO") if sabotaged else ()
            code = world.learn(world.answer(under, length=world.random.randrange(2500)), sabotaged)
            refusals += code != 0
        world.check()
        size += 12
        world.remount(f"size={size}k,nr_inodes=20")
    world.goes_on()


def read_only(world):
    """The file system becomes read-only and writable again, then its modes forbid it"""
    world.mount("-t", "tmpfs", "tmpfs")
    earlier(world)
    for _ in range(3):
        writers = [world.answer() for _ in range(2)]
        world.remount("ro")
        writers += [world.answer() for _ in range(2)]
        for writer in writers:
            world.learn(writer)
        world.check()
        world.remount("rw")
    # For root, and who may mount here, modes mean something only without these powers.
    powerless = ["setpriv", "--inh-caps=-all"] + (["--bounding-set=-all"] if os.geteuid() == 0 else [])
    world.learn(world.answer())
    for path, mode in [(world.own, 0o400), (world.journal, 0o000)]:
        before = path.stat().st_mode
        path.chmod(mode)
        expect(world.learn(world.answer(under=powerless)) != 0, f"written in spite of mode {mode:o} of {path}")
        path.chmod(before)
    world.goes_on()


def torn(world):
    """The file ends at any byte"""
    earlier(world)
    for _ in range(6):
        process = world.answer()
        world.learn(process)
        whole = world.own.read_bytes()
        last = whole.rstrip(b"\n").rfind(b"\n") + 1
        os.truncate(world.own, world.random.randint(last, len(whole) - 1))
        del world.confirmed[process.note]
        world.check()
    world.goes_on()


def replaced(world):
    """Files of the journal are replaced by rename, as sync tools do it, while commands read and write"""
    earlier(world)
    stop = threading.Event()
    least = '{"v":1,"id":"synced-0","ts":"2020-02-01T08:00:00Z","type":"done","routine":"morning"}\n'
    other = world.journal / "other.jsonl"
    other.write_text(least)

    def sync():
        number = 0
        while not stop.is_set():
            number += 1
            draft = world.journal / ".draft"
            draft.write_text(least + least.replace("synced-0", f"synced-{number}") * (number % 3))
            draft.rename(other)
            world.count_up("replaced")

    tool = threading.Thread(target=sync)
    tool.start()
    try:
        base = len(Journal(world.journal).records.keys() - {"synced-0"})
        for _ in range(6):
            writer = world.answer()
            readers = [world.launch("status", "--json") for _ in range(3)]
            world.learn(writer)
            for reader in readers:
                code, out, err = world.finish(reader)
                expect(code == 0, f"status while files are replaced: {code}, {err}")
                journal = json.loads(out)["journal"]
                expect(journal["records"] >= 1, f"status saw {journal['records']} records, not even synced-0")
    finally:
        stop.set()
        tool.join()
    world.goes_on()


def moved_away(world):
    """A file replaced after it was opened, locked or even written keeps no answer to itself"""
    world.learn(world.answer())
    call = world.random.choice(["flock", "write", "fdatasync"])
    # The first flock asks for the daemon's locks.
    when = "1+" if call == "flock" else "1"
    writer = world.answer(under=strace(world, f"{call}:delay_enter=500000:when={when}"))
    wait_for(f"the {call}", lambda: is_open(world.own, below=writer))
    time.sleep(0.1)
    copy = world.journal / ".copy"
    shutil.copy(world.own, copy)
    copy.rename(world.own)
    world.learn(writer)
    world.goes_on()


def unreadable(world):
    """Readers whose calls fail neither crash nor call the journal fine"""
    earlier(world)
    world.learn(world.answer())
    there = len(Journal(world.journal).records)
    for _ in range(5):
        call = world.random.choice(["openat", "pread64", "getdents64", "newfstatat", "fstat"])
        when = world.random.randint(1, 3)
        error = world.random.choice(ERRORS)
        trap = strace(world, f"{call}:error={error}:when={when}" + ("+" if error != "EINTR" else ""))
        code, out, err = world.run("status", "--json", under=trap)
        expect(code in (0, 65, 69, 74, 78) and (out.strip() or err.strip()), f"status: {code}, {out}, {err}")
        log = world.place / "calls"
        trap = strace(world, f"{call}:error=EIO:when={when}+", log=log)
        code, out, err = world.run("journal", "verify", "--json", under=trap)
        expect(code in (0, 65), f"verify: {code}, {out}, {err}")
        verdict = json.loads(out)
        expect(verdict["records"] == there or not verdict["fine"], f"fine with {verdict['records']} of {there}: {trap}")
    world.goes_on()


def power_cut(world):
    """The power fails right after an answer was confirmed: it is on the disk (an ext4 image, copied at that moment)"""
    image, rest = world.place / "image", world.place / "rest"
    with open(image, "wb") as file:
        file.truncate(8 << 20)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    world.mount("-o", "loop", image)
    shutil.rmtree(world.journal / "lost+found")
    for _ in range(3):
        for _ in range(world.random.randrange(1, 4)):
            writer = world.answer(length=world.random.randrange(3000))
            if world.random.random() < 0.3:
                time.sleep(world.random.uniform(0, 0.05))
                writer.kill()
            world.learn(writer)
        copy = world.place / "copy"
        shutil.copyfile(image, copy)
        world.mount("-o", "loop", copy, at=rest)
        notes = Journal(rest).notes()
        subprocess.run(["umount", rest], check=True)
        world.mounts.remove(rest)
        for note in world.confirmed:
            expect(note in notes, f"the power cut took {note[:20]}")
        world.count_up("power cuts")
    world.fill()
    for _ in range(30):
        if world.learn(world.answer(length=2000)) != 0:
            break
    (world.journal / "ballast").unlink()
    world.goes_on()


def button(world):
    """Daemons are killed, and refused calls, around a button that is pressed; the next daemon asks again or knows"""
    earlier(world)
    with Desk(world) as desk:
        for _ in range(3):
            call = world.random.choice(["openat", "flock", "pread64", "write", "fdatasync", "newfstatat"])
            # The first append is that of the prompt, unless it came up before.
            when = world.random.randint(1, 2 * APPEND[call])
            error = world.random.choice(ERRORS)
            trap = world.random.choice([
                (), (), strace(world, f"{call}:signal=KILL:when={when}", follow=True),
                strace(world, f"{call}:error={error}:when={when}" + ("+" if error != "EINTR" else ""), follow=True)])
            desk.live(trap, world.random.choice(["done", "skip"]), kill_within=world.random.choice([0.02, 0.3]))
            world.check()
            if desk.is_answered:
                desk.undo()
        desk.live((), "done")
        world.check()
        expect(desk.is_answered, "a button pressed in peace is not recorded")
    world.goes_on()


def button_on_a_full_disk(world):
    """A button pressed while the disk is full is told to wait, shown by nobody as recorded, and written later"""
    world.mount("-t", "tmpfs", "-o", "size=4k", "tmpfs")
    with Desk(world) as desk:
        ballast = world.fill()
        desk.start()
        desk.wait_for_prompt()
        desk.press("done")
        wait_for("the trouble", lambda: desk.state().get("trouble"))
        expect(not desk.verdicts(), "recorded on a full disk")
        expect(json.loads(world.run("status", "--json")[1])["routines"][0]["today"] == "pending", "shown as recorded")
        if world.random.random() < 0.3:
            desk.kill()
            ballast.unlink()
            desk.start()
            desk.wait_for_prompt()
            desk.press("done")
        else:
            ballast.unlink()
            expect(world.run("reload")[0] == 0, "no reload")
        wait_for("the record", desk.verdicts)
        wait_for("the end of the trouble", lambda: not desk.state().get("trouble"))
        desk.confirm()
        desk.stop()
        world.check()
    world.goes_on()


def crowd(world):
    """A daemon whose button is pressed, and commands, all at once and some of them killed; the lock held by others"""
    earlier(world)
    with Desk(world) as desk:
        for _ in range(2):
            desk.start()
            if not desk.is_settled:
                desk.wait_for_prompt()
            holder = None
            if world.random.random() < 0.5:
                holder = subprocess.Popen(["flock", world.own, "sleep", str(world.random.uniform(0, 0.4))])
                time.sleep(0.02)
            desk.press(world.random.choice(["done", "skip"]))
            writers = [world.answer() for _ in range(world.random.randrange(4))]
            for writer in writers:
                if world.random.random() < 0.5:
                    time.sleep(world.random.uniform(0, 0.05))
                    writer.kill()
            if world.random.random() < 0.5:
                desk.wait_until_settled()
            desk.kill()
            for writer in writers:
                world.learn(writer)
            if holder:
                holder.wait()
            world.check()
    world.goes_on()


KINDS = [kill, kill_at_a_call, refuse, again, full, read_only, torn, replaced, moved_away, unreadable, power_cut,
         button, button_on_a_full_disk, crowd]
