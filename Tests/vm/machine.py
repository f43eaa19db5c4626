"""A virtual machine with its own clock: booted, spoken to, put to sleep and woken.

It runs without KVM, so it is slow: never take the time in it, wait for what must happen.
"""

import base64
import json
import socket
import subprocess
import time
from pathlib import Path

PATIENCE = 60
"""Seconds for whatever must happen: far more than it takes."""


class Machine:
    """Runs from `with` to its end, however that ends. What it writes to its disk is gone then."""

    def __init__(self, directory, payload):
        """`payload`: a tar file, which the machine sees as /dev/nvme1n1."""
        self.directory = Path(directory)
        self.payload = payload
        self.agent = self.directory / "agent.sock"
        self.monitor = self.directory / "monitor.sock"

    def __enter__(self):
        for address in [self.agent, self.monitor]:
            address.unlink(missing_ok=True)
        drive = "if=none,format=raw,snapshot=on"
        # `pc`, since QEMU 7.2 suspends a `q35` once only. `clock=vm`: its hardware clock, too, has nothing to do with
        # that of this machine but the time it starts with. `setpriv`: it ends with us even if we are killed.
        command = [
            *"setpriv --pdeathsig KILL qemu-system-x86_64 -M pc,accel=tcg -cpu max -m 1024".split(),
            *"-global PIIX4_PM.disable_s3=0 -rtc base=utc,clock=vm -nic none -display none -vga none".split(),
            *["-kernel", self.directory / "vmlinuz"],
            *["-append", "root=/dev/nvme0n1 rw quiet console=ttyS0 systemd.show_status=0"],
            *["-drive", f"{drive},id=disk,file={self.directory / 'root.img'}"],
            *["-drive", f"{drive},id=payload,file={self.payload}"],
            *["-device", "nvme,drive=disk,serial=disk", "-device", "nvme,drive=payload,serial=payload"],
            *["-serial", f"file:{self.directory / 'console.log'}"],
            *["-qmp", f"unix:{self.monitor},server,nowait"],
            *["-chardev", f"socket,id=agent,path={self.agent},server=on,wait=off"],
            *["-device", "virtio-serial", "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0"],
        ]
        # In a session of its own: Ctrl-C is for us, and we end it.
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            self.agent_talk = self._connected(self.agent)
            self.monitor_talk = self._connected(self.monitor)
            self.monitor_talk.readline()
            self._monitor("qmp_capabilities")
            self._agent("guest-sync", id=1)
            self.run("systemctl is-system-running --wait")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def run(self, command, user="root"):
        """Runs a shell command to its end and returns what it says; an error if it fails."""
        as_user = f"setpriv --reuid={user} --regid={user} --init-groups env HOME=/home/{user} USER={user} " \
            "XDG_RUNTIME_DIR=/run/user/1000 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus DISPLAY=:0"
        argv = ([] if user == "root" else as_user.split()) + ["bash", "-c", command]
        started = self._agent("guest-exec", **{"path": "/usr/bin/env", "arg": argv, "capture-output": True})
        ended = eventually(
            lambda: (state := self._agent("guest-exec-status", pid=started["pid"]))["exited"] and state,
            f"the end of: {command}")
        output, complaint = (base64.b64decode(ended.get(name, "")).decode() for name in ["out-data", "err-data"])
        if ended.get("exitcode") != 0:
            raise RuntimeError(f"failed in the machine: {command}\n{output}{complaint}")
        return output

    def sleep(self, command, until):
        """Runs a command that suspends the machine, and wakes it at a time of our monotonic clock.

        Its hardware clock goes on meanwhile, and the kernel takes the time from there: the wall clock is not stepped.
        """
        self._agent("guest-exec", path="/bin/sh", arg=["-c", command])
        eventually(lambda: self._monitor("query-status")["status"] == "suspended", f"sleep after: {command}")
        self.asleep_since = time.monotonic()
        time.sleep(max(1, until - time.monotonic()))
        self._monitor("system_wakeup")
        eventually(lambda: self._monitor("query-status")["status"] == "running", "the machine awake")

    def _connected(self, address):
        talk = socket.socket(socket.AF_UNIX)
        talk.settimeout(PATIENCE)

        def connect():
            if self.process.poll() is not None:
                raise RuntimeError("qemu ended by itself")
            try:
                talk.connect(str(address))
                return True
            except (FileNotFoundError, ConnectionRefusedError):
                return False

        eventually(connect, f"a socket at {address}")
        return talk.makefile("rw", encoding="utf-8")

    def _agent(self, command, **arguments):
        return ask(self.agent_talk, {"execute": command, "arguments": arguments})

    def _monitor(self, command):
        return ask(self.monitor_talk, {"execute": command})


def ask(talk, request):
    """Sends a line, and returns what its answer holds; events in between are of no interest."""
    talk.write(json.dumps(request) + "\n")
    talk.flush()
    while line := talk.readline():
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{request}: {answer['error']}")
        if "return" in answer:
            return answer["return"]
    raise RuntimeError("the machine is gone")


def eventually(check, what):
    """Waits until `check` returns something, and returns that; TimeoutError when patience ends."""
    deadline = time.monotonic() + PATIENCE
    while not (found := check()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE} s for {what}")
        time.sleep(0.1)
    return found
