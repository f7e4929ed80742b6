"""chat.*: posting, editing and deleting, with membership, rate and the limits of blocks."""

from typing import Any

from tests.support.slack.blocks.layout import refused_message
from tests.support.slack.calls import Call, Refused, method
from tests.support.slack.workspace import BOT, BOT_USER, TEAM, Channel, Message, Workspace

LOOK = "as_user icon_emoji icon_url username link_names parse"
CONTENT = "text blocks attachments markdown_text"
MOST_TEXT = 40_000


@method(
    "chat.postMessage",
    f"channel {CONTENT} {LOOK} metadata mrkdwn thread_ts reply_broadcast unfurl_links unfurl_media client_msg_id",
    scope="chat:write",
)
def post_message(call: Call) -> dict[str, Any]:
    channel = writable(call, call.need("channel"))
    payload = content(call)
    paced(call, channel)
    message = call.slack.workspace.add_message(channel.id, BOT_USER, payload, call.method)
    return {"channel": channel.id, "ts": message.ts, "message": shown(message)}


@method("chat.postEphemeral", f"channel user {CONTENT} {LOOK} thread_ts", scope="chat:write")
def post_ephemeral(call: Call) -> dict[str, Any]:
    user = call.need("user")
    channel = writable(call, call.need("channel"))
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = call.slack.workspace.add_message(channel.id, BOT_USER, content(call), call.method, only_for=user)
    return {"message_ts": message.ts}


@method("chat.update", f"channel ts {CONTENT} {LOOK} metadata file_ids reply_broadcast", scope="chat:write")
def update(call: Call) -> dict[str, Any]:
    message = own_message(call)
    message.payload = {**message.payload, **content(call)}
    message.edits += 1
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.payload.get("text", ""),
        "message": shown(message),
    }


@method("chat.delete", "channel ts as_user", scope="chat:write")
def delete(call: Call) -> dict[str, Any]:
    message = own_message(call)
    call.slack.workspace.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink", "channel message_ts")
def permalink(call: Call) -> dict[str, Any]:
    channel, ts = call.need("channel"), call.need("message_ts")
    if call.slack.workspace.message(ts, channel) is None:
        raise Refused("message_not_found")
    return {"channel": channel, "permalink": f"https://circle.slack.com/archives/{channel}/p{ts.replace('.', '')}"}


def own_message(call: Call) -> Message:
    channel = call.slack.workspace.channels.get(call.need("channel"))
    if channel is None:
        raise Refused("channel_not_found")
    message = call.slack.workspace.message(call.need("ts"), channel.id)
    if message is None or message.only_for is not None:
        raise Refused("message_not_found")
    if message.author != BOT_USER:
        raise Refused("cant_update_message" if call.method == "chat.update" else "cant_delete_message")
    return message


def writable(call: Call, target: str) -> Channel:
    """Find the channel to post in, as Slack does: an id, the id of a person, or the name of a public channel."""
    workspace = call.slack.workspace
    if target in workspace.users:
        if workspace.users[target].deleted:
            raise Refused("user_is_deleted" if target in workspace.users else "channel_not_found")
        return workspace.direct(target)
    named = [
        channel
        for channel in workspace.channels.values()
        if channel.name == target.removeprefix("#") and not channel.private
    ]
    channel = workspace.channels.get(target) or (named[0] if named else None)
    if channel is None or (channel.private and BOT_USER not in channel.members):
        raise Refused("channel_not_found")
    if channel.archived:
        raise Refused("is_archived")
    if BOT_USER not in channel.members and "chat:write.public" not in call.token.scopes:
        raise Refused("not_in_channel")
    return channel


def content(call: Call) -> dict[str, Any]:
    """Give what is to be shown, after Slack has looked at it."""
    payload = {
        name: value
        for name, value in call.args.items()
        if name not in {"token", "channel", "user", "ts"} and value is not None
    }
    refuse_bad(payload, call.slack.workspace)
    return payload


def refuse_bad(payload: dict[str, Any], workspace: Workspace) -> None:
    """Refuse what cannot be a message."""
    if not any(payload.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        raise Refused("no_text")
    if payload.get("markdown_text") and (payload.get("text") or payload.get("blocks")):
        raise Refused("markdown_text_conflict")
    if len(payload.get("markdown_text") or "") > 12_000 or len(payload.get("text") or "") > MOST_TEXT:
        raise Refused("msg_too_long")
    refused = refused_message(payload, workspace.whole_files())
    if refused is not None:
        raise Refused(refused[0], refused[1])
    metadata = payload.get("metadata")
    if metadata is not None:
        check_metadata(metadata)


def check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or metadata.keys() - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")


def paced(call: Call, channel: Channel) -> None:
    """Allow one post a second in a channel, when the test wants it."""
    slack = call.slack
    if not slack.one_post_a_second:
        return
    now = slack.workspace.now()
    if now - slack.posted_at.get(channel.id, float("-inf")) < 1:
        raise Refused("ratelimited")
    slack.posted_at[channel.id] = now


def shown(message: Message, *, with_metadata: bool = False) -> dict[str, Any]:
    """Give a message as the Web API does."""
    about: dict[str, Any] = {
        "type": "message",
        "user": message.author,
        "team": TEAM,
        "ts": message.ts,
        "text": message.payload.get("text", ""),
        "blocks": message.payload.get("blocks", []),
    }
    if message.author == BOT_USER:
        about |= {"bot_id": BOT, "app_id": "A0APP"}
    if message.edits:
        about["edited"] = {"user": message.author, "ts": message.ts}
    if message.files:
        about["files"] = [
            {"id": file.id, "title": file.title, "name": file.name, "alt_txt": file.alt_text} for file in message.files
        ]
    if message.metadata and with_metadata:
        about["metadata"] = message.metadata
    for name in ("thread_ts",):
        if name in message.payload:
            about[name] = message.payload[name]
    return about
