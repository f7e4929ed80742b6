"""The rule for a value that names a published tip, by its first words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.tip import Tip, helpful_first
from bot.engine.call import Call
from bot.engine.errors import BotError, NotNow
from bot.engine.refs import FIRST_WORDS, NamedThing, Ref
from bot.features.registry import refer_to
from bot.store import tips
from bot.ui.button import Style
from bot.ui.text import t
from bot.ui.voice import say

TIP_SHARE = refer_to("tip share")


@dataclass(frozen=True, kw_only=True)
class TipRef(Ref):
    """A published tip of the community."""

    what = t("this tip")

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List the published tips by their first words."""
        published = helpful_first(tips.published(call.tx, call.community.id))
        return [NamedThing(tip.id, first_words(tip, call.language)) for tip in published]

    def nothing(self, call: Call) -> BotError | None:
        """Say that there is no tip yet."""
        if tips.published(call.tx, call.community.id):
            return None
        return NotNow(
            t("There is no tip here yet."),
            t("Do you know one? Please share it."),
            (TIP_SHARE.button(call.stamp, t("Share a tip"), Style.MAIN),),
        )


def first_words(tip: Tip, language: str) -> str:
    """Return the beginning of a tip, by which members name it."""
    return first_letters(say(t(tip.text), language) if tip.seeded else tip.text)


def first_letters(words: str) -> str:
    """Cut words to the length by which members name a tip."""
    return words if len(words) <= FIRST_WORDS else words[: FIRST_WORDS - 1].rstrip() + "…"
