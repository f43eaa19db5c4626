"""A session bus with a notification server whose buttons a test presses, and daemons one after the other."""
import contextlib, json, os, re, signal, subprocess, threading, time

from world import PATIENCE, Failure, Journal, expect, wait_for

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={0}/bus</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


class Desk:
    def __init__(self, world):
        self.world, self.daemon, self.prompt = world, None, None
        configuration = world.place / "bus.conf"
        configuration.write_text(BUS.format(world.place))
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address=1", f"--config-file={configuration}"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        world.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        self.server = subprocess.Popen(
            [world.program.parent / "fake-server"], env=world.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        expect(self.server.stdout.readline() == "ready\n", "no notification server")
        threading.Thread(target=self.listen, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.daemon:
            self.kill()
        for process in (self.server, self.bus):
            process.kill()
            process.wait()

    def listen(self):
        for line in self.server.stdout:
            if match := re.match(r"notify (\d+) .*actions=default,(?:start,)?done,", line):
                self.prompt = match[1]

    # The daemon

    def start(self, trap=()):
        self.prompt, self.trapped = None, bool(trap)
        self.log = open(self.world.place / "daemon.log", "w+")
        self.daemon = subprocess.Popen(
            [*trap, self.world.program, "run"], env=self.world.environment, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log)
        self.file = self.world.place / "run/stretchd/daemon.json"
        self.world.count_up("daemons")
        wait_for("the daemon", lambda: self.has_ended or "running" in self.said())

    def said(self):
        return (self.world.place / "daemon.log").read_text()

    @property
    def has_ended(self):
        return self.daemon.poll() is not None

    def state(self):
        """What `daemon.json` says."""
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            if pid := self.pid:
                os.kill(pid, signal.SIGKILL)
        self.end()

    @property
    def pid(self):
        """The daemon's own, as it may run below strace; 0 when it has ended by itself."""
        if not self.trapped:
            return self.daemon.pid
        children = f"/proc/{self.daemon.pid}/task/{self.daemon.pid}/children"
        below = wait_for("strace", lambda: "0" if self.has_ended else open(children).read())
        return int(below.split()[0])

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        self.end()
        expect(self.daemon.returncode == 0, f"the daemon ended with {self.daemon.returncode}")

    def end(self):
        try:
            code = self.daemon.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.daemon.kill()
            raise Failure(f"the daemon does not end: {self.said()}")
        if code == -9:
            self.world.count_up("killed")
        expect(code in (0, -9) or code > 0 and code < 128, f"the daemon crashed with {code}: {self.said()}")

    # The person

    def wait_for_prompt(self):
        wait_for(f"a prompt; {self.said()}", lambda: self.prompt or self.has_ended)

    def press(self, key):
        if self.prompt and not self.has_ended:
            self.world.count_up("buttons")
            self.server.stdin.write(f"press {self.prompt} {key}\n")
            self.server.stdin.flush()

    def verdicts(self):
        return Journal(self.world.journal).verdicts("T08:00")

    @property
    def is_settled(self):
        """The daemon shows the answer as recorded: nothing is due, and nothing is kept."""
        state = self.state()
        if self.has_ended or state.get("due", True) or state.get("trouble"):
            return False
        self.confirm()
        return True

    def confirm(self):
        answers = Journal(self.world.journal).answers("T08:00")
        expect(answers, f"shown as recorded, but nowhere: {self.state()}")
        ids = {answer["id"] for answer in answers}
        if ids - self.world.buttons:
            self.world.count_up("confirmed")
        self.world.buttons |= ids

    def undo(self):
        """Another machine takes all answers back, as a sync tool brings it."""
        ids = [answer["id"] for answer in Journal(self.world.journal).answers("T08:00")]
        record = {"v": 1, "id": f"undo-{time.time_ns()}", "ts": "2020-02-01T08:00:00Z", "type": "undo", "ref": ids}
        draft = self.world.journal / ".draft"
        draft.write_text(json.dumps(record) + "\n")
        draft.rename(self.world.journal / f"{record['id']}.jsonl")

    @property
    def is_answered(self):
        return bool(self.verdicts())

    def wait_until_settled(self):
        wait_for(f"the answer to be recorded; {self.said()}", lambda: self.is_settled or self.has_ended)

    def live(self, trap, key, kill_within=None):
        """A daemon's life: it asks, a button is pressed, it is killed, at the latest when the answer is confirmed."""
        self.start(trap)
        wait_for(
            f"a prompt or an answer; {self.state()} {self.said()}",
            lambda: self.prompt or self.has_ended or self.is_settled or self.state().get("trouble"))
        self.press(key)
        if kill_within is None:
            self.wait_until_settled()
        else:
            end = time.monotonic() + self.world.random.uniform(0, kill_within)
            while time.monotonic() < end and not self.has_ended and not self.is_settled:
                time.sleep(0.002)
        self.kill()
