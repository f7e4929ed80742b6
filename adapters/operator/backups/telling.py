"""Says what a restore did: from when the data is, what was lost, who was erased again, and where the old file is."""

from datetime import UTC, datetime, timedelta

from adapters.operator.backups.restoring import Restored
from adapters.wording import span
from bot.ui.text import Text, t
from bot.ui.values import Count, UserText


def told(outcome: Restored, now: datetime, keep: timedelta) -> list[Text]:
    """Write what a restore did, one line for each fact."""
    lines = [
        t("Restored. The data is as it was on {when}.", when=_instant(outcome.made_at)),
        t("Lost is what was written in the {span} after that.", span=span(now - outcome.made_at)),
        t(
            "Erased again: members {members}, communities {communities}.",
            members=Count(outcome.erased.members),
            communities=Count(outcome.erased.communities),
        ),
    ]
    known_until = outcome.lists.known_until
    if known_until is not None:
        lines.append(t("No list of erasures goes further than {when}.", when=_instant(known_until)))
        lines.append(t("Who asked to be forgotten after that is there again. Please tell your members."))
    if outcome.looked_for:
        may_be_there = t("Digests that may be there already: {n}.", n=Count(outcome.looked_for))
        lines += [may_be_there, t("The bot looks before it posts them.")]
    if outcome.aside is not None:
        file = UserText(str(outcome.aside.path))
        lines.append(t("The database of before is in {file} until {day}.", file=file, day=_day(now + keep)))
    return lines


def _instant(at: datetime) -> UserText:
    return UserText(f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC")


def _day(at: datetime) -> UserText:
    return UserText(f"{at.astimezone(UTC):%Y-%m-%d}")
