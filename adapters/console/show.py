"""Shows what was seen: as a line of JSON for programs, as plain text for people."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from adapters.console.screen import ScreenEntry
from bot.engine.form import Form
from bot.faults import recorded
from bot.ui.chart import PictureError
from bot.ui.drawing import draw
from bot.ui.names import said_value
from bot.ui.reply import Image
from bot.ui.voice import say

log = structlog.get_logger()


def as_json(seen: ScreenEntry, zone: ZoneInfo) -> str:
    """Write one thing seen as one line of JSON."""
    return json.dumps(as_data(seen, zone), ensure_ascii=False)


def as_data(seen: ScreenEntry, zone: ZoneInfo) -> dict[str, Any]:
    """Give one thing seen as plain data."""
    return {
        "at": seen.at.astimezone(zone).isoformat(timespec="minutes"),
        "to": seen.to,
        "visibility": str(seen.visibility),
        "command": seen.command,
        "text": seen.text,
        "buttons": [label for label, _ in seen.buttons],
        "form": _form(seen.form, seen.language) if seen.form else None,
        "suggestions": list(seen.suggestions),
        "image": _image(seen.image, seen.language) if seen.image else None,
        "error": seen.error,
    }


def as_text(seen: ScreenEntry, zone: ZoneInfo) -> str:
    """Write one thing seen for a person to read."""
    lines = [f"[{seen.at.astimezone(zone):%a %Y-%m-%d %H:%M}] {seen.to}"]
    if seen.text:
        lines.append(seen.text)
    if seen.image is not None:
        lines.append(f"[picture: {say(seen.image.alt, seen.language)}]")
    if seen.form is not None:
        lines.append(f"[form: {say(seen.form.title, seen.language)}]")
        problems = [field.problem and say(field.problem, seen.language) for field in seen.form.fields]
        command = seen.form.command
        names = (said_value(field.name, seen.language, command) for field in seen.form.fields)
        lines += map(_field_line, names, _fields(seen.form, seen.language), problems)
    lines += [f"- {label}" for label in seen.suggestions]
    for words, labels in seen.rows:
        row = " ".join(f"[{label}]" for label in labels)
        lines.append(f"{words}: {row}" if words else row)
    return "\n".join(lines) + "\n"


def picture(image: Image, language: str) -> bytes | None:
    """Draw a picture; None when it cannot be drawn, because the words stand alone."""
    try:
        return draw(image.chart, language)
    except PictureError as error:
        log.warning("no picture", **recorded(error))
        return None


def _image(image: Image, language: str) -> dict[str, Any] | None:
    drawn = picture(image, language)
    return None if drawn is None else {"alt": say(image.alt, language), "bytes": len(drawn)}


def _form(form: Form, language: str) -> dict[str, Any]:
    return {"title": say(form.title, language), "fields": _fields(form, language)}


def _fields(form: Form, language: str) -> list[dict[str, Any]]:
    return [
        {"name": field.name, "label": say(field.label, language), "required": field.required, "kind": str(field.kind)}
        for field in form.fields
    ]


def _field_line(name: str, field: dict[str, Any], problem: str | None) -> str:
    wrong = f" ({problem})" if problem else ""
    return f"  {name}{'*' if field['required'] else ''}: {field['label']}{wrong}"
