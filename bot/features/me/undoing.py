"""The command that takes back the last thing a member did, whatever it was."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.engine.call import Call
from bot.engine.errors import NotNow, StaleButton
from bot.engine.reading import do
from bot.engine.rules import RowId
from bot.features.registry import action, command, refer_to
from bot.store.latest import Deed, DeedKind, last_deed
from bot.ui.reply import Reply
from bot.ui.text import t
from bot.ui.values import CommandRef

WITHIN = timedelta(days=1)
WAYS = {
    DeedKind.LEAD: (refer_to("lead take-back"), "lead"),
    DeedKind.ASK: (refer_to("ask take-back"), "ask"),
    DeedKind.REPLY: (refer_to("ask unanswer"), "ask"),
    DeedKind.MEETING: (refer_to("meeting take-back"), "meeting"),
    DeedKind.PLAN: (refer_to("meeting unplan"), "meeting"),
    DeedKind.CANCEL: (refer_to("meeting put-back"), "meeting"),
    DeedKind.REPORT: (refer_to("week take-back"), "week"),
    DeedKind.WIN: (refer_to("win take-back"), "win"),
    DeedKind.LIST: (refer_to("lead bring-back"), "brought"),
    DeedKind.CLOSE: (refer_to("lead reopen"), "lead"),
    DeedKind.MERGE: (refer_to("lead part"), "undo"),
    DeedKind.CHANGE: (refer_to("me put-back"), "change"),
}
"""What takes each kind of deed back, and how it names the thing; the same as the button under its answer."""


@command("me undo", takes_back=True)
def undo(call: Call) -> Reply:
    """Take back the last thing you told me, within a day."""
    return _take_back(call, _last(call))


@action("me undo-earlier", lasts=WITHIN, takes_back=True)
def undo_earlier(call: Call, *, stays: Annotated[str, RowId(label=t("Last thing"))]) -> Reply:
    """Take back what came before something that stays."""
    deed = _last(call)
    while deed is not None and deed.thing != stays:
        deed = _last(call, deed)
    return _take_back(call, _last(call, deed) if deed is not None else None)


def _last(call: Call, later: Deed | None = None) -> Deed | None:
    """Find the last deed, or the last one before another."""
    return last_deed(call.tx, call.who, call.now - WITHIN, later.at if later is not None else None)


def _take_back(call: Call, deed: Deed | None) -> Reply:
    """Take a deed back; where it stays, the one before it is offered."""
    if deed is None:
        raise NotNow(
            t("There is nothing to take back."),
            t(
                "You can take back what you told me for one day. See your list with {list}.",
                list=CommandRef("lead list"),
            ),
        )
    way, thing = WAYS[deed.kind]
    try:
        return do(call, way.command, {thing: deed.thing})
    except (NotNow, StaleButton) as refused:
        if _last(call, deed) is None:
            raise
        earlier = undo_earlier.button(call.stamp, t("Take back what came before"), stays=deed.thing)
        raise replace(refused, buttons=(*refused.buttons, earlier)) from None
