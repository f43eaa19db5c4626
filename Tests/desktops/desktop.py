"""Desktops with nobody in front of them: an X server, a home and message buses of their own, and the real shell or
notification server. For `run`."""
import ctypes, json, os, shutil, signal, subprocess, tempfile, time
from datetime import timedelta, timezone
from pathlib import Path

from screen import Failure, Screen, expect, wait_for

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = Path("/usr/share/dbus-1/services")
SIZE = (1280, 800)
START = 120  # seconds, for a whole desktop on a slow and busy machine
# sway and mako refuse root, and nobody uses a desktop as root.
NOBODY = 65534
BUS = """<busconfig><type>{type}</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true"/><allow receive_type="method_call"/><allow receive_type="signal"/>
<allow receive_requested_reply="true"/><allow eavesdrop="true"/></policy>
<servicedir>{services}</servicedir></busconfig>
"""


# The words of the warning signs where a long text is cut: all of it must be in sight.
BRIEF = ["Urgent", "care", "bladder", "injury", "fever"]


class Desktop:
    """One on an X server of its own; all of it ends with the `with`."""

    name = ""
    server = []  # the command of the notification server
    service = None  # what the bus starts it with, where it goes when it has nothing to show
    area = (0, 0, *SIZE)  # where notifications come
    words = ["Start", "Done", "Snooze"]  # what a person must see of a prompt
    warning = ["Before", "begin"]  # and of the page with the warning signs
    draws_buttons = True
    draws_pictures = True
    click = 1  # the mouse button that invokes the default action; None: there is none
    variables = {}
    checks = ["asked", "clicked", "killed"]
    counts = False  # its page changes each second, faster than a slow machine reads it and presses a button
    stays = 0  # seconds after which it takes away what is not critical

    def __init__(self, album):
        self.album = album
        self.processes = []
        self.place = Path(tempfile.mkdtemp(prefix=f"stretchd-{self.name}."))

    # What there is before the shell

    def __enter__(self):
        # Whoever a shell or a bus leaves behind becomes a child of this process, which ends it.
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        try:
            self.furnish()
            self.start_screen()
            self.start_bus("system", self.place / "system", [])
            self.start_bus("session", self.place / "session", self.services())
            self.start()
            self.screen.remember()
            return self
        except BaseException as error:
            self.__exit__()
            if isinstance(error, Failure):
                raise Failure(f"the desktop did not start: {error}; see the logs in {self.album}")
            raise

    def furnish(self):
        for folder in ["home/.config", "home/.cache", "home/.local/share", "home/.local/state", "run", "services"]:
            (self.place / folder).mkdir(parents=True)
        for folder in [self.place, *self.place.rglob("*")]:
            folder.chmod(0o700)
            if os.geteuid() == 0:
                os.chown(folder, NOBODY, NOBODY)
        home = self.place / "home"
        # The hour after noon: the test is never near the end of a day.
        hours = 12 - int(time.time()) // 3600 % 24
        self.zone = timezone(timedelta(hours=hours))
        self.environment = {
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "dumb",
            "TZ": f"Etc/GMT{-hours:+d}",  # POSIX counts westwards.
            "USER": "nobody", "LOGNAME": "nobody", "HOME": str(home), "XDG_RUNTIME_DIR": str(self.place / "run"),
            "XDG_CONFIG_HOME": str(home / ".config"), "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_DATA_HOME": str(home / ".local/share"), "XDG_STATE_HOME": str(home / ".local/state"),
            "XDG_DATA_DIRS": f"{self.place}/usr/share:/usr/local/share:/usr/share",
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.place}/system",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.place}/session", "XDG_SESSION_TYPE": "x11",
            "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "GSETTINGS_BACKEND": "keyfile",
            **self.variables,
        }

    def start_screen(self):
        ours, its = os.pipe()
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        self.spawn("Xvfb", "-displayfd", str(its), "-screen", "0", size, "-nolisten", "tcp", "-noreset", "-ac",
                   pass_fds=[its])
        os.close(its)
        with os.fdopen(ours) as answer:
            number = answer.readline().strip()
        expect(number, "Xvfb gave no display")
        self.environment["DISPLAY"] = f":{number}"
        self.screen = Screen(f":{number}", self.area, self.album)

    def start_bus(self, kind, path, services):
        """With the services named only: another notification server must not come in between."""
        folder = self.place / "services" / kind
        folder.mkdir()
        for service in services:
            (folder / service.name).symlink_to(service)
        settings = self.place / f"{kind}.conf"
        settings.write_text(BUS.format(type=kind, path=path, services=folder))
        self.spawn("dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile")
        wait_for(f"the {kind} bus", path.exists)

    def services(self):
        return [
            file for file in SERVICES.glob("*.service")
            if file.stem == self.service or "org.freedesktop.Notifications" not in file.read_text()]

    def start(self):
        self.spawn("openbox")
        self.spawn(*self.server)
        self.wait_for_server()

    def wait_for_server(self):
        wait_for("a notification server", self.owner, START)

    def owner(self):
        """The process that has the name of notification servers."""
        try:
            said = self.busctl("call", "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                               "GetConnectionUnixProcessID", "s", "org.freedesktop.Notifications")
        except Failure:
            return None
        return said["data"][0]

    # What goes on in it

    def spawn(self, *command, log=None, **options):
        """Starts something that runs until the end, or till it is told to go."""
        with open(log or self.place / f"{Path(command[0]).name}.log", "ab") as file:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=self.environment, cwd=self.place,
                **self.identity(), **options)
        self.processes.append(process)
        return process

    def run(self, *command):
        """What a command prints that the person runs; `Failure` if it fails."""
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=self.environment,
                cwd=self.place, timeout=60, **self.identity())
        except subprocess.TimeoutExpired:
            raise Failure(f"`{' '.join(command)}` took over 60 s")
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip()).replace("\n", " / ")
            raise Failure(f"`{' '.join(command)}` failed ({done.returncode}): {said}")
        return done.stdout.strip()

    @staticmethod
    def identity():
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def busctl(self, *arguments):
        return json.loads(self.run("busctl", "--user", "--json=short", *arguments))

    # The hand

    def reveal(self):
        """Points at a notification, where that shows more of it."""

    def tidy(self):
        """Closes what a check that failed may have left open."""

    # Its end

    def __exit__(self, *_):
        for process in reversed(self.processes):
            end(process.pid, 3)
        # Services that the bus started.
        for pid in children():
            end(pid, 1)
        for file in self.place.glob("*.log") if self.album else []:
            shutil.copy(file, self.album)
        shutil.rmtree(self.place, ignore_errors=True)


