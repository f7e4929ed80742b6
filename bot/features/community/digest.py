"""Commands of organisers for the digest: preview it, post it now, and say whether a post of unknown state arrived."""

from typing import Annotated

from bot.domain.week import Week
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import NotNow
from bot.features.board import next_figures
from bot.features.digest import example, gather_facts, write_digest
from bot.features.registry import action, command
from bot.features.week import DIGEST, WeekId, this_week
from bot.store import posts, reports, snapshots
from bot.ui.button import Button
from bot.ui.reply import Fields, Note, Reply, reply
from bot.ui.text import t
from bot.ui.values import ChannelRef, CommandRef, WeekOf


@command("community digest preview", access=Access.ORGANISER, again=SecondPress.ALWAYS)
def preview(call: Call) -> Reply:
    """See the last digest with the settings of today, or an example."""
    reports.note_look(call.tx, call.who, "preview", call.now)
    frozen = snapshots.latest(call.tx, call.community.id)
    if frozen is None:
        digest_facts = example(this_week(call).previous(), call.community)
        explanation = t("This is an example. Its names and numbers are made up.")
    else:
        digest_facts = gather_facts(call.tx, call.community, frozen)
        explanation = t(
            "These are the figures of the week of {week}, with the settings of today.",
            week=WeekOf(frozen.week.monday),
        )
    return reply(
        Note(t("Only you see this. Nothing was posted.")),
        Note(explanation),
        next_figures(call.tx, call.community),
        *write_digest(digest_facts, call.community, call.stamp.signer, call.now).parts,
    )


@command("community digest now", access=Access.ORGANISER, again=SecondPress.CHANGED)
def now(call: Call) -> Reply:
    """Post the digest of last week now, if it was not posted yet."""
    if not posts.post_now(call.tx, call.community.id, DIGEST, this_week(call).iso, call.now):
        raise _not_again(call, this_week(call).iso)
    # Where the channel is wrong, the error rolls the unit of work back, so that the post is not due any more.
    channel = _channel(call, this_week(call).iso, now.button(call.stamp, t("Post it now")))
    return reply(
        t("The digest of the week of {week} comes to the channel in a minute.", week=_told_week(this_week(call).iso)),
        Fields(((t("Channel"), ChannelRef(channel)),)),
        Note(t("There is one digest a week. The next one comes by itself.")),
    )


def _channel(call: Call, period: str, again: Button) -> str:
    """Return the digest channel.

    Raises:
        NotNow: there is none, or the bot may not post in it.
    """
    channel = call.community.digest_channel
    if channel is None:
        raise NotNow(t("No digest channel is set."), t("Set it with {setup}.", setup=CommandRef("community setup")))
    lack = call.place.lacks.get(channel)
    if lack is not None and lack.stops:
        message = t("The digest of the week of {week} cannot come yet. {why}", week=_told_week(period), why=lack.why)
        raise NotNow(message, lack.mend, (again,))
    return channel


def _told_week(period: str) -> WeekOf:
    """Return the week that a digest is about: the one before its period, in which it is posted."""
    return WeekOf(Week.from_iso(period).previous().monday)


def _not_again(call: Call, period: str) -> NotNow:
    """Say why a digest is not posted once more."""
    row = posts.find(call.tx, call.community.id, DIGEST, period)
    if row is not None and row.state is posts.PostState.POSTED:
        return NotNow(
            t("The digest of the week of {week} is posted already.", week=_told_week(period)),
            t("There is one digest a week. The next one comes by itself."),
        )
    if row is not None and row.state is posts.PostState.UNCERTAIN:
        return NotNow(
            t("I do not know if the digest is in the channel."),
            t("Please look into the channel, then press a button."),
            (
                there.button(call.stamp, t("It is there"), week=period),
                post.button(call.stamp, t("Post it"), week=period),
            ),
        )
    return NotNow(
        t("The digest of the week of {week} comes soon.", week=_told_week(period)),
        t("Please look into the channel in a few minutes."),
    )


@action("community digest-there", access=Access.ORGANISER, again=SecondPress.CHANGED)
def there(call: Call, *, week: Annotated[str, WeekId(label=t("Week"))]) -> Reply:
    """Say that the digest is in the channel."""
    if not posts.resolve(call.tx, call.community.id, DIGEST, week, there=True):
        raise _not_again(call, week)
    return reply(t("Thank you. I noted that the digest is posted."))


@action("community digest-post", access=Access.ORGANISER, again=SecondPress.CHANGED)
def post(call: Call, *, week: Annotated[str, WeekId(label=t("Week"))]) -> Reply:
    """Say that the digest is not in the channel, so that it is posted."""
    row = posts.find(call.tx, call.community.id, DIGEST, week)
    settled = posts.resolve(call.tx, call.community.id, DIGEST, week, there=False)
    if row is None or not (settled or posts.post_now(call.tx, call.community.id, DIGEST, week, call.now)):
        raise _not_again(call, week)
    if not settled:
        _channel(call, week, post.button(call.stamp, t("Post it now"), week=week))
    return reply(t("Thank you. The digest of the week of {week} comes in a minute.", week=_told_week(week)))
