"""A booted system in a container: for `run`."""
import os, subprocess, tempfile, time
from datetime import datetime, timedelta, timezone
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLS = "systemd-nspawn unshare nsenter setpriv chroot useradd make strip Xvfb dunst dunstctl dbus-send busctl".split()
UNSHARE = ["unshare", "--mount", "--propagation=private", "--"]
PATIENCE = 60  # seconds for what must happen, on a slow and busy machine too


class Impossible(Exception):
    """No container can be booted here."""


class Failure(Exception):
    """What was seen instead of what is right."""


def expect(fact, seen):
    if not fact:
        raise Failure(seen)


def wait_for(what, condition, limit=PATIENCE):
    """What the condition finds; a condition that raises `Failure` is asked again, too."""
    end = time.monotonic() + limit
    while True:
        late, reason = time.monotonic() > end, ""
        try:
            if found := condition():
                return found
        except Failure as failure:
            reason = f"; {failure}"
        if late:
            raise Failure(f"waited {limit} s in vain for {what}{reason}")
        time.sleep(0.1)


class Noon:
    """A time zone in which it is the hour after noon now: the test is never near the end of a day."""

    def __init__(self):
        hours = 12 - int(time.time()) // 3600 % 24
        self.name = f"Etc/GMT{-hours:+d}"  # POSIX counts westwards.
        self.zone = timezone(timedelta(hours=hours))

    def civil(self, instant):
        return datetime.fromtimestamp(instant, self.zone)


class Machine:
    """A systemd of its own on top of this machine's files, which stay as they are; it ends with this process."""

    def __init__(self):
        self.noon = Noon()
        self.log = tempfile.TemporaryFile("w+")
        self.container = None

    @staticmethod
    def check_place():
        """Says why no container can be booted here."""
        if os.geteuid() != 0:
            raise Impossible("this needs root: make release, then sudo Tests/system/run")
        mounts = [
            "mount -t tmpfs tmpfs /mnt", "mkdir /mnt/upper /mnt/work",
            "mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt",
            "mount -t cgroup2 cgroup2 /mnt", "mkdir /mnt/stretchd-probe", "test -e /mnt/stretchd-probe/cgroup.kill; "
            "found=$?; rmdir /mnt/stretchd-probe; test $found = 0",
        ]
        probe = subprocess.run([*UNSHARE, "sh", "-c", " && ".join(mounts)], capture_output=True, text=True)
        if probe.returncode != 0:
            raise Impossible(f"this place permits no containers: {probe.stderr.strip()}")

    def __enter__(self):
        # What is typed at the terminal is for the test, which then ends the container.
        self.container = subprocess.Popen(
            [*UNSHARE, REPOSITORY / "Tests/system/container", REPOSITORY, self.noon.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True, start_new_session=True)
        try:
            leader = self.container.stdout.readline().strip()
            expect(leader, "the container did not boot")
            self.files = Path(f"/proc/{leader}/root")
            spaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"]
            self.inside = ["nsenter", f"--target={leader}", *spaces]
            wait_for("the boot", lambda: self.root("systemctl", "is-active", "plain.target"))
            return self
        except BaseException as error:
            self.__exit__()
            if isinstance(error, Failure):
                self.log.seek(0)
                raise Failure(f"{error}\n{self.log.read()}")
            raise

    def __exit__(self, *_):
        # The end of its input is its end; it ends everything inside and takes its traces away.
        self.container.stdin.close()
        self.container.wait()

    def root(self, *command):
        """What a command prints that root runs inside; `Failure` if it fails."""
        return self._run([], {"HOME": "/root"}, command)

    def user(self, name, *command, **variables):
        uid, home = self.root("id", "-u", name), f"/home/{name}"
        own = {"HOME": home, "USER": name, "LOGNAME": name, "XDG_RUNTIME_DIR": f"/run/user/{uid}"}
        identity = ["setpriv", f"--reuid={name}", f"--regid={name}", "--init-groups"]
        return self._run(identity, own | variables, command)

    def _run(self, identity, variables, command):
        path = f"{variables['HOME']}/.local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        fixed = {"PATH": path, "LANG": "C.UTF-8", "TERM": "dumb"}
        environment = [f"{name}={value}" for name, value in (fixed | variables).items()]
        try:
            done = subprocess.run(
                [*self.inside, *identity, "env", "-i", "-C", variables["HOME"], *environment, *command],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure(f"`{' '.join(command)}` took over {PATIENCE} s")
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip()).replace("\n", " / ")
            raise Failure(f"`{' '.join(command)}` failed ({done.returncode}): {said}")
        return done.stdout.strip()
