"""Asks before the same line counts twice: whoever types it again within a minute may have meant it once.

Presses and forms are used once as they are; see `presses`.
"""

from typing import Annotated

from bot.engine import drafts
from bot.engine.answer import Answer
from bot.engine.call import Call
from bot.engine.command import own_action
from bot.engine.finding import Parsed
from bot.engine.invocation import Invocation
from bot.engine.rules import RowId
from bot.store import deliveries
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Note, Reply, buttons, reply
from bot.ui.text import t

DRAFT = RowId(label=t("Draft"))


class TypedTwice(Exception):
    """The same line was typed a moment before, and would do what it did once more."""


def asked(call: Call, invocation: Invocation, parsed: Parsed) -> Answer:
    """Ask whether the line is meant a second time; it is stored as a draft that the yes runs."""
    draft = drafts.aside(call, invocation.delivery, parsed)
    question = reply(
        t("You typed the same less than a minute ago."),
        Note(t("Do you mean it once more? Nothing changed now.")),
        buttons(
            once_more.button(call.stamp, t("Yes, once more"), draft=draft),
            once.button(call.stamp, t("No, once is enough"), Style.MAIN),
        ),
    )
    deliveries.record(call.tx, call.own, invocation.delivery, encode(question), call.language, call.now)
    return Answer(question, call.language, command=parsed.command.name)


@own_action("twice yes")
def once_more(call: Call, *, draft: Annotated[str, DRAFT]) -> Reply:
    """Do once more what was typed twice."""
    raise drafts.Resume(drafts.kept_in(call, draft))


@own_action("twice no")
def once(call: Call) -> Reply:
    """Leave it at the first time."""
    return reply(t("Good. I did it once."))
