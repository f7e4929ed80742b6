"""The systemd unit that set-up offers, and how it is asked whether there is a systemd at all."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.operator.program import program

NAME = "hello-circle.service"
NO_SYSTEMD = {"", "offline", "unknown"}
PATIENCE = 30
STARTING = (
    "Restart=on-failure",
    "RestartSec=10",
    "# With 2 it says that only you can mend it, such as a wrong token; starting again would not.",
    "RestartPreventExitStatus=2",
    "TimeoutStopSec=40",
)
HARDENED = (
    "UMask=0077",
    "NoNewPrivileges=yes",
    "PrivateTmp=yes",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectSystem=strict",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged @resources",
    "SystemCallErrorNumber=EPERM",
)
"""What every unit of the bot has: it needs its own folder, the network, and nothing else."""
OF_THE_MACHINE = (
    "CapabilityBoundingSet=",
    "AmbientCapabilities=",
    "PrivateDevices=yes",
    "PrivateUsers=yes",
    "ProtectProc=invisible",
    "ProcSubset=pid",
    "RemoveIPC=yes",
)
"""What only the systemd of the machine can do, and not that of a user."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: where its file goes, what stands in it, and what is done after it was written."""

    file: Path
    text: str
    commands: Sequence[Sequence[str]]


def manager(*, own: bool) -> bool:
    """Tell whether there is a systemd that can start the bot; `own` asks for the one of this user."""
    program = shutil.which("systemctl")
    if program is None:
        return False
    asked = run([program, *(["--user"] if own else []), "is-system-running"])
    return asked is not None and asked.strip() not in NO_SYSTEMD


def run(command: Sequence[str]) -> str | None:
    """Run a command; gives what it printed, or None when it could not be started."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ended.stdout


def succeeds(command: Sequence[str]) -> bool:
    """Run a command; tells whether it went well."""
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False


def is_root() -> bool:
    """Tell whether an administrator runs this, who may write units for the whole machine."""
    return os.geteuid() == 0


def unit_for(folder: Path, writes: Sequence[Path]) -> Unit:
    """Write the unit that starts the bot in a folder: of the machine for an administrator, else of this user."""
    root = is_root()
    own = [] if root else ["--user"]
    home = Path("/etc/systemd/system") if root else Path.home() / ".config" / "systemd" / "user"
    commands = [
        ["systemctl", *own, "daemon-reload"],
        ["systemctl", *own, "enable", "--now", NAME],
        *([] if root else [["loginctl", "enable-linger"]]),
    ]
    return Unit(home / NAME, _text(folder, writes, root=root), commands)


def _text(folder: Path, writes: Sequence[Path], *, root: bool) -> str:
    at_home = any(Path(home) in folder.parents for home in ("/home", "/root"))
    lines = [
        f"ExecStart={_escaped(str(program()))} run",
        f"WorkingDirectory={_escaped_path(folder)}",
        *(f"ReadWritePaths={_escaped(str(path))}" for path in writes),
        *([f"User={writes[0].owner()}"] if root else []),
        *STARTING,
        *HARDENED,
        *(OF_THE_MACHINE if root else ()),
        *(["ProtectHome=yes"] if root and not at_home else []),
    ]
    return written("", lines, "multi-user.target" if root else "default.target")


def written(head: str, lines: Sequence[str], target: str) -> str:
    """Write a unit with the lines of its service."""
    begin = ("[Unit]", "Description=Hello Circle, a bot for peer-support communities", "After=network-online.target")
    whole = (*begin, "Wants=network-online.target", "", "[Service]", *lines, "", "[Install]", f"WantedBy={target}")
    return head + "\n".join(whole) + "\n"


def _escaped(words: str) -> str:
    """Write a word of a unit as systemd reads it: whole, and with nothing replaced."""
    quoted = words.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return quoted if quoted.isascii() and not any(letter.isspace() for letter in quoted) else f'"{quoted}"'


def _escaped_path(path: Path) -> str:
    """Write a folder of a unit; systemd takes the whole line, and no quotes."""
    return str(path).replace("%", "%%")
