"""Writes a reply as Block Kit: pure, within every limit of Slack, with the plain text beside it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, assert_never

from adapters.slack.dialect import MARKED, WORDS, escape
from bot.ui import reply as parts
from bot.ui.button import Button, Style
from bot.ui.plain import marked as marked_items, ranked
from bot.ui.reply import Reply
from bot.ui.text import Value
from bot.ui.values import UserText
from bot.ui.voice import say

Block: TypeAlias = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
CHARACTERS = 8000
"""Of the blocks of one message; with its text of at most `TEXT`, a payload stays under Slack's 12,000."""
TEXT = 4000
"""Of the text beside the blocks, as Slack advises."""
SECTION, FIELD, HEADER, LABEL, PLACEHOLDER, ALT, TITLE = 3000, 2000, 150, 75, 150, 2000, 24
FIELDS = 10
ROW = 25
STYLES = {Style.MAIN: "primary", Style.DANGER: "danger"}
PRESS = "press"
"""How the action ids of our buttons begin; what they do is in their value."""


def in_row(stands: Sequence[Block], pressed: str, fresh: Sequence[Block]) -> list[Block] | None:
    """Put blocks in the place of the row of a pressed button; None where the two do not fit into one message."""
    rows = (
        at
        for at, row in enumerate(stands)
        if pressed in (element.get("action_id") for element in row.get("elements", ()))
    )
    at = next(rows, None)
    if at is None:
        return None
    # Numbered anew, because two buttons of one message may not have one id.
    merged = numbered([dict(block) for block in (*stands[:at], *fresh, *stands[at + 1 :])], 0)
    too_long = len(merged) > MESSAGE_BLOCKS or sum(map(characters, merged)) > CHARACTERS
    return None if too_long else merged


def view_blocks(reply: Reply, language: str) -> list[Block]:
    """Write a reply as the blocks of a modal or of the home page."""
    blocks: list[Block] = []
    for part in reply.parts:
        blocks += numbered(blocks_of(part, language, None), len(blocks))
    return blocks[:VIEW_BLOCKS]


def plain_text(text: str, limit: int) -> Block:
    """Make a text object in which nothing is markup; Slack takes no empty one."""
    return {"type": "plain_text", "text": cut(text, limit) or "…", "emoji": False}


def marked(text: str, limit: int = SECTION) -> Block:
    """Make a text object of Slack's markup, in which only what we marked is read."""
    return {"type": "mrkdwn", "text": cut_marked(text, limit), "verbatim": True}


def cut(text: str, limit: int) -> str:
    """Cut a text that is too long."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut_marked(text: str, limit: int) -> str:
    """Cut a text of Slack's markup that is too long, never inside one of its marks."""
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    if short.rfind("<") > short.rfind(">"):
        short = short[: short.rfind("<")]
    if "&" in short[-4:] and ";" not in short[short.rfind("&") :]:
        short = short[: short.rfind("&")]
    return short.rstrip() + "…"


def characters(block: Block) -> int:
    """Count the letters people read in a block."""
    total = len(block.get("alt_text", ""))
    elements = block.get("elements", ())
    options = [option for element in elements for option in element.get("options", ())]
    for element in (block.get("text"), *block.get("fields", ()), *elements, *options):
        inner = element.get("text", "") if element else ""
        total += len(inner if isinstance(inner, str) else inner["text"])
    return total


def blocks_of(part: parts.Part, language: str, picture: str | None) -> list[Block]:  # noqa: C901, PLR0911, PLR0912 - one arm a part
    """Write a part as blocks; `picture` is the id of its file on Slack."""
    match part:
        case parts.Heading():
            return _heading(part, language)
        case parts.Paragraph():
            return list(_running(part.text, language))
        case parts.Note():
            return _note(say(part.text, language, MARKED))
        case parts.Fields():
            return list(_fields(part, language))
        case parts.Listing():
            return _sections(_lines(part, language))
        case parts.Ranking():
            return _sections(say(line, language, MARKED) for line in ranked(part))
        case parts.Image():
            return _image(part, language, picture)
        case parts.Link():
            return [_section(marked(f"<{escape(part.url)}|{say(part.label, language, MARKED)}>"))]
        case parts.Buttons():
            return list(_buttons(part, language))
        case parts.Menu():
            return [_menu(part, language)]
        case parts.File():
            return []  # no message can hold a file; it is sent beside it
        case _:
            assert_never(part)


