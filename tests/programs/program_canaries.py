"""Words of members, in every field and through every failure, are in no log and not readable in the file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.store import RING, path_in

ROOT = Path(__file__).parent.parent.parent
CANARY = "Zqcanary"
SCRIPT = f"""
@{CANARY}user /start language:en zone:Toronto work:"{CANARY}a" number:2 board:name
@{CANARY}user /lead add name:"{CANARY}b" organisation:"{CANARY}c" why:"{CANARY}d"
@{CANARY}user /lead add name:"{CANARY}b" organisation:"{CANARY}c" why:"{CANARY}e"
@{CANARY}user /lead edit lead:"{CANARY}b" notes:"{CANARY}f"
@{CANARY}user /ask sent lead:"{CANARY}b"
@{CANARY}user /ask replied lead:"{CANARY}b" answer:yes
@{CANARY}user /meeting plan lead:"{CANARY}b" when:"friday 14:00" place:"{CANARY}g"
@{CANARY}user /meeting log lead:"{CANARY}b" reached:yes human:"{CANARY}h" names:"{CANARY}i at {CANARY}j" want:"{CANARY}k"
@{CANARY}user press "Add 1 name to my list"
@{CANARY}user press "Write what I learned"
@{CANARY}user fill want:"{CANARY}l" no_longer:"{CANARY}m"
@{CANARY}user /week plan asks:2 sentence:"{CANARY}n"
@{CANARY}user /week report asks:0 help:"{CANARY}o"
@{CANARY}user /board join as:nickname nickname:"{CANARY}p"
@{CANARY}user /win share text:"{CANARY}q" show:name
@{CANARY}user /tip share text:"{CANARY}r"
@{CANARY}user /lead add name:"{CANARY}s" organisation:"{CANARY}t" why:"{CANARY}u a@b.ca"
@{CANARY}user /lead show lead:"{CANARY}zzz"
@organiser as organiser
@organiser /community settings roles:"{CANARY}C, nurse"
@{CANARY}user /me settings zone:"{CANARY}v" language:"{CANARY}w" reminders:"{CANARY}x"
@{CANARY}user /{CANARY}y
@{CANARY}user /lead next {CANARY}z
@{CANARY}user /fail now words:"{CANARY}A"
@{CANARY}user /fail saving words:"{CANARY}B"
@{CANARY}user suggest /lead show lead:"{CANARY}"
@{CANARY}user suggest /fail now words:"{CANARY}"
redeliver
@{CANARY}user speaks fr
@{CANARY}user /lead list
at 2026-03-24T12:00
restart
@{CANARY}user /me export
@{CANARY}user /me inbox
@{CANARY}user /me forget
@{CANARY}user press "Yes, erase everything"
"""
PROGRAM = '''
import asyncio, json, sys
from pathlib import Path

import pytest
from typing import Annotated
from adapters.console.script import run_line
from adapters.log import set_up_logging
from bot.features import everything
from bot.features.registry import command, family
from bot.engine.rules import Line
from bot.ui.text import t
from tests.support.console import open_console

class Suggesting(Line):
    def suggest(self, call, typed):
        raise RuntimeError(typed)

family("fail", t("Fails."), place=99)

@command("fail now")
def fail(call, *, words: Annotated[str, Suggesting(label=t("Words"))]):
    """Fail with a member's words in the fault."""
    raise RuntimeError(words)

@command("fail saving")
def saving(call, *, words: Annotated[str, Line(label=t("Words"))]):
    """Fail while a member's words are saved."""
    from sqlalchemy import text
    call.tx.execute(text("insert into nowhere values (:words)"), {"words": words})

async def go(folder, lines):
    set_up_logging("DEBUG", sys.argv[3], development=sys.argv[2] == "development")
    seen = []
    async with open_console(folder) as circle:
        for line in lines:
            seen += [(line, each.error, each.text) for each in await run_line(circle.session, line)]
    print(json.dumps(seen))

asyncio.run(go(Path(sys.argv[1]), sys.stdin.read().splitlines()))
'''


def run(folder: Path, environment: str, style: str = "json") -> subprocess.CompletedProcess[str]:
    """Run the script in a process of its own, with the logs of an environment."""
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM, str(folder), environment, style],
        cwd=ROOT,
        input=SCRIPT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},  # noqa: TID251
    )
    assert ran.returncode == 0, ran.stderr
    return ran


@pytest.mark.parametrize("style", ["json", "text"])
def test_in_development_the_record_of_a_fault_says_what_the_fault_says(tmp_path: Path, style: str) -> None:
    log = run(tmp_path, "development", style).stderr
    assert f"RuntimeError: {CANARY}A" in log
    assert "no such table: nowhere" in log
    records = [line for line in log.splitlines() if '"incident":' in line or " incident=" in line]
    assert len(records) == 4 if style == "json" else records


def test_no_word_of_a_member_is_in_a_log_or_readable_in_the_file(tmp_path: Path) -> None:
    ran = run(tmp_path, "production")
    seen = json.loads(ran.stdout)
    errors = [error for _, error, _ in seen]
    # Everything was really tried: successes, refusals and faults, and the words reached those who may see them.
    assert {None, "bad-value", "not-found", "unknown-command", "internal"} <= set(errors), errors
    assert errors.count(None) >= 18
    assert sum(CANARY in text for _, _, text in seen) >= 10
    logged = [json.loads(line) for line in ran.stderr.splitlines()]
    assert {"answered", "incident", "store open"} <= {record["event"] for record in logged}
    assert CANARY.lower() not in ran.stderr.lower()
    # Python keeps a string in memory; the file and its journal must hold none of it.
    assert path_in(tmp_path).stat().st_size > 50_000
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert CANARY.lower().encode() not in path.read_bytes().lower(), path.name


async def test_while_it_runs_the_file_and_its_journal_hold_no_word_of_a_member(circle) -> None:
    await circle.run(f'@amina /lead add name:"{CANARY}" organisation:"{CANARY}" why:"{CANARY}"')
    await circle.run(f'@amina /lead add name:"{CANARY}" organisation:"x" why:"{CANARY} a@b.ca"')
    assert len(circle.stored) > 50_000
    assert CANARY.encode() not in circle.stored
    assert CANARY.lower().encode() not in circle.stored.lower()
    assert RING.encode() not in circle.stored
