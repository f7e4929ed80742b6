"""How a garden is opened: an organiser says where it is told of."""

from typing import Annotated

from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.refs import Channel
from bot.engine.role import Role
from bot.engine.zones import Zone
from bot.store import communities
from bot.ui.reply import Reply, reply
from bot.ui.text import t
from bot.ui.values import ChannelRef
from tests.toy.registry import command, family

family("garden", t("For organisers: the garden itself."), place=2)


@command(
    "garden open",
    form=t("Open the garden"),
    example="/garden open channel:#digest zone:Toronto",
    access=Access.ORGANISER,
    before_set_up=True,
    role=Role.SET_UP,
)
def open_(
    call: Call,
    *,
    channel: Annotated[str, Channel(label=t("Channel of the garden"))],
    zone: Annotated[str, Zone(label=t("A large city in your time zone"))],
) -> Reply:
    """Say where the garden is told of."""
    communities.set_up(call.tx, call.who, digest_channel=channel, zone=zone)
    return reply(t("The garden is told of in {channel}.", channel=ChannelRef(channel)))
