"""Why a server refuses, and the way out: by its code, or by its words where it has no code yet, as while connecting."""

import re

import psycopg

from bot.faults import Explained

_LOOK = Explained("Look at DATABASE_URL, and whether the server runs.")
_WHO = Explained(
    "Correct the user or the password in DATABASE_URL, or in what you typed. Write @ as %40, / as %2F and % as %25."
)
_NAME = Explained("Make the database with CREATE DATABASE. Or correct its name in DATABASE_URL, or in what you typed.")
_WAIT = Explained("Wait until the server runs, then type the same line again.")
_ROOM = Explained(
    "Raise max_connections, or the limit of the user or database. Or put a pooler in front of the server."
)
_REACH = Explained("Look whether DATABASE_URL is right, the server runs, and this machine reaches it.")
_PART = Explained("Correct this part of DATABASE_URL, or of what you typed.")
_READ_ONLY = Explained("Name a server that may be written in DATABASE_URL, and a user who may write.")
_OWNER = Explained("Take the user to whom the database belongs, or give it to this one: ALTER DATABASE … OWNER TO …")

_BY_CODE = (
    ("28", _WHO),
    ("3D", _NAME),
    ("3F", Explained("Correct search_path in DATABASE_URL, or leave it out.")),
    ("42501", _OWNER),
    ("25006", _READ_ONLY),
    ("53100", Explained("Make room on the disk of the server, then type the same line again.")),
    ("53300", _ROOM),
    ("08", _WAIT),
    ("57P", _WAIT),
    ("25P03", _WAIT),
)
"""By how the code begins."""
_BY_WORDS = (
    (r"temporary failure in name resolution", _REACH),
    (r"pg_hba\.conf", Explained("Let the server take this user from this machine, in its pg_hba.conf.")),
    (r"password|authentication|role \".*\" does not exist", _WHO),
    (r"database \".*\" does not exist", _NAME),
    (r"permission denied", _OWNER),
    (
        r"resolve host|translate host",
        Explained("Correct the name of the server in DATABASE_URL, or in what you typed."),
    ),
    (r"connection option|value: |port number", _PART),
    (
        r"ssl|certificate",
        Explained("Correct sslmode in DATABASE_URL, or give the server a certificate that this machine knows."),
    ),
    (r"connection slots|too many", _ROOM),
    (r"read-only|hot standby", _READ_ONLY),
    (r"starting up|shutting down|recovery mode|closed the connection|terminating", _WAIT),
    (r"refused|timeout|timed out|no such file|no route|unreachable", _REACH),
)
"""By libpq's own words."""
_PASSES = (_WAIT, _ROOM, _REACH, _READ_ONLY)
"""A server may be read only for the moment in which it takes the place of another."""
_IN_FRONT = re.compile(r"^(?:connection (?:failed|is bad)|connection to server .*? failed|FATAL|ERROR):\s*")


def reason_of(cause: psycopg.Error) -> str:
    """Give what a server says, without what libpq writes in front of it and the statement behind."""
    why = next(iter((cause.diag.message_primary or str(cause)).strip().splitlines()), "") or type(cause).__name__
    while (shorter := _IN_FRONT.sub("", why)) != why:
        why = shorter
    return why.rstrip(".")


def mend_of(cause: psycopg.Error) -> Explained:
    """Tell what to do about it."""
    if cause.sqlstate is not None:
        return next((mend for start, mend in _BY_CODE if (cause.sqlstate or "").startswith(start)), _LOOK)
    words = str(cause)
    return next((mend for sign, mend in _BY_WORDS if re.search(sign, words, re.IGNORECASE)), _LOOK)


def may_pass(mend: Explained) -> bool:
    """Tell whether a refusal with this way out may end by itself, as that of a server that starts more slowly than a bot."""
    return mend in _PASSES
