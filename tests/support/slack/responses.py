"""Answers that are messages: by the ack of a command, and by a response_url."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.support.slack.api.chat import refuse_bad
from tests.support.slack.calls import Refused
from tests.support.slack.workspace import BOT_USER, URL_LIVES, URL_USES, Hook, with_ids

if TYPE_CHECKING:
    from tests.support.slack.server import Slack

TAKEN = frozenset({
    "text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts",
    "mrkdwn", "unfurl_links", "unfurl_media", "metadata", "link_names", "parse",
})  # fmt: skip
TYPES = frozenset({"ephemeral", "in_channel"})


async def by_response_url(slack: "Slack", request: web.Request) -> web.Response:
    """Take what a bot posts to a response_url: five times within thirty minutes."""
    hook = slack.workspace.hooks.get(request.match_info["hook"])
    payload = await request.json()
    slack.log("response_url", payload)
    if hook is None:
        return _refused("expired_url", 404)
    if slack.workspace.now() - hook.issued >= URL_LIVES.total_seconds():
        return _refused("expired_url", 404)
    if hook.uses >= URL_USES:
        return _refused("used_url", 404)
    try:
        answer(slack, hook, payload, "response_url")
    except Refused as refused:
        slack.refused.append(("response_url", refused.error, refused.messages))
        return web.json_response(refused.answer(), status=400)
    hook.uses += 1
    return web.Response(text="ok")


def _refused(error: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)


def answer(slack: "Slack", hook: Hook, payload: dict[str, Any], via: str) -> None:
    """Show a message to the one who acted, or to the channel; or change the message they acted on."""
    for name in payload.keys() - TAKEN:
        slack.complain(f"{via} with an unknown field {name}")
    if payload.get("response_type", "ephemeral") not in TYPES:
        slack.complain(f"{via} with response_type {payload['response_type']!r}")
    workspace = slack.workspace
    if payload.get("delete_original") or payload.get("replace_original"):
        original = workspace.message(hook.message)
        if original is None:
            slack.complain(f"{via} would change an original message, and there is none")
            return
        if payload.get("delete_original"):
            workspace.messages.remove(original)
            return
        refuse_bad(payload, workspace)
        original.payload = shown_part(payload)
        with_ids(original.payload.get("blocks"), workspace)
        original.edits += 1
        return
    refuse_bad(payload, workspace)
    only_for = None if payload.get("response_type") == "in_channel" else hook.user
    workspace.add_message(hook.channel, BOT_USER, shown_part(payload), via, only_for)


def shown_part(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in {"replace_original", "delete_original"}}
