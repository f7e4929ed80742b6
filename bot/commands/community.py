"""For organisers: setting a community up."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated

from bot.core import agenda
from bot.core.access import Access
from bot.core.call import Call
from bot.core.circle import card, next_digest
from bot.core.links import link
from bot.core.refs import Channel, Language
from bot.core.registry import command
from bot.core.when import TimeOfDay
from bot.core.zones import Zone
from bot.store import communities, tips
from bot.ui.reply import Heading, Note, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef


def _set_so_far(call: Call, _: Mapping[str, object]) -> dict[str, object]:
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
    prefill=_set_so_far,
    access=Access.ORGANISER,
    before_set_up=True,
    example='/community setup channel:#digest zone:"Toronto" language:en',
)
def setup(
    call: Call,
    *,
    channel: Annotated[str, Channel(label=t("Channel for the Monday digest"))],
    zone: Annotated[str, Zone(label=t("A large city in your time zone"))],
    language: Annotated[str, Language(label=t("Language of the community"))],
    second_language: Annotated[str | None, Language(label=t("Second language of the digest"))] = None,
    digest_at: Annotated[time | None, TimeOfDay(label=t("Hour of the digest"))] = None,
) -> Reply:
    """Set the community up: channel, time zone, language, hour."""
    if second_language == language:
        second_language = None
    communities.set_up(
        call.tx,
        call.who,
        zone=zone,
        language=language,
        second_language=second_language,
        digest_channel=channel,
        digest_at=digest_at,
    )
    community = communities.get(call.tx, call.community.id)
    tips.seed(call.tx, community.id, call.now)
    following = agenda.replan_community(call.tx, community, call.community, call.now)
    return reply(
        Heading(
            t("Your community is ready") if channel not in call.place.lacks else t("Your community is almost ready")
        ),
        card(community),
        next_digest(community, following),
        Note(t("Tell members to type {start}.", start=CommandRef("start"))),
        buttons(
            link(call.stamp, "community digest preview", t("See how the digest looks")),
            link(call.stamp, "community settings", t("All settings")),
        ),
    )
