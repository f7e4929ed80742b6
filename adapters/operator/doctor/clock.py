"""Looks at the clock of the machine, and at how old its knowledge of time zones is."""

import zoneinfo
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import aiohttp

from adapters.dates import time_at
from adapters.findings import Finding, fail, ok, warn
from adapters.operator.doctor.look import CheckContext
from bot.engine.clock import WRONG_BY
from bot.ui.text import t
from bot.ui.values import Count, UserText

A_LITTLE = timedelta(seconds=30)
YEARS_OLD = 2
ZONES = "tzdata.zi"


async def clock_findings(look: CheckContext) -> AsyncIterator[Finding]:
    """Compare the machine's clock with what the platforms say, and name the version of the time zones."""
    yield await _clock(look)
    yield _zones(look)


async def _clock(look: CheckContext) -> Finding:
    urls = {"Discord": f"{look.settings.discord_api_url}/gateway"} if _on(look, "discord_token") else {}
    urls |= {"Slack": f"{look.settings.slack_api_url}api.test"} if _on_slack(look) else {}
    if not urls:
        return ok("clock", t("No platform is set up that could tell the time."))
    for name, url in urls.items():
        try:
            platform_time = await time_at(url)
        except (aiohttp.ClientError, TimeoutError, OSError):
            continue
        if platform_time is None:
            continue
        difference = abs(look.present - platform_time)
        reading = {"seconds": Count(int(difference.total_seconds())), "platform": UserText(name)}
        mend = t("Set the clock of this machine, for example with: {line}", line=UserText("timedatectl set-ntp true"))
        if difference > WRONG_BY:
            return fail("clock", t("The clock is {seconds} s away from {platform}'s.", **reading), mend)
        if difference > A_LITTLE:
            return warn("clock", t("The clock is {seconds} s away from {platform}'s.", **reading), mend)
        return ok("clock", t("The clock is right, to {seconds} s, by {platform}'s.", **reading))
    return warn("clock", t("No platform told the time."), t("Look at the network of this machine."))


def _on_slack(look: CheckContext) -> bool:
    return bool(look.settings.slack_client_id.strip()) or _on(look, "slack_bot_token")


def _on(look: CheckContext, setting: str) -> bool:
    return bool(getattr(look.settings, setting).get_secret_value().strip())


def _zones(look: CheckContext) -> Finding:
    tzdata_version = zones_version()
    year = int(tzdata_version[:4]) if tzdata_version[:4].isdecimal() else 0
    if look.now.year - year >= YEARS_OLD:
        seen = t(
            "The time zones are of {version}. Hours may be wrong in some countries.", version=UserText(tzdata_version)
        )
        return warn("zones", seen, t("Update the package tzdata of this machine."))
    return ok("zones", t("The time zones are of {version}.", version=UserText(tzdata_version)))


def zones_version() -> str:
    """Name the version of the time zones that Python uses: the machine's, else the package's."""
    for folder in map(Path, zoneinfo.TZPATH):
        try:
            with (folder / ZONES).open(encoding="utf-8") as zones:
                first_line = zones.readline()
        except OSError:
            if folder.is_dir() and (folder / "UTC").exists():
                return version("tzdata")
            continue
        return first_line.rpartition(" ")[2].strip()
    return version("tzdata")
