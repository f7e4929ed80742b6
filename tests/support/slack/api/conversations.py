"""conversations.*: opening a direct conversation, looking at a channel and at what was said there."""

from typing import Any

from tests.support.slack.api.chat import shown
from tests.support.slack.calls import Call, Refused, method
from tests.support.slack.workspace import BOT_USER, Channel

HISTORY_SCOPES = {"C": "channels:history", "G": "groups:history", "D": "im:history"}
READ_SCOPES = {"C": "channels:read", "G": "groups:read", "D": "im:read"}


@method("conversations.open", "users channel return_im prevent_creation", scope="im:write")
def open_direct(call: Call) -> dict[str, Any]:
    wanted = call.args.get("users") or call.need("channel")
    users = wanted.split(",") if isinstance(wanted, str) else wanted
    if len(users) != 1:
        raise Refused("not_enough_users" if not users else "missing_scope", needed="mpim:write")
    workspace = call.slack.workspace
    user = workspace.users.get(users[0])
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    before = len(workspace.channels)
    channel = workspace.direct(user.id)
    return {"channel": {"id": channel.id}, "no_op": True, "already_open": before == len(workspace.channels)}


def _channel_of(call: Call, scopes: dict[str, str]) -> Channel:
    channel = call.slack.workspace.channels.get(call.need("channel"))
    if channel is None or (channel.private and BOT_USER not in channel.members):
        raise Refused("channel_not_found")
    needed = scopes[channel.id[0]]
    if needed not in call.token.scopes:
        raise Refused("missing_scope", needed=needed, provided=",".join(sorted(call.token.scopes)))
    return channel


@method("conversations.info", "channel include_locale include_num_members")
def info(call: Call) -> dict[str, Any]:
    channel = _channel_of(call, READ_SCOPES)
    about: dict[str, Any] = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.direct is None and not channel.private,
        "is_im": channel.direct is not None,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_member": BOT_USER in channel.members,
    }
    if channel.direct:
        about["user"] = channel.direct
    if call.flag("include_num_members"):
        about["num_members"] = len(channel.members)
    return {"channel": about}


@method("conversations.members", "channel cursor limit")
def members(call: Call) -> dict[str, Any]:
    channel = _channel_of(call, READ_SCOPES)
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


@method("conversations.join", "channel", scope="channels:join")
def join(call: Call) -> dict[str, Any]:
    channel = call.slack.workspace.channels.get(call.need("channel"))
    if channel is None or channel.private:
        raise Refused("channel_not_found")
    if channel.archived:
        raise Refused("is_archived")
    channel.members.add(BOT_USER)
    return {"channel": {"id": channel.id, "name": channel.name}}


@method("conversations.history", "channel cursor inclusive include_all_metadata latest limit oldest")
def history(call: Call) -> dict[str, Any]:
    channel = _channel_of(call, HISTORY_SCOPES)
    if BOT_USER not in channel.members or channel.archived:
        # Slack takes apps out of a channel that is archived.
        raise Refused("not_in_channel")
    oldest, latest = float(call.args.get("oldest") or 0), float(call.args.get("latest") or "inf")
    limit = min(int(call.args.get("limit") or 100), 999)
    inclusive = call.flag("inclusive")
    matching = [
        message
        for message in call.slack.workspace.messages
        if message.channel == channel.id
        and message.only_for is None
        and (oldest < float(message.ts) < latest or (inclusive and float(message.ts) in {oldest, latest}))
    ]
    newest = sorted(matching, key=lambda message: float(message.ts), reverse=True)
    start = int(call.args.get("cursor") or 0)
    page = newest[start : start + limit]
    more = len(newest) > start + limit
    with_metadata = call.flag("include_all_metadata")
    answer: dict[str, Any] = {
        "messages": [shown(message, with_metadata=with_metadata) for message in page],
        "has_more": more,
    }
    if more:
        answer["response_metadata"] = {"next_cursor": str(start + limit)}
    return answer
