"""Reads and runs the scripts of `docs/examples`: steps as the console takes them, and what people see after each.

A line after a step says what is seen: `#> words` somebody sees, `#> @omar: words` he sees, `#> #digest: words` the
channel shows; `#- words` says what nobody (or he, or the channel) sees. To the console these lines are comments.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.console.batch import START, a_session
from adapters.console.screen import ScreenEntry
from adapters.console.script import read_time, run_line
from adapters.console.session import Session
from bot.ui.voice import say

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
ZONE = "America/Toronto"
_CHECK = re.compile(r"#([>-])\s+(?:([@#][a-z0-9_-]+):\s+)?(.+)")


@dataclass(frozen=True, slots=True)
class Check:
    """What must, or must not, be seen after a step."""

    number: int
    wanted: bool
    who: str | None
    words: str


@dataclass(slots=True)
class Step:
    """One line of a script with its checks."""

    number: int
    line: str
    checks: list[Check] = field(default_factory=list[Check])


def files() -> list[Path]:
    return sorted(EXAMPLES.glob("*.txt"))


def read_steps(lines: Sequence[str]) -> list[Step]:
    steps: list[Step] = []
    for number, line in enumerate(lines, start=1):
        check = _CHECK.fullmatch(line.strip())
        if check:
            steps[-1].checks.append(Check(number, check[1] == ">", check[2], check[3]))
        elif line.strip() and not line.strip().startswith("#"):
            steps.append(Step(number, line))
    return steps


def steps_of(path: Path) -> list[Step]:
    return read_steps(path.read_text(encoding="utf-8").splitlines())


async def run_example(steps: Sequence[Step], folder: Path) -> list[str]:
    """Run the steps on a fresh community; returns what was not as the file says."""
    wrong: list[str] = []
    start = read_time(START, ZoneInfo(ZONE))
    async with a_session(str(folder / "circle.db"), start, ZONE) as session:
        for step in steps:
            wrong += await _run_step(session, step)
    return wrong


async def _run_step(session: Session, step: Step) -> list[str]:
    seen = await run_line(session, step.line)
    wrong = [
        f"line {check.number}: {'not seen' if check.wanted else 'seen'}: {check.words}\n{_all(seen, check.who)}"
        for check in step.checks
        if (check.words in _all(seen, check.who)) is not check.wanted
    ]
    unexpected = [answer for answer in seen if answer.error and not step.checks]
    return wrong + [f"line {step.number}: {answer.error}: {answer.text}" for answer in unexpected]


def _all(seen: Sequence[ScreenEntry], who: str | None) -> str:
    """Everything that was seen, as one text: words, buttons, forms, the beginnings of files."""
    return "\n".join(_one(answer) for answer in seen if who is None or answer.to == who)


def _one(seen: ScreenEntry) -> str:
    words = [seen.text, *(label for label, _ in seen.buttons), *seen.suggestions]
    if seen.form is not None:
        words.append(say(seen.form.title, seen.language))
        for field in seen.form.fields:
            words += [
                say(field.label, seen.language),
                say(field.hint, seen.language) if field.hint else "",
                field.value,
            ]
    words += [f"{file.name}\n{file.content}" for file in seen.files]
    return "\n".join(words)