def children():
    return [int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]


def end(pid, patience):
    """Ends a child of this process: kindly, then by force."""
    for number, seconds in [(signal.SIGTERM, patience), (signal.SIGKILL, 10)]:
        try:
            os.kill(pid, number)
            limit = time.monotonic() + seconds
            while time.monotonic() < limit:
                if os.waitpid(pid, os.WNOHANG)[0]:
                    return
                time.sleep(0.02)
        except (ProcessLookupError, ChildProcessError):
            return


# The desktops


class Gnome(Desktop):
    """GNOME Shell"""

    name = "gnome"
    warning = BRIEF
    checks = ["led", "asked", "clicked", "filed", "dismissed", "reminded", "killed"]
    stays = 4
    area = (0, 32, *SIZE)
    variables = {"XDG_CURRENT_DESKTOP": "GNOME", "XDG_SESSION_DESKTOP": "gnome"}

    def start(self):
        for schema, key, value in [
                ("org.gnome.shell", "welcome-dialog-last-shown-version", "9999"),
                ("org.gnome.desktop.interface", "enable-animations", "false"),
                ("org.gnome.desktop.session", "idle-delay", "0")]:
            self.run("gsettings", "set", schema, key, value)
        self.spawn("gnome-shell", "--x11", "--unsafe-mode")
        wait_for("the shell", lambda: self.evaluate("Main.layoutManager._startingUp") is False, START)
        # The server is a process of its own.
        self.busctl("call", "org.gnome.Shell.Notifications", "/org/freedesktop/Notifications",
                    "org.freedesktop.Notifications", "GetServerInformation")
        self.wait_for_server()
        self.evaluate("Main.overview.hide(); Main.messageTray.getSources().forEach(source => source.destroy())")

    def evaluate(self, script):
        """What JavaScript inside the shell returns."""
        good, said = self.busctl("call", "org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell", "Eval", "s",
                                 script)["data"]
        expect(good, said)
        return json.loads(said) if said else None

    def reveal(self):
        # A pointer that was there before the banner counts only once it has left and come back.
        if self.screen.changed():
            self.screen.point(SIZE[0] // 2, 400)
            self.screen.point(SIZE[0] // 2, 70)

    def close(self):
        self.reveal()
        x, y = self.evaluate(
            "const button = Main.messageTray._banner._closeButton; const [x, y] = button.get_transformed_position();"
            "[x + button.width / 2, y + button.height / 2]")
        self.screen.click(round(x), round(y))

    def open_tray(self):
        self.screen.click(SIZE[0] // 2, 15)

    def close_tray(self):
        self.screen.xdotool("key", "Escape")

    def tidy(self):
        self.evaluate("Main.panel.closeCalendar()")


class Plasma(Desktop):
    """Plasma"""

    name = "plasma"
    warning = BRIEF
    checks = ["led", "asked", "clicked", "dismissed", "killed"]
    area = (0, 0, SIZE[0], 750)
    variables = {
        "XDG_CURRENT_DESKTOP": "KDE", "XDG_SESSION_DESKTOP": "KDE", "KDE_FULL_SESSION": "true",
        "KDE_SESSION_VERSION": "5", "KWIN_COMPOSE": "N", "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software",
        "XDG_MENU_PREFIX": "",
    }

    def start(self):
        for file, text in {
                "baloofilerc": "[Basic Settings]\nIndexing-Enabled=false\n",
                "ksplashrc": "[KSplash]\nEngine=none\nTheme=None\n",
                "kscreenlockerrc": "[Daemon]\nAutolock=false\nLockOnResume=false\n",
                "kdeglobals": "[KDE]\nAnimationDurationFactor=0\n"}.items():
            path = self.place / "home/.config" / file
            path.write_text(text)
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY)
        self.run("kbuildsycoca5")
        self.spawn("kwin_x11")
        self.spawn("kded5")
        self.shell = self.spawn("plasmashell", "--no-respawn")
        wait_for("Plasma", lambda: self.owner() == self.shell.pid, START)
        # The desktop is painted somewhat later.
        wait_for("the desktop", lambda: self.run("xdotool", "search", "--onlyvisible", "--class", "plasmashell"))

    def close(self):
        _, top, right, _ = self.screen.changed()
        self.screen.click(right - 15, top + 16)


class Cinnamon(Desktop):
    """Cinnamon"""

    name = "cinnamon"
    area = (0, 0, SIZE[0], 755)
    variables = {"XDG_CURRENT_DESKTOP": "X-Cinnamon"}
    stays = 7

    def start(self):
        self.run("gsettings", "set", "org.cinnamon", "desktop-effects", "false")
        self.spawn("cinnamon", "--replace")
        self.wait_for_server()

    def reveal(self):
        if box := self.screen.changed():
            self.screen.point(box[0] + 10, box[1] + 10)


class Xfce(Desktop):
    """Xfce"""

    name = "xfce"
    server = ["/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd"]
    click = None
    variables = {"XDG_CURRENT_DESKTOP": "XFCE"}


class Mate(Desktop):
    """MATE"""

    name = "mate"
    service = "org.freedesktop.mate.Notifications"
    server = ["/usr/lib/mate-notification-daemon/mate-notification-daemon"]
    variables = {"XDG_CURRENT_DESKTOP": "MATE"}


class Lxqt(Desktop):
    """LXQt"""

    # It draws three buttons, and more than those as a menu.
    name = "lxqt"
    words = ["Start", "OK"]
    draws_pictures = False
    click = None
    server = ["lxqt-notificationd"]
    variables = {"XDG_CURRENT_DESKTOP": "LXQt", "QT_QPA_PLATFORM": "xcb"}


class NotificationDaemon(Desktop):
    """notification-daemon"""

    name = "notification-daemon"
    server = ["/usr/lib/notification-daemon/notification-daemon"]


class Dunst(Desktop):
    """dunst"""

    name = "dunst"
    warning = BRIEF
    words = ["Middle", "click", "start", "done"]
    server = ["dunst"]
    draws_buttons = False
    click = 2


class Sway(Desktop):
    """A notification server of Wayland on sway, which is a window of the X server: there xdotool has a pointer."""

    variables = {
        "XDG_CURRENT_DESKTOP": "sway", "XDG_SESSION_TYPE": "wayland", "GDK_BACKEND": "wayland", "WLR_BACKENDS": "x11",
        "WLR_RENDERER": "pixman", "LIBSEAT_BACKEND": "noop",
    }

    def start(self):
        settings = self.place / "sway.conf"
        settings.write_text(
            f"output X11-1 resolution {SIZE[0]}x{SIZE[1]} bg #303030 solid_color\n"
            "default_border none\nxwayland disable\n")
        self.spawn("sway", "-c", str(settings))
        run = self.place / "run"
        socket = wait_for("sway", lambda: [file for file in run.glob("wayland-*") if file.is_socket()])[0]
        self.environment["WAYLAND_DISPLAY"] = socket.name
        self.environment["SWAYSOCK"] = str(wait_for("sway", lambda: list(run.glob("sway-ipc.*")))[0])
        self.spawn(*self.server)
        self.wait_for_server()


class Mako(Sway):
    """mako"""

    name = "mako"
    words = ["Click", "start", "done"]
    warning = BRIEF
    server = ["mako"]
    draws_buttons = False


class Swaync(Sway):
    """swaync"""

    name = "swaync"
    counts = True
    stays = 10
    server = ["swaync"]


class Bare(Desktop):
    """Buses and an X server only"""

    name = "bare"

    def start(self):
        pass


DESKTOPS = [Gnome, Plasma, Cinnamon, Xfce, Mate, Lxqt, Dunst, Mako, Swaync, NotificationDaemon]
