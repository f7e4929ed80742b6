"""Private messages to the organisers who set the community up, when a digest was not posted as it should be."""

from datetime import datetime

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.week import Week
from bot.engine.invocation import Lack
from bot.engine.messenger import Refused
from bot.engine.schedule import Prompt
from bot.engine.tokens import Signer
from bot.features.registry import refer_to
from bot.store import communities, members, notices
from bot.store.database import Tx
from bot.store.posts import Claim
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, WeekOf

COMMUNITY_DIGEST_POST = refer_to("community digest-post")
COMMUNITY_DIGEST_THERE = refer_to("community digest-there")
COMMUNITY_SETTINGS = refer_to("community settings")

REASONS: dict[str, Text] = {
    "late": t("I was away for more than two days."),
    "no-channel": t("No digest channel is set."),
    "channel-gone": t("The digest channel is not there any more."),
    "not-in-channel": t("I am not in the digest channel. Please invite me there."),
    "no-permission": t("I may not write in the digest channel."),
    "archived": t("The digest channel is archived."),
}
LACK = "digest-lack"
"""The key of the notice about what a digest lacked."""
OTHER = t("The platform did not take the post.")


def tell(tx: Tx, community: Community, period: str, refused: Refused, signer: Signer, now: datetime) -> None:
    """Say once that a digest was not posted, and why."""
    for prompt in _organisers(tx, community, signer, now):
        notices.put(
            tx, prompt.who, f"digest-{refused.reason}:{period}", encode(_not_posted(prompt, period, refused)), now
        )


def tell_lack(tx: Tx, claim: Claim, lack: Lack | None, signer: Signer, now: datetime) -> None:
    """Say once what a digest was posted without, such as its chart; None means that nothing is lacking any more."""
    if lack is None:
        # The next lack is told again.
        notices.may_come_again(tx, claim.community, LACK)
        return
    for prompt in _organisers(tx, communities.get(tx, claim.community), signer, now):
        notices.put(tx, prompt.who, LACK, encode(_missed(prompt, lack)), now)


def _missed(prompt: Prompt, lack: Lack) -> Reply:
    return reply(
        Heading(t("The digest is posted, but I still need something")),
        lack.why,
        Note(lack.mend),
        buttons(COMMUNITY_SETTINGS.button(prompt.stamp, t("Settings"))),
    )


def _not_posted(prompt: Prompt, period: str, refused: Refused) -> Reply:
    lack = refused.lack
    return reply(
        Heading(t("The digest was not posted")),
        t("It was the digest of the week of {week}.", week=WeekOf(Week.from_iso(period).previous().monday)),
        lack.why if lack is not None else REASONS.get(refused.reason, OTHER),
        Note(lack.mend) if lack is not None else None,
        Note(t("To change the channel, type {command} in the community.", command=CommandRef("community setup"))),
        buttons(COMMUNITY_DIGEST_POST.button(prompt.stamp, t("Post it now"), Style.MAIN, week=period)),
    )


def ask(tx: Tx, claim: Claim, signer: Signer, now: datetime) -> None:
    """Ask whether a digest is in the channel, when the platform cannot tell whether it took the post."""
    for prompt in _organisers(tx, communities.get(tx, claim.community), signer, now):
        # The key has the attempt, because each attempt that ends unknown needs an answer of its own.
        notices.put(
            tx, prompt.who, f"digest-uncertain:{claim.period}:{claim.attempt}", encode(_question(prompt, claim)), now
        )


def _question(prompt: Prompt, claim: Claim) -> Reply:
    return reply(
        Heading(t("Is the digest in the channel?")),
        t("I sent it, but no answer came back. I do not post it twice."),
        buttons(
            COMMUNITY_DIGEST_THERE.button(prompt.stamp, t("It is there"), week=claim.period),
            COMMUNITY_DIGEST_POST.button(prompt.stamp, t("Post it"), week=claim.period),
        ),
    )


def tell_twice(tx: Tx, claim: Claim, signer: Signer, now: datetime) -> None:
    """Say once that a digest is in the channel twice, and that the bot could not delete the second one."""
    told = reply(
        Heading(t("The digest is in the channel twice")),
        t("It is the digest of the week of {week}.", week=WeekOf(Week.from_iso(claim.period).previous().monday)),
        t("I could not delete the second one. Whoever may delete messages there can do it."),
    )
    for prompt in _organisers(tx, communities.get(tx, claim.community), signer, now):
        notices.put(tx, prompt.who, f"digest-twice:{claim.period}", encode(told), now)


def _organisers(tx: Tx, community: Community, signer: Signer, now: datetime) -> list[Prompt]:
    """Return what is needed to compose a message to each organiser who set the community up."""
    organisers = [members.get(tx, Who(community.id, member)) for member in communities.set_up_by(tx, community.id)]
    return [Prompt(tx, community, member, now, now, signer, stays=True) for member in organisers]
