"""Looks at the bot that runs, at when each digest comes next, and at what waits to be sent."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from adapters.findings import Finding, fail, ok, warn
from adapters.operator.doctor.look import CheckContext
from adapters.operator.program import line as typed
from adapters.wording import span
from bot.scheduling.weekly import WeeklyPost
from bot.store.looking import CommunityLocation, homes, outstanding
from bot.ui.text import Text, t, tn
from bot.ui.values import Count, UserText

PATIENCE = aiohttp.ClientTimeout(total=5)
MOST_SHOWN = 3
LATE = timedelta(minutes=5)
"""A round comes every 20 seconds; what has waited longer, nobody takes up."""


def homes_of(look: CheckContext, platform: str) -> list[CommunityLocation]:
    """List the communities of one platform that are set up."""
    return [home for home in _homes(look) if home.platform == platform]


def _homes(look: CheckContext) -> list[CommunityLocation]:
    weekly = [kind for kind, schedule in look.product.schedules.items() if isinstance(schedule, WeeklyPost)]
    with look.database() as tx:
        return [] if tx is None else homes(tx, weekly)


async def bot_findings(look: CheckContext) -> AsyncIterator[Finding]:
    """Look whether the bot runs, and ask it how it is, where it can be asked."""
    if not look.running:
        seen = t("The bot does not run.")
        yield warn("bot", seen, t("Start it: {line}", line=typed("run")))
        return
    port = look.settings.health_port
    if port is None:
        yield ok("bot", t("The bot runs."))
        return
    try:
        url = f"http://{_reached(look.settings.health_host)}:{port}/readyz"
        async with look.session.get(url, timeout=PATIENCE) as answer:
            report: Any = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        yield _silent(look, UserText(str(port)))
        return
    for finding in _report_findings(report):
        yield finding


def _silent(look: CheckContext, port: UserText) -> Finding:
    """Say that nobody answers; on a server the bots that run may all be on other machines."""
    if isinstance(look.path, str):
        seen = t("A bot has the database open, and none answers here at port {port}.", port=port)
        return fail("bot", seen, t("Start the one of this machine: {line}", line=typed("run")))
    seen = t("The bot runs, and does not answer at port {port}.", port=port)
    return fail("bot", seen, t("Start it again. If it stays so, look at its log."))


def _reached(host: str) -> str:
    """Tell where a bot is reached that listens at an address, which may be every address of the machine."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - read, and not listened at


def _report_findings(report: Any) -> Iterator[Finding]:
    """Read the report of `/readyz` into findings."""
    try:
        seen = {str(name): (bool(check["ok"]), str(check["seen"])) for name, check in report["checks"].items()}
    except (KeyError, TypeError, AttributeError):
        mend = t("Set HEALTH_PORT to the port of this bot.")
        yield fail("bot", t("Something else answers at the port of the bot."), mend)
        return
    failing = {name: words for name, (good, words) in seen.items() if not good}
    for name, words in failing.items():
        what = t("The bot says of {what}: {seen}", what=UserText(name), seen=UserText(words))
        yield fail("bot", what, t("Mend what it names. If it stays so, start it again and look at its log."))
    if not failing:
        yield ok("bot", tn("The bot runs; its {n} check is good.", "The bot runs; its {n} checks are good.", len(seen)))


def schedule_findings(look: CheckContext) -> Iterator[Finding]:
    """Say when each digest comes next, and what waits."""
    communities = _homes(look)
    for home in communities[:MOST_SHOWN]:
        yield _digest(home)
    if len(communities) > MOST_SHOWN:
        later_posts = [home.next_post for home in communities[MOST_SHOWN:] if home.next_post is not None]
        yield _others(later_posts, len(communities) - MOST_SHOWN)
    with look.database() as tx:
        if tx is None:
            return
        waiting = outstanding(tx)
    if waiting.uncertain:
        seen = tn(
            "Of {n} post nobody knows whether it is there.",
            "Of {n} posts nobody knows whether they are there.",
            waiting.uncertain,
        )
        yield warn("posts", seen, t("The organisers have a private message about it. They press a button there."))
    late_since = waiting.overdue_since
    if late_since is not None and look.now - late_since > LATE:
        seen = t("Something was due {time} ago, and was not sent.", time=span(look.now - late_since))
        mend = t("Start the bot: {line}", line=typed("run"))
        if look.running:
            yield fail("waiting", seen, t("Look at the log of the bot, then start it again."))
        else:
            yield warn("waiting", seen, mend)
        return
    yield ok(
        "waiting",
        t(
            "Posts that wait: {posts}. Private messages that wait: {notices}.",
            posts=Count(waiting.posts),
            notices=Count(waiting.notices),
        ),
    )


def _digest(home: CommunityLocation) -> Finding:
    where = UserText(f"{home.platform} {home.platform_id}")
    if home.next_post is None:
        return warn("digest", t("{where}: no digest is planned.", where=where), t("Type /community setup there again."))
    return ok(
        "digest", t("{where}: {local} ({utc})", where=where, local=_local(home), utc=UserText(_utc(home.next_post)))
    )


def _local(home: CommunityLocation) -> Text:
    assert home.next_post is not None  # noqa: S101 - asked before
    local = home.next_post.astimezone(ZoneInfo(home.zone))
    return t("{when} in {zone}", when=UserText(f"{local:%Y-%m-%d %H:%M}"), zone=UserText(home.zone))


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _others(later_posts: Sequence[datetime], number: int) -> Finding:
    if len(later_posts) < number:
        missing = number - len(later_posts)
        seen = tn("{n} more community has no digest planned.", "{n} more communities have no digest planned.", missing)
        return warn("digest", seen, t("Type /community setup there again."))
    first = UserText(_utc(min(later_posts)))
    return ok(
        "digest",
        tn("{n} more community, at {first}.", "{n} more communities, the first at {first}.", number, first=first),
    )
