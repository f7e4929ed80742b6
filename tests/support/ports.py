"""Ports for bots that tests start: each is some test's alone until its process ends."""

import itertools
import os
import socket

_FIRST, _MANY = 20_000, 12_000
"""Below the ports that the system gives to connections, and to whoever asks for any port."""
_OURS: list[socket.socket] = []
_NUMBERS = itertools.count(os.getpid() * 97)


def free_port() -> int:
    """Find a port that nobody listens on, and that no other test on this machine gets meanwhile."""
    while True:
        port = _FIRST + next(_NUMBERS) % _MANY
        if _is_ours_now(port) and _can_be_had(port):
            return port


def _is_ours_now(port: int) -> bool:
    """Claim a port by a name that the system gives to one process at a time, and takes back when that ends."""
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0hello-circle-port-{port}")
    except OSError:
        claim.close()
        return False
    _OURS.append(claim)
    return True


def _can_be_had(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind(("", port))
        except OSError:
            return False
        return True
