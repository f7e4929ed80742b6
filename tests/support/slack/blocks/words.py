"""What a person reads of a payload, and what in it would be live: mentions that notify, links that open."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

SPECIAL = re.compile(r"<([^<>]+)>")
BARE = re.compile(r"(?<![\w<|])(?:https?://|mailto:)[^\s<>|]+")
AT = re.compile(r"(?<![\w<])@(?:here|channel|everyone|[\w.-]+)")


def texts(value: Any) -> Iterator[dict[str, Any]]:
    """Find every text object and markdown block, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "plain_text", "markdown", "text", "raw_text"} and "text" in value:
            yield value
            return
        for item in value.values():
            yield from texts(item)


def pings(payload: dict[str, Any]) -> list[str]:
    """List the live mentions and links of a message or view, as written."""
    live: list[str] = []
    written = payload.get("text")
    if isinstance(written, str):
        live += _live(written, marked=payload.get("mrkdwn") is not False)
        if payload.get("parse") == "full" or payload.get("link_names"):
            live += AT.findall(html.unescape(SPECIAL.sub("", written)))
    for text in texts([payload.get("blocks"), payload.get("attachments")]):
        if text["type"] in {"mrkdwn", "markdown"}:
            live += _live(text["text"], marked=True, verbatim=text.get("verbatim") is True)
    live += [f"<{target}>" for target in _rich(payload.get("blocks"))]
    return live


def _live(written: str, *, marked: bool, verbatim: bool = False) -> list[str]:
    live = [f"<{inner}>" for inner in SPECIAL.findall(written) if not inner.startswith("!date^")]
    if marked and not verbatim:
        live += BARE.findall(SPECIAL.sub(" ", written))
    return live


def _rich(value: Any) -> Iterator[str]:
    """Find the mentions and links of rich text."""
    if isinstance(value, list):
        for item in value:
            yield from _rich(item)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind in {"user", "channel", "broadcast", "usergroup", "link"} and "elements" not in value:
            yield str(value.get("user_id") or value.get("channel_id") or value.get("range") or value.get("url") or kind)
        for item in value.values():
            yield from _rich(item)


Naming = Callable[[str], str]


def read(text: Any, name_of: Naming = str) -> str:
    """Give a text as it is shown: special parts by their label, escapes undone."""
    if not isinstance(text, dict):
        return ""
    written = str(text.get("text", ""))
    if text.get("type") in {"plain_text", "raw_text", "text"}:
        return html.unescape(written) if text["type"] == "plain_text" else written
    return read_mrkdwn(written, name_of)


def read_mrkdwn(written: str, name_of: Naming = str) -> str:
    def shown(special: re.Match[str]) -> str:
        inner = special.group(1)
        target, _, label = inner.partition("|")
        if target.startswith(("@", "#")):
            return target[0] + name_of(target[1:])
        if target.startswith("!"):
            return label or "@" + target[1:]
        return label or target

    return html.unescape(SPECIAL.sub(shown, written))


def seen_in(blocks: Any, name_of: Naming = str) -> str:
    """Give the words of blocks, a line for each text; labels of buttons are left to the buttons."""
    lines: list[str] = []
    for block in blocks or []:
        if block.get("type") == "image":
            lines += [read(block.get("title")), f"[{block.get('alt_text')}]"]
        elif block.get("type") == "input":
            lines += [read(block.get("label")), read(block.get("hint"))]
        elif block.get("type") == "actions":
            continue
        elif block.get("type") == "markdown":
            lines.append(read_mrkdwn(block["text"], name_of))
        else:
            lines += [read(text, name_of) for text in texts({k: v for k, v in block.items() if k != "accessory"})]
    return "\n".join(line for line in lines if line)