def _section(text: Block) -> Block:
    return {"type": "section", "text": text}


def _heading(part: parts.Heading, language: str) -> list[Block]:
    words = say(part.text, language, WORDS)
    if len(words) <= HEADER:
        return [{"type": "header", "text": plain_text(words, HEADER)}]
    return [_section(plain_text(words, SECTION))]


def _running(words: Value, language: str) -> Iterator[Block]:
    """Write a paragraph in as many sections as it needs; people's words as plain text, ours as markup."""
    if isinstance(words, UserText):
        text = say(words, language, WORDS)
        yield from (_section(plain_text(text[at : at + SECTION], SECTION)) for at in range(0, len(text), SECTION))
    else:
        yield from _sections(say(words, language, MARKED).split("\n"))


def _note(text: str) -> list[Block]:
    return [{"type": "context", "elements": [marked(text)]}] if text else []


def _fields(part: parts.Fields, language: str) -> Iterator[Block]:
    for at in range(0, len(part.rows), FIELDS):
        rows = part.rows[at : at + FIELDS]
        texts = [f"*{say(label, language, MARKED)}*\n{say(words, language, MARKED)}" for label, words in rows]
        yield {"type": "section", "fields": [marked(text, FIELD) for text in texts]}


def _lines(listing: parts.Listing, language: str) -> Iterator[str]:
    return (f"{mark} {say(item, language, MARKED)}" for mark, item in marked_items(listing, "•"))


def _sections(lines: Iterable[str]) -> list[Block]:
    """Put lines into as few sections as hold them."""
    texts = [""]
    for line in lines:
        if texts[-1] and len(texts[-1]) + 1 + len(line) > SECTION:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{line}" if texts[-1] else line
    return [_section(marked(text)) for text in texts if text.strip()]


def _image(part: parts.Image, language: str, picture: str | None) -> list[Block]:
    alt = cut(say(part.alt, language, WORDS), ALT)
    if picture is None:
        return _note(say(part.alt, language, MARKED))
    return [{"type": "image", "slack_file": {"id": picture}, "alt_text": alt}]


def _buttons(part: parts.Buttons, language: str) -> Iterator[Block]:
    for at in range(0, len(part.buttons), ROW):
        row: Sequence[Button] = part.buttons[at : at + ROW]
        yield {"type": "actions", "elements": [_button(button, language) for button in row]}


def _button(button: Button, language: str) -> Block:
    element: Block = {"type": "button", "text": plain_text(say(button.label, language, WORDS), LABEL)}
    element["value"] = button.token
    if button.style in STYLES:
        element["style"] = STYLES[button.style]
    return element


def _menu(menu: parts.Menu, language: str) -> Block:
    """Write a menu; choosing an option presses what its value carries."""
    element: Block = {"type": "static_select", "placeholder": plain_text(say(menu.label, language, WORDS), PLACEHOLDER)}
    element["options"] = [
        {"text": plain_text(say(option.label, language, WORDS), LABEL), "value": option.token}
        for option in menu.options
    ]
    return {"type": "actions", "elements": [element]}


def numbered(blocks: list[Block], start: int) -> list[Block]:
    """Give every button of a message an id of its own."""
    for at, block in enumerate(blocks, start=start):
        if block["type"] == "actions":
            for number, button in enumerate(block["elements"]):
                button["action_id"] = f"{PRESS}-{at}-{number}"
    return blocks
