"""The command that takes back the last thing a member did, whatever it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

from bot.engine.call import Call
from bot.engine.errors import NotNow, StaleButton
from bot.engine.reading import do
from bot.engine.rules import RowId
from bot.features.registry import action, command, refer_to
from bot.store.latest import DeedKind, last_deed
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
}
"""What takes each kind of deed back, and how it names the thing; the same as the button under its answer."""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@command("me undo", takes_back=True)
def undo(call: Call) -> Reply:
    """Take back the last thing you told me, within a day."""
    return _take_back(call, None)


@action("me undo-earlier", takes_back=True)
def undo_earlier(call: Call, *, before: Annotated[str, RowId(label=t("Moment"))]) -> Reply:
    """Take back what came before something that stays."""
    return _take_back(call, _EPOCH + int(before) * _MICROSECOND)


def _take_back(call: Call, before: datetime | None) -> Reply:
    """Take back the last deed, or the last one before an instant; where it stays, the one before it is offered."""
    since = call.now - WITHIN
    deed = last_deed(call.tx, call.who, since, before)
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
    except (NotNow, StaleButton) as stays:
        if last_deed(call.tx, call.who, since, deed.at) is None:
            raise
        label, instant = t("Take back what came before"), (deed.at - _EPOCH) // _MICROSECOND
        earlier = undo_earlier.button(call.stamp, label, before=str(instant))
        raise replace(stays, buttons=(*stays.buttons, earlier)) from None
