"""`hello-circle demo --web` as it is started: it prints its address, opens a browser, and ends when it is asked to."""

import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

PROGRAM = Path(sys.executable).with_name("hello-circle")


def started(folder: Path, *options: str, **surroundings: str) -> subprocess.Popen[str]:
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm", **surroundings}  # noqa: TID251 - of the test
    command = [PROGRAM, "demo", "--web", "--port", "0", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603


def browser_in(folder: Path, name: str) -> Path:
    """Make a browser that only notes what it is asked to open."""
    made = folder / name
    made.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n', encoding="utf-8")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def lives(process: subprocess.Popen[str], opened: Path | None = None) -> tuple[str, str]:
    """Wait for the address, and for the browser where one opens, then end it; gives the address and what it said besides."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "Ctrl-C" in process.stdout.readline()
    end = monotonic() + 30
    while opened is not None and not (opened.exists() and opened.read_text(encoding="utf-8")):
        assert monotonic() < end, "no browser was opened"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    return line.split()[-1], said


def test_it_prints_its_address_and_opens_it_where_there_is_a_browser(tmp_path: Path) -> None:
    address, said = lives(started(tmp_path, BROWSER=str(browser_in(tmp_path, "some-browser"))), tmp_path / "opened")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == address
    assert said == ""


@pytest.mark.parametrize(("options", "name"), [((), "w3m"), (("--no-open",), "chosen"), (("--public",), "chosen")])
def test_it_takes_no_terminal_and_opens_nothing_unasked(tmp_path: Path, options: tuple[str, ...], name: str) -> None:
    lives(started(tmp_path, *options, BROWSER=str(browser_in(tmp_path, name))))
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--db", "circle.db"), "--db is for the terminal"),
        (("--at", "yesterday"), "this is not a time"),
        (("--listen", "10.0.0.7"), "--listen is for --public"),
        (("--public", "--listen", "try.example.org"), "--listen takes the number of an address"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path: Path, options: tuple[str, ...], word: str) -> None:
    process = started(tmp_path, "--no-open", *options)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.startswith("hello-circle: ")
    assert word in said
    assert said.count("\n") == 1


def test_options_of_the_page_need_the_page() -> None:
    ended = subprocess.run([PROGRAM, "demo", "--port", "1"], capture_output=True, text=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stderr) == (
        2,
        "hello-circle: --port, --public and --listen are for --web; add it.\n",
    )
