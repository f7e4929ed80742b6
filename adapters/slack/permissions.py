"""Whether the bot is in the channels it shall post in: Slack lets it post only where somebody invited it."""

from collections.abc import Collection, Mapping

from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from adapters.slack.dialect import is_channel
from adapters.slack.pages import pages
from bot.engine.invocation import Lack
from bot.ui.reply import reply
from bot.ui.text import t
from bot.ui.values import ChannelRef, UserText

INVITE = UserText("/invite @Hello Circle")
HERE = reply(t("I can post in this channel: the digest comes here. Only you see this."))


def _not_in(channel: str) -> Lack:
    return Lack(
        t("I am not in {channel} yet, so I cannot post there.", channel=ChannelRef(channel)),
        t("In that channel, type {line} and send it. If it is archived, choose another one.", line=INVITE),
        stops=True,
    )


def _archived(channel: str) -> Lack:
    return Lack(
        t("{channel} is archived, so nobody can post there.", channel=ChannelRef(channel)),
        t("Please open it again in Slack, or choose another channel."),
        stops=True,
    )


def _restricted(channel: str) -> Lack:
    return Lack(
        t("In {channel}, only some people may post, and I am not one of them.", channel=ChannelRef(channel)),
        t("A person who manages this channel can let apps post there."),
        stops=True,
    )


NOT_ALLOWED = (
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
)
"""Slack's words for a channel in which only some may post."""
LACKS = {
    **dict.fromkeys(NOT_ALLOWED, _restricted),
    "not_in_channel": _not_in,
    "channel_not_found": _not_in,
    "is_archived": _archived,
}
"""By Slack's word for it; a private channel the bot is not in looks as if it were not there.

Slack takes apps out of a channel that is archived, so that looks as if nobody had invited the bot.
"""


def lack_of(code: str, channel: str) -> Lack | None:
    """Say what Slack's refusal of a post means for an organiser; None when it is no matter of the channel."""
    explain = LACKS.get(code)
    return explain(channel) if explain is not None else None


class Channels:
    """Looks at channels for an organiser, with what the app may do."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._bad: dict[str, Lack] = {}
        """Channels the bot could not post in when it looked last."""
        self._good: set[str] = set()

    async def look(self, channels: Collection[str], user: str, language: str) -> Mapping[str, Lack]:
        """Tell what the bot lacks in some channels; when Slack does not answer, what was known stands in."""
        # What Slack knows by an id; a name that was only typed is found out when it is posted to.
        for channel in filter(is_channel, channels):
            try:
                await self._try(channel, user, language)
            except SlackDenied as denied:
                lack = lack_of(denied.code, channel)
                if lack is not None:
                    self._bad[channel] = lack
                    self._good.discard(channel)
            except SlackUnanswered:
                continue
            else:
                self._bad.pop(channel, None)
                self._good.add(channel)
        return {channel: self._bad[channel] for channel in channels if channel in self._bad}

    async def _try(self, channel: str, user: str, language: str) -> None:
        """Do what Slack allows in a channel the bot is in, and nowhere else.

        Raises:
            Denied: Slack does not allow it; its code says why.
            Lost: Slack did not answer.
        """
        try:
            await self._api.read("conversations.history", channel=channel, limit=1)
        except SlackDenied as denied:
            if denied.code != "missing_scope":
                raise
            # Without the scope to look, a word that only the organiser sees tells it, once.
            if channel not in self._good:
                await self._api.write("chat.postEphemeral", channel=channel, user=user, **_word(language))


def _word(language: str) -> dict[str, object]:
    message = pages(HERE, language)[0].message(language)
    # What only one person sees takes no word about unfolding links.
    return {name: message[name] for name in ("text", "blocks")}
