"""The demo: a small community with six weeks behind it, in this terminal, as Amina."""

from zoneinfo import ZoneInfo

from adapters.console import verbs
from adapters.console.batch import a_session
from adapters.console.prompt import talk
from adapters.console.script import read_time
from adapters.log import set_up_logging
from adapters.wording import worded
from bot.config import SettingsError
from bot.store.errors import StoreError
from bot.ui.text import Text, t
from bot.ui.values import UserText
from bot.ui.voice import say

START = "2026-03-12T18:00"
"""A Thursday evening, so that Monday is near."""
ZONE = "America/Toronto"
ME = "amina"
TRY = (
    (t("/lead next"), t("the one thing to do now")),
    (t("/lead add"), t("a form; answer it, then press a button by its number")),
    (verbs.MONDAY, t("move the clock, and see the digest with the leaderboard")),
    (verbs.BE, t("be another member")),
    (t("/help"), t("everything you can do")),
    (verbs.QUIT, t("the end")),
)


def greeting(language: str) -> list[Text]:
    """Say where the person is, and what can be typed, in two columns."""
    typed = [say(line, language) for line, _ in TRY]
    width = max(map(len, typed))
    rows = zip(typed, TRY, strict=True)
    return [
        t("You are Amina. You look for work in Toronto, with seven others."),
        t("Nothing leaves this machine. Try these, one after the other:"),
        *(t("  {typed}  {what}", typed=UserText(line.ljust(width)), what=meaning) for line, (_, meaning) in rows),
    ]


async def run_demo(at: str | None, db: str | None) -> str | None:
    """Run the demo until the person leaves; returns the problem that stopped it, if one did."""
    set_up_logging("ERROR")
    try:
        start = read_time(START if at is None else at, ZoneInfo(ZONE))
        async with a_session(db, start, ZONE, seeded=True) as session:
            await talk(session, ME, greeting)
    except (SettingsError, StoreError, ValueError) as problem:
        return worded(problem)
    return None
