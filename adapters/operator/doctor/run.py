"""Runs every check, and shows what was found: for people, or as JSON for programs."""

import json
import platform
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from textwrap import wrap

import aiohttp

from adapters.findings import Finding, Severity, ok, worst
from adapters.operator.doctor.clock import clock_findings
from adapters.operator.doctor.database import copy_findings, database_findings, unreadable
from adapters.operator.doctor.look import CheckContext
from adapters.operator.doctor.platforms import discord_findings, slack_findings
from adapters.operator.doctor.processes import process_findings
from adapters.operator.doctor.sending import bot_findings, schedule_findings
from adapters.operator.doctor.settings import key_findings, not_loaded, settings_findings
from adapters.wording import explained
from bot.config import SettingsError, keys_of, load_settings
from bot.engine.clock import Clock
from bot.features import everything
from bot.store.address import origin_of
from bot.store.errors import StoreError
from bot.store.keyring import KeyRing
from bot.store.migrate import HEAD
from bot.store.sqlite import SQLITE
from bot.ui.languages import SOURCE
from bot.ui.text import Text, t, tn
from bot.ui.values import UserText
from bot.ui.voice import say

WIDTH = 80
STANDING, CHECK = 6, 17
"""Columns of the first two words of a line."""


async def examine(clock: Clock) -> list[Finding]:
    """Run every check once."""
    try:
        settings = load_settings()
        ring, path = KeyRing.parse(keys_of(settings)), origin_of(settings.database_url)
    except (SettingsError, StoreError) as problem:
        return [not_loaded(explained(problem)), _versions()]
    async with aiohttp.ClientSession() as session:
        look = CheckContext(settings, ring, path, everything(), session, clock.now())
        problem = unreadable(look)
        if problem is not None:
            return [problem, *[finding async for finding in _every_check(replace(look, readable=False))]]
        return [finding async for finding in _every_check(look)]


async def _every_check(look: CheckContext) -> AsyncIterator[Finding]:
    for finding in (*settings_findings(look), *key_findings(look), *database_findings(look), *copy_findings(look)):
        yield finding
    for group in (clock_findings(look), discord_findings(look), slack_findings(look), bot_findings(look)):
        async for finding in group:
            yield finding
    for finding in (*process_findings(look), *schedule_findings(look)):
        yield finding
    yield _versions()


def _versions() -> Finding:
    return ok(
        "versions",
        t(
            "Program {program}, schema {schema}, Python {python}, SQLite {sqlite}.",
            program=UserText(version("hello-circle")),
            schema=UserText(HEAD),
            python=UserText(platform.python_version()),
            sqlite=UserText(SQLITE),
        ),
    )


def as_text(findings: Sequence[Finding], language: str) -> str:
    """Write the findings for a person: one line each, with the way to mend it below."""
    lines: list[str] = []
    for finding in findings:
        head = f"{finding.standing.name.lower():<{STANDING}}{finding.check:<{CHECK}}"
        lines += _wrapped(head, say(finding.seen, language))
        if finding.mend is not None:
            lines += _wrapped(" " * (STANDING + CHECK) + "→ ", say(finding.mend, language))
    return "\n".join([*lines, say(_summary(findings), language)]) + "\n"


def _wrapped(head: str, words: str) -> list[str]:
    """Break a line at 80 columns; what is to be copied, such as a link, stays whole."""
    room = WIDTH - len(head)
    parts = wrap(words, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [(head if number == 0 else " " * len(head)) + part for number, part in enumerate(parts)]


def _summary(findings: Sequence[Finding]) -> Text:
    problems = [finding for finding in findings if finding.standing is not Severity.OK]
    if not problems:
        return t("Everything is well.")
    return tn("{n} thing is to be mended.", "{n} things are to be mended.", len(problems))


def as_json(findings: Sequence[Finding]) -> str:
    """Write the findings for a program, in English."""
    checks = [
        {
            "check": finding.check,
            "result": finding.standing.name.lower(),
            "seen": say(finding.seen, SOURCE),
            "mend": None if finding.mend is None else say(finding.mend, SOURCE),
        }
        for finding in findings
    ]
    return json.dumps({"result": worst(findings).name.lower(), "checks": checks}, ensure_ascii=False, indent=2)


async def doctor(clock: Clock, language: str, *, json_wanted: bool) -> tuple[str, Severity]:
    """Look at everything; returns what to print, and how the whole stands."""
    findings = await examine(clock)
    return as_json(findings) if json_wanted else as_text(findings, language), worst(findings)
