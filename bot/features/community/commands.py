"""The command with which an organiser sets a community up."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated

from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.refs import Channel, SpokenLanguage
from bot.engine.role import Role
from bot.engine.rules import YesNo
from bot.engine.when import TimeOfDay
from bot.engine.zones import Zone
from bot.features.community.card import card, next_digest
from bot.features.digest import upcoming
from bot.features.guide import begin_guide
from bot.features.registry import command, refer_to
from bot.store import communities, tips
from bot.ui.reply import Heading, Note, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef

COMMUNITY_DIGEST_PREVIEW = refer_to("community digest preview")
COMMUNITY_SETTINGS = refer_to("community settings")


def _stored_setup(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    community = call.community
    return {
        "channel": community.digest_channel,
        "zone": community.zone if community.set_up else call.sender.zone,
        "language": community.language if community.set_up else call.language,
        "second_language": community.second_language,
        "digest_at": community.rhythm.digest_at,
    }


@command(
    "community setup",
    form=t("Set up"),
    prefill=_stored_setup,
    stays=True,
    access=Access.ORGANISER,
    before_set_up=True,
    role=Role.SET_UP,
    example='/community setup channel:#digest zone:"Toronto" language:en',
)
def setup(
    call: Call,
    *,
    channel: Annotated[str, Channel(label=t("Channel for the Monday digest"))],
    zone: Annotated[str, Zone(label=t("A large city in your time zone"))],
    language: Annotated[str, SpokenLanguage(label=t("Language of the community"))],
    second_language: Annotated[str | None, SpokenLanguage(label=t("Second language of the digest"))] = None,
    digest_at: Annotated[time | None, TimeOfDay(label=t("Hour of the digest"))] = None,
    guide: Annotated[bool, YesNo(label=t("Messages about the first week"), asked=False, carried=False)] = True,
) -> Reply:
    """Set the community up: channel, time zone, language, hour."""
    if second_language == language:
        second_language = None
    is_new = call.who.member not in communities.set_up_by(call.tx, call.community.id)
    communities.set_up(
        call.tx,
        call.who,
        zone=zone,
        language=language,
        second_language=second_language,
        digest_channel=channel,
        digest_at=digest_at,
    )
    # Read again: `call.community` is as it was before the update.
    community = communities.get(call.tx, call.community.id)
    tips.seed(call.tx, community.id, call.now)
    following = upcoming(call.tx, community, call.community, call.now)
    return reply(
        Heading(
            t("Your community is ready") if channel not in call.place.lacks else t("Your community is almost ready")
        ),
        card(community, call.language),
        next_digest(community, following),
        Note(t("Tell members to type {start}.", start=CommandRef("start"))),
        buttons(
            COMMUNITY_DIGEST_PREVIEW.button(call.stamp, t("See how the digest looks")),
            COMMUNITY_SETTINGS.button(call.stamp, t("All settings")),
        ),
        *(begin_guide(call) if is_new and guide else ()),
    )
