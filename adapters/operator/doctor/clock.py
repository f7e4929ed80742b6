"""Looks at the clock of the machine, and at how old its knowledge of time zones is."""

import zoneinfo
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import aiohttp

from adapters.dates import time_at
from adapters.findings import Finding, fail, ok, warn
from adapters.operator.doctor.look import Subject
from bot.engine.clock import WRONG_BY
from bot.ui.text import t
from bot.ui.values import Count, UserText

A_LITTLE = timedelta(seconds=30)
YEARS_OLD = 2
ZONES = "tzdata.zi"


async def clock_findings(look: Subject) -> AsyncIterator[Finding]:
    """Compare the machine's clock with what the platforms say, and name the version of the time zones."""
    yield await _clock(look)
    yield _zones(look)


async def _clock(look: Subject) -> Finding:
    asked = {"Discord": f"{look.settings.discord_api_url}/gateway"} if _on(look, "discord_token") else {}
    asked |= {"Slack": f"{look.settings.slack_api_url}api.test"} if _on(look, "slack_bot_token") else {}
    if not asked:
        return ok("clock", t("No platform is set up that could tell the time."))
    for name, url in asked.items():
        try:
            theirs = await time_at(url)
        except (aiohttp.ClientError, TimeoutError, OSError):
            continue
        if theirs is None:
            continue
        off = abs(look.now - theirs)
        said = {"seconds": Count(int(off.total_seconds())), "platform": UserText(name)}
        mend = t("Set the clock of this machine, for example with: {line}", line=UserText("timedatectl set-ntp true"))
        if off > WRONG_BY:
            return fail("clock", t("The clock is {seconds} s away from {platform}'s.", **said), mend)
        if off > A_LITTLE:
            return warn("clock", t("The clock is {seconds} s away from {platform}'s.", **said), mend)
        return ok("clock", t("The clock is right, to {seconds} s, by {platform}'s.", **said))
    return warn("clock", t("No platform told the time."), t("Look at the network of this machine."))


def _on(look: Subject, setting: str) -> bool:
    return bool(getattr(look.settings, setting).get_secret_value().strip())


def _zones(look: Subject) -> Finding:
    known = zones_version()
    year = int(known[:4]) if known[:4].isdecimal() else 0
    if look.now.year - year >= YEARS_OLD:
        seen = t("The time zones are of {version}. Hours may be wrong in some countries.", version=UserText(known))
        return warn("zones", seen, t("Update the package tzdata of this machine."))
    return ok("zones", t("The time zones are of {version}.", version=UserText(known)))


def zones_version() -> str:
    """Name the version of the time zones that Python uses: the machine's, else the package's."""
    for folder in map(Path, zoneinfo.TZPATH):
        try:
            with (folder / ZONES).open(encoding="utf-8") as zones:
                first = zones.readline()
        except OSError:
            if folder.is_dir() and (folder / "UTC").exists():
                return version("tzdata")
            continue
        return first.rpartition(" ")[2].strip()
    return version("tzdata")
