"""Runs every check, and shows what was found: for people, or as JSON for programs."""

import json
import platform
import sqlite3
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from textwrap import wrap

import aiohttp

from adapters.findings import Finding, Standing, ok, worst
from adapters.operator.doctor.clock import clock_findings
from adapters.operator.doctor.database import copy_findings, database_findings, unreadable
from adapters.operator.doctor.look import Subject
from adapters.operator.doctor.platforms import discord_findings, slack_findings
from adapters.operator.doctor.sending import bot_findings, schedule_findings
from adapters.operator.doctor.settings import key_findings, not_loaded, settings_findings
from bot.config import SettingsError, keys_of, load_settings
from bot.engine.clock import Clock
from bot.features import everything
from bot.store.errors import StoreError
from bot.store.keyring import KeyRing
from bot.store.migrate import HEAD
from bot.store.sqlite import path_of
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
        ring, path = KeyRing.parse(keys_of(settings)), path_of(settings.database_url)
    except (SettingsError, StoreError) as problem:
        return [not_loaded(str(problem)), _versions()]
    async with aiohttp.ClientSession() as session:
        look = Subject(settings, ring, path, everything(), session, clock.now())
        problem = unreadable(look)
        if problem is not None:
            return [problem, *[each async for each in _every(replace(look, readable=False))]]
        return [each async for each in _every(look)]


async def _every(look: Subject) -> AsyncIterator[Finding]:
    for each in (*settings_findings(look), *key_findings(look), *database_findings(look), *copy_findings(look)):
        yield each
    for group in (clock_findings(look), discord_findings(look), slack_findings(look), bot_findings(look)):
        async for each in group:
            yield each
    for each in schedule_findings(look):
        yield each
    yield _versions()


def _versions() -> Finding:
    return ok(
        "versions",
        t(
            "Program {program}, schema {schema}, Python {python}, SQLite {sqlite}.",
            program=UserText(version("hello-circle")),
            schema=UserText(HEAD),
            python=UserText(platform.python_version()),
            sqlite=UserText(sqlite3.sqlite_version),
        ),
    )


def as_text(found: Sequence[Finding], language: str) -> str:
    """Write the findings for a person: one line each, with the way to mend it below."""
    lines: list[str] = []
    for each in found:
        head = f"{each.standing.name.lower():<{STANDING}}{each.check:<{CHECK}}"
        lines += _wrapped(head, say(each.seen, language))
        if each.mend is not None:
            lines += _wrapped(" " * (STANDING + CHECK) + "→ ", say(each.mend, language))
    return "\n".join([*lines, say(_summary(found), language)]) + "\n"


def _wrapped(head: str, words: str) -> list[str]:
    """Break a line at 80 columns; what is to be copied, such as a link, stays whole."""
    room = WIDTH - len(head)
    parts = wrap(words, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [(head if number == 0 else " " * len(head)) + part for number, part in enumerate(parts)]


def _summary(found: Sequence[Finding]) -> Text:
    bad = [each for each in found if each.standing is not Standing.OK]
    if not bad:
        return t("Everything is well.")
    return tn("{n} thing is to be mended.", "{n} things are to be mended.", len(bad))


def as_json(found: Sequence[Finding]) -> str:
    """Write the findings for a program, in English."""
    checks = [
        {
            "check": each.check,
            "result": each.standing.name.lower(),
            "seen": say(each.seen, SOURCE),
            "mend": None if each.mend is None else say(each.mend, SOURCE),
        }
        for each in found
    ]
    return json.dumps({"result": worst(found).name.lower(), "checks": checks}, ensure_ascii=False, indent=2)


async def doctor(clock: Clock, language: str, *, json_wanted: bool) -> tuple[str, Standing]:
    """Look at everything; returns what to print, and how the whole stands."""
    found = await examine(clock)
    return as_json(found) if json_wanted else as_text(found, language), worst(found)
