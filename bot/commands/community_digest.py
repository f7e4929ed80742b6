"""For organisers: the digest before its hour, at once, and when nobody knows whether it came."""

from typing import Annotated

from bot.core import agenda
from bot.core.access import Access
from bot.core.call import Call
from bot.core.command import Again
from bot.core.errors import NotNow
from bot.core.registry import action, command
from bot.core.rules import WeekId
from bot.domain.week import Week
from bot.schedules import digest
from bot.store import posts
from bot.ui.reply import Fields, Note, Reply, reply
from bot.ui.text import t
from bot.ui.values import ChannelRef, CommandRef


@command("community digest preview", access=Access.ORGANISER, reads=True)
def preview(call: Call) -> Reply:
    """See the next digest as it would be now; nothing is posted."""
    due = agenda.next_digest(call.tx, call.community)
    period = Week.at(due, call.community.tz) if due is not None else call.week.next()
    made = digest.draft(call.tx, call.community, period, call.now, call.stamp.signer)
    return Reply((Note(t("Only you see this. Nothing was posted.")), *made.parts))


@command("community digest now", access=Access.ORGANISER)
def now(call: Call) -> Reply:
    """Post the digest of last week now, if it was not posted yet."""
    if call.community.digest_channel is None:
        raise NotNow(t("No digest channel is set."), t("Set it with {setup}.", setup=CommandRef("community setup")))
    if not posts.post_now(call.tx, call.community.id, call.week.iso, call.now):
        raise _not_again(call, call.week.iso)
    planned = agenda.next_digest(call.tx, call.community)
    if planned is not None and planned > call.now and Week.at(planned, call.community.tz) == call.week:
        agenda.plan_digest_of(call.tx, call.community, call.week.next())
    return reply(
        t("The digest comes to the channel in a minute."),
        Fields(((t("Channel"), ChannelRef(call.community.digest_channel)),)),
        Note(t("It is the digest of this week. There is no second one.")),
    )


def _not_again(call: Call, period: str) -> NotNow:
    """Say why a digest is not posted once more."""
    known = posts.find(call.tx, call.community.id, period)
    if known is not None and known.state is posts.State.POSTED:
        return NotNow(
            t("The digest of last week is posted already."),
            t("There is one digest a week. The next one comes by itself."),
        )
    if known is not None and known.state is posts.State.UNCERTAIN:
        return NotNow(
            t("I do not know if the digest is in the channel."),
            t("Please look into the channel, then press a button."),
            (
                there.button(call.stamp, t("It is there"), week=period),
                post.button(call.stamp, t("Post it"), week=period),
            ),
        )
    return NotNow(t("The digest comes soon."), t("Please look into the channel in a few minutes."))


@action("community digest-there", access=Access.ORGANISER, again=Again.CHANGED)
def there(call: Call, *, week: Annotated[str, WeekId(label=t("Week"))]) -> Reply:
    """Say that the digest is in the channel."""
    if not posts.resolve(call.tx, call.community.id, week, there=True):
        raise _not_again(call, week)
    return reply(t("Thank you. I noted that the digest is posted."))


@action("community digest-post", access=Access.ORGANISER, again=Again.CHANGED)
def post(call: Call, *, week: Annotated[str, WeekId(label=t("Week"))]) -> Reply:
    """Say that the digest is not in the channel, so that it is posted."""
    found = posts.find(call.tx, call.community.id, week)
    settled = posts.resolve(call.tx, call.community.id, week, there=False)
    if found is None or not (settled or posts.post_now(call.tx, call.community.id, week, call.now)):
        raise _not_again(call, week)
    return reply(t("Thank you. The digest comes to the channel in a minute."))
