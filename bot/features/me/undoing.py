"""The command that takes back the last thing a member did, whatever it was."""

from datetime import timedelta

from bot.engine.call import Call
from bot.engine.drafts import Kept, Resumed
from bot.engine.errors import NotNow
from bot.features.registry import command, refer_to
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
    DeedKind.PLAN: (refer_to("meeting cancel"), "lead"),
    DeedKind.REPORT: (refer_to("week take-back"), "week"),
    DeedKind.WIN: (refer_to("win take-back"), "win"),
    DeedKind.LIST: (refer_to("lead bring-back"), "brought"),
    DeedKind.CLOSE: (refer_to("lead reopen"), "lead"),
    DeedKind.MERGE: (refer_to("lead part"), "undo"),
}
"""What takes each kind of deed back, and how it names the thing; the same as the button under its answer."""


@command("me undo")
def undo(call: Call) -> Reply:
    """Take back the last thing you told me, within a day."""
    deed = last_deed(call.tx, call.who, call.now - WITHIN)
    if deed is None:
        raise NotNow(
            t("There is nothing to take back."),
            t(
                "You can take back what you told me for one day. See your list with {list}.",
                list=CommandRef("lead list"),
            ),
        )
    way, thing = WAYS[deed.kind]
    raise Resumed(Kept(way.name, {thing: deed.thing}, submitted=True, wrong=(), options=()))
