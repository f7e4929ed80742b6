"""One plain rendering for all: the console, notifications, alt texts and logs of what was shown."""

from collections.abc import Iterable
from typing import assert_never

from bot.ui import reply as parts
from bot.ui.button import Button
from bot.ui.reply import Reply
from bot.ui.text import Text, Value, t
from bot.ui.values import Count, InLanguage
from bot.ui.voice import PLAIN, Dialect, say


def plain(reply: Reply, language: str, dialect: Dialect = PLAIN) -> str:
    """Write a reply as plain text, without its buttons and files."""
    written = (_part(part, language, dialect) for part in reply.parts)
    return "\n\n".join(text for text in written if text)


def all_buttons(reply: Reply) -> tuple[Button, ...]:
    """List the options of a reply's menus, then its buttons."""
    menus = [button for part in reply.parts if isinstance(part, parts.Menu) for button in part.options]
    return (*menus, *(button for part in reply.parts if isinstance(part, parts.Buttons) for button in part.buttons))


def labelled(label: Text, words: Value) -> Text:
    """Put a label before its words; a message of the catalogs, as French sets a space before the colon."""
    return t("{label}: {words}", label=label, words=words)


def headed(label: Value) -> Text:
    """Write a label with its colon alone, such as a question whose answer stands below."""
    return t("{label}:", label=label)


def beside(remarks: Iterable[str]) -> str:
    """Join remarks with spaces; each but the last gets a full stop where it has no end mark."""
    *others, last = [remark for remark in remarks if remark] or [""]
    return " ".join((*(remark if remark[-1] in ".!?…:" else f"{remark}." for remark in others), last))


def ranked(ranking: parts.Ranking) -> list[Value]:
    """Write the lines of a ranking."""
    lines = (
        t("{place}. {name}: {score}", place=Count(row.place), name=row.name, score=row.score) for row in ranking.places
    )
    return [line if ranking.language is None else InLanguage(line, ranking.language) for line in lines]


def _part(part: parts.Part, language: str, dialect: Dialect) -> str:  # noqa: PLR0911 - one way out for each kind
    match part:
        case parts.Heading() | parts.Paragraph() | parts.Note():
            return say(part.text, language, dialect)
        case parts.Fields():
            return "\n".join(say(labelled(label, words), language, dialect) for label, words in part.rows)
        case parts.Listing():
            return _lines(part, language, dialect)
        case parts.Ranking():
            return "\n".join(say(line, language, dialect) for line in ranked(part))
        case parts.Image():
            return say(part.alt, language, dialect)
        case parts.Link():
            return f"{say(part.label, language, dialect)} {part.url}"
        case parts.Buttons() | parts.Menu() | parts.File():
            return ""
        case _:
            assert_never(part)


def _lines(listing: parts.Listing, language: str, dialect: Dialect) -> str:
    return "\n".join(f"{mark} {say(item, language, dialect)}" for mark, item in marked(listing, "-"))


def marked(listing: parts.Listing, bullet: str) -> list[tuple[str, Value]]:
    """Give each item of a list with its number, or with a bullet."""
    numbers = range(listing.first, listing.first + len(listing.items))
    marks = [f"{n}." if listing.numbered else bullet for n in numbers]
    return list(zip(marks, listing.items, strict=True))
