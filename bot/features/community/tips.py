"""Commands of organisers for tips that wait to be read: see the next one, publish or refuse it."""

from typing import Annotated

from bot.domain.ids import Who
from bot.domain.tip import TipState
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BotError, NotNow, not_found
from bot.engine.linked import stamp_for
from bot.engine.rules import RowId
from bot.features.registry import action, command, refer_to
from bot.store import identities, notices, tips
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, UserText

TIP_LIST = refer_to("tip list")


@command("community tips", access=Access.ORGANISER, reads=True)
def review(call: Call) -> Reply:
    """Read the tips that wait for you, one at a time."""
    waiting = tips.to_review(call.tx, call.community.id)
    if not waiting:
        return reply(
            t("No tip waits for you."),
            Note(t("Members share tips with {share}.", share=CommandRef("tip share"))),
        )
    tip = waiting[0]
    reported = tip.state is TipState.QUARANTINED
    parts: list[Part] = [
        Heading(tn("{n} tip waits", "{n} tips wait", len(waiting))),
        Paragraph(UserText(tip.text)),
        Note(t("A member reported this tip, so it is hidden.")) if reported else Note(t("A member shared this tip.")),
        Note(t("Never publish job offers with fees, or questions for a SIN.")),
        buttons(
            publish.button(call.stamp, t("Publish"), Style.MAIN, tip=tip.id),
            refuse.button(call.stamp, t("Do not publish"), tip=tip.id),
        ),
    ]
    return Reply(tuple(parts))


@action("community tip-publish", access=Access.ORGANISER, again=SecondPress.CHANGED)
def publish(call: Call, *, tip: Annotated[str, RowId(label=t("Tip"))]) -> Reply:
    """Let every member see a tip."""
    if not tips.decide(call.tx, call.community.id, tip, TipState.PUBLISHED, call.now):
        raise _decided_before(call, tip)
    _thank_author(call, tip)
    return _decided(call, t("The tip is published. Its author is thanked."))


@action("community tip-refuse", access=Access.ORGANISER, again=SecondPress.CHANGED)
def refuse(call: Call, *, tip: Annotated[str, RowId(label=t("Tip"))]) -> Reply:
    """Keep a tip from the other members."""
    if not tips.decide(call.tx, call.community.id, tip, TipState.REFUSED, call.now):
        raise _decided_before(call, tip)
    return _decided(call, t("The tip is not published. Other members do not see it."))


def _decided_before(call: Call, tip_id: str) -> BotError:
    """Say what another organiser already decided on a tip."""
    tip = tips.find(call.tx, call.community.id, tip_id)
    if tip is None:
        return not_found(t("this tip"))
    published = tip.state is TipState.PUBLISHED
    decision = t("This tip is published already.") if published else t("This tip is refused already.")
    return NotNow(decision, t("See what waits with {tips}.", tips=CommandRef("community tips")))


def _thank_author(call: Call, tip_id: str) -> None:
    """Send the author of a published tip a private message, once; the bot's own tips have no author."""
    tip = tips.find(call.tx, call.community.id, tip_id)
    if tip is None or tip.author is None:
        return
    author = identities.reached(call.tx, Who(call.community.id, tip.author))
    message = reply(
        t("Your tip is published. Thank you for helping the others."),
        Paragraph(UserText(tip.text)),
        buttons(TIP_LIST.button(stamp_for(call, author), t("See all tips"))),
    )
    notices.put(call.tx, author, f"tip-published:{tip_id}", encode(message), call.now)


def _decided(call: Call, result: Text) -> Reply:
    waiting = len(tips.to_review(call.tx, call.community.id))
    more = review.button(call.stamp, t("Next tip")) if waiting else None
    return reply(result, tn("{n} tip still waits.", "{n} tips still wait.", waiting), buttons(more) if more else None)
