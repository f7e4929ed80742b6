"""What a database URL means: a SQLite file, or a PostgreSQL server; how it is written, and what of it may be shown."""

import re
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from bot.faults import Explained
from bot.store.errors import StartError
from bot.store.sqlite import FILE_URL, SERVER_URL, path_of, real_path

SERVERS = ("postgresql", "postgres")
"""How the URL of a server begins; a driver may follow after a plus."""
_LIKE_A_URL = re.compile(r"[a-z][\w+.:-]*:/|postgres\w*//|(\w+=\S*\s+)*password=", re.IGNORECASE)

_HERE = "this machine"
"""The place of a server whose URL names none, as it is noted."""

Origin = Path | str
"""Where a database is: its file, or the URL of its server."""


def is_server(url: str) -> bool:
    """Tell whether a URL means a server rather than a file."""
    return url.partition("://")[0].partition("+")[0] in SERVERS


def origin_of(url: str) -> Origin:
    """Read where a database is.

    Raises:
        StartError: the URL cannot be read.
    """
    if is_server(url):
        server_url(url)
        return url
    return path_of(url)


def named(typed: str) -> Origin:
    """Read what somebody typed: a file, or a URL; what looks like a URL is never taken for a path, and shown.

    Raises:
        StartError: it cannot be read.
    """
    return origin_of(typed) if _LIKE_A_URL.match(typed.strip()) else real_path(Path(typed).expanduser())


def is_same(first: Origin, second: Origin) -> bool:
    """Tell whether two names mean the same database, as far as they tell it."""
    if isinstance(first, Path) or isinstance(second, Path):
        return first == second
    places = [(url.host, url.port, url.database, url.query.get("host")) for url in map(server_url, (first, second))]
    return places[0] == places[1]


def home_of(origin: Origin) -> Path:
    """Give the folder for what is kept beside a database: its own, or the present one for a server."""
    return origin.parent if isinstance(origin, Path) else Path.cwd()


def server_url(text: str) -> sa.URL:
    """Read the URL of a server.

    Raises:
        StartError: it cannot be read; the message does not repeat it, because it may hold a password.
    """
    if text.count("@") > 1:
        # What stands behind the first one would be taken for the server, and shown.
        raise StartError(
            "There is more than one @ in DATABASE_URL, or in what you typed. In a user or password, write %40 for it."
        )
    try:
        parsed = sa.make_url(text)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or not is_server(text) or not parsed.database:
        raise StartError(
            "The database URL cannot be read. Write DATABASE_URL as {file} or {server}.",
            file=FILE_URL,
            server=SERVER_URL,
        )
    if find_spec("psycopg") is None:
        raise StartError("What speaks to PostgreSQL is not installed. Type: pip install 'hello-circle[postgresql]'")
    return parsed


def shown(origin: Origin) -> str | Explained:
    """Name a database for the operator: its file, or which one on which server, without a user or a password.

    Written as a string it is English, as it is noted and logged; `shown_again` reads that.
    """
    if isinstance(origin, Path):
        return str(origin)
    url = server_url(origin)
    host = url.host or url.query.get("host")
    return _on_server(str(url.database), ", ".join(host) if isinstance(host, tuple) else host)


def shown_again(noted: str) -> str | Explained:
    """Name a database for the operator from what `shown` wrote."""
    database, on, host = noted.rpartition(" on ")
    return _on_server(database, None if host == _HERE else host) if on and not Path(noted).is_absolute() else noted


def _on_server(database: str, host: str | None) -> Explained:
    if host is None:
        return Explained("{database} on this machine", database=database)
    return Explained("{database} on {host}", database=database, host=host)


def short_name(origin: Origin) -> str:
    """Name a database in few letters, for the names of its copies."""
    return origin.stem if isinstance(origin, Path) else (server_url(origin).database or "").replace("/", "-")
