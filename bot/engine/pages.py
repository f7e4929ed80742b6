"""Long replies in pages: the platform cuts them, the store keeps them for a day, and buttons turn them."""

import json
from collections.abc import Sequence
from typing import Annotated

from bot.engine.call import Call
from bot.engine.command import AnswerPlace, own_action
from bot.engine.errors import StaleButton
from bot.engine.rules import Number, RowId
from bot.store import drafts
from bot.ui.codec import decode, encode
from bot.ui.reply import Note, Reply, buttons
from bot.ui.text import t
from bot.ui.values import Count

MOST = 50


@own_action("page show", spot=AnswerPlace.MESSAGE)
def show(
    call: Call,
    *,
    draft: Annotated[str, RowId(label=t("Draft"))],
    number: Annotated[int, Number(label=t("Page"), least=1, most=MOST)],
) -> Reply:
    """See another page of a long answer."""
    row = drafts.find(call.tx, call.who, draft)
    if row is None or row.command != show.name:
        raise StaleButton(t("I did not keep this any longer."), t("Please type it again."))
    pages = [decode(page) for page in json.loads(row.values)]
    if number > len(pages):
        raise StaleButton(t("I did not keep this any longer."), t("Please type it again."))
    return _page(call, pages, draft, number)


def keep(call: Call, delivery: str, split: Sequence[Reply]) -> Reply:
    """Keep every page for a day; returns the first."""
    pages = list(split[:MOST])
    payload = json.dumps([encode(page) for page in pages])
    draft = drafts.keep(call.tx, call.who, f"{delivery}:pages", show.name, payload, call.now)
    return _page(call, pages, draft, 1)


def _page(call: Call, pages: Sequence[Reply], draft: str, number: int) -> Reply:
    before = show.button(call.stamp, t("Page before"), draft=draft, number=number - 1) if number > 1 else None
    after = show.button(call.stamp, t("Next page"), draft=draft, number=number + 1) if number < len(pages) else None
    place = Note(t("Page {number} of {all}.", number=Count(number), all=Count(len(pages))))
    page = pages[number - 1]
    return Reply((*page.parts, place, buttons(before, after)), page.error)
