"""What a database URL means: a SQLite file, or a PostgreSQL server; how it is written, and what of it may be shown."""

from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StartError
from bot.store.sqlite import path_of

SERVERS = ("postgresql", "postgres")
"""How the URL of a server begins; a driver may follow after a plus."""
EXAMPLE = "postgresql://hello:PASSWORD@db.example.org/hello_circle"


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


def home_of(origin: Origin) -> Path:
    """Give the folder for what is kept beside a database: its own, or the present one for a server."""
    return origin.parent if isinstance(origin, Path) else Path.cwd()


def server_url(text: str) -> sa.URL:
    """Read the URL of a server.

    Raises:
        StartError: it cannot be read; the message does not repeat it, because it may hold a password.
    """
    try:
        parsed = sa.make_url(text)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or not is_server(text) or not parsed.database:
        raise StartError("The database URL cannot be read; write it as {example}.", example=EXAMPLE)
    if find_spec("psycopg") is None:
        raise StartError("What speaks to PostgreSQL is not installed. Type: pip install 'hello-circle[postgresql]'")
    return parsed


def shown(origin: Origin) -> str:
    """Name a database for the operator: its file, or which one on which server, without a user or a password."""
    if isinstance(origin, Path):
        return str(origin)
    url = server_url(origin)
    return f"{url.database} on {url.host or _socket(url)}"


def _socket(url: sa.URL) -> str:
    host = url.query.get("host", "this machine")
    return host if isinstance(host, str) else ", ".join(host)


def short_name(origin: Origin) -> str:
    """Name a database in few letters, for the names of its copies."""
    return origin.stem if isinstance(origin, Path) else server_url(origin).database or ""
