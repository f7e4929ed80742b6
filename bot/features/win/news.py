"""The rule for a value that names the member's own good news, by any words of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.call import Call
from bot.engine.errors import not_found
from bot.engine.refs import FIRST_WORDS, NamedThing, Ref
from bot.letters import folded
from bot.store import wins
from bot.ui.text import t


@dataclass(frozen=True, kw_only=True)
class WinRef(Ref):
    """One of the member's own good news."""

    what = t("this good news")

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List the member's good news by its first words, the latest first."""
        return [NamedThing(win.id, _first_words(win.text)) for win in wins.of_member(call.tx, call.who)]

    def read(self, call: Call, raw: str) -> str:
        """Find good news by its id or by any words of it.

        Raises:
            NotFound: nothing fits.
            Doubtful: several fit.
        """
        wanted = folded(raw)
        news = wins.of_member(call.tx, call.who)
        by_id = [win for win in news if win.id == raw]
        # Nothing but spaces folds to "", which is in every text.
        matches = by_id or [win for win in news if wanted and wanted in folded(win.text)]
        if not matches:
            raise not_found(self.what)
        if len(matches) > 1:
            raise self._doubtful(raw, [NamedThing(win.id, _first_words(win.text)) for win in matches])
        return matches[0].id


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= FIRST_WORDS else words[: FIRST_WORDS - 1].rstrip() + "…"
