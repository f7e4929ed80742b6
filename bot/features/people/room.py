"""The errors for a member whose list or notes are full."""

from bot.domain.room import OPEN_PEOPLE, PEOPLE, Limit
from bot.engine import errors
from bot.features.registry import explains
from bot.store.errors import Full
from bot.ui.text import t
from bot.ui.values import CommandRef, Count


@explains(Full)
def no_more_room(error: Full) -> errors.ListFull:
    """Say which limit was reached, and how to make room."""
    match error.limit:
        case Limit.OPEN_PEOPLE:
            return errors.ListFull(
                t("I cannot keep more than {n} open people for you.", n=Count(OPEN_PEOPLE)),
                t("Close somebody with {close}. Then send it again.", close=CommandRef("lead close")),
            )
        case Limit.PEOPLE:
            return errors.ListFull(
                t("I cannot keep more than {n} people for you.", n=Count(PEOPLE)),
                t("To add somebody, change an old entry with {edit}.", edit=CommandRef("lead edit")),
            )
        case Limit.TEXT:
            return errors.ListFull(
                t("You have written as much as I can keep for one person."),
                t("Make some notes shorter with {edit}. Then send it again.", edit=CommandRef("lead edit")),
            )
