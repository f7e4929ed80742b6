"""`hello-circle demo --web` as it is started: it prints its address, opens a browser, and ends when it is asked to."""

import asyncio
import os
import re
import signal
import stat
import subprocess
import sys
import webbrowser
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic

import pytest
from typer.testing import CliRunner

from adapters.cli import app
from adapters.web import demo

PROGRAM = Path(sys.executable).with_name("hello-circle")


def started(folder: Path, *options: str, **surroundings: str) -> subprocess.Popen[str]:
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm", **surroundings}  # noqa: TID251 - of the test
    command = [PROGRAM, "demo", "--web", "--port", "0", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603


def browser_in(folder: Path, name: str) -> Path:
    """Make a browser that only notes what it is asked to open."""
    program = folder / name
    program.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def lives(process: subprocess.Popen[str], opened: Path | None = None) -> tuple[str, str]:
    """Wait for the address, and for the browser where one opens, then end it; gives the address and what it said besides."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "Ctrl-C" in process.stdout.readline()
    end = monotonic() + 120
    while opened is not None and not (opened.exists() and opened.read_text(encoding="utf-8")):
        assert monotonic() < end, "no browser was opened"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    return line.split()[-1], errors


def test_it_prints_its_address_and_opens_it_where_there_is_a_browser(tmp_path: Path) -> None:
    address, errors = lives(started(tmp_path, BROWSER=str(browser_in(tmp_path, "some-browser"))), tmp_path / "opened")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == address
    assert errors == ""


@asynccontextmanager
async def nothing_lived(*_: object) -> AsyncGenerator[None]:
    """Stand where the first circle lives its six weeks, which takes seconds and changes nothing here."""
    yield None


@contextmanager
def stopped_at_once() -> Generator[asyncio.Event]:
    stopped = asyncio.Event()
    stopped.set()
    yield stopped


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let a demo begin and end at once in this process; gives the folder of its browsers."""
    monkeypatch.setattr(demo.Circles, "begun", nothing_lived)
    monkeypatch.setattr(demo, "_stopping", stopped_at_once)
    monkeypatch.setattr(demo, "set_up_logging", lambda _: None)
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})
    return tmp_path


@pytest.mark.parametrize(
    ("name", "public", "opens", "opened"),
    [
        ("chosen", False, True, True),
        ("w3m", False, True, False),
        ("chosen", False, False, False),
        ("chosen", True, True, False),
    ],
)
async def test_it_takes_no_terminal_and_opens_nothing_unasked(
    quick: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, public: bool, opens: bool, opened: bool
) -> None:
    monkeypatch.setenv("BROWSER", str(browser_in(quick, name)))
    assert await demo.run_web_demo(None, (demo.HOST, 0), public=public, opens=opens) is None
    assert (quick / "opened").exists() is opened


@pytest.mark.parametrize(("host", "far"), [("127.0.0.1", 0), ("127.0.0.7", 0), ("0.0.0.0", 1)])  # noqa: S104 - of the test
@pytest.mark.usefixtures("quick")
async def test_a_page_that_other_machines_reach_is_told(
    host: str, far: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await demo.run_web_demo(None, (host, 0), public=True, opens=False) is None
    printed = capsys.readouterr().out
    assert printed.count("Let only your proxy reach it.") == far
    assert f"http://{host}:" in printed


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--web", "--db", "circle.db"), "--db is for the terminal"),
        (("--web", "--at", "yesterday"), "this is not a time"),
        (("--web", "--listen", "10.0.0.7"), "--listen is for --public"),
        (("--web", "--public", "--listen", "try.example.org"), "--listen takes the number of an address"),
        (("--web", "--public", "--listen", "198.51.100.7"), "--port 198.51.100.7:8300 cannot be used"),
        (("--port", "1"), "--port, --public and --listen are for --web; add it."),
        (("--listen", "127.0.0.1"), "--port, --public and --listen are for --web; add it."),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], word: str
) -> None:
    monkeypatch.setattr(demo.Circles, "begun", nothing_lived)
    monkeypatch.setattr(demo, "set_up_logging", lambda _: None)
    ended = CliRunner().invoke(app, ["demo", *options])
    assert ended.exit_code == 2
    assert ended.stderr.startswith("hello-circle: ")
    assert word in ended.stderr
    assert ended.stderr.count("\n") == 1
