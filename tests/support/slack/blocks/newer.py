"""The blocks Slack added in 2025 and 2026, for messages only, with the limits its pages name."""

from collections.abc import Callable
from typing import Any

from tests.support.slack.blocks.check import (
    BOOL,
    Check,
    Rule,
    Shape,
    anything,
    items,
    kinds,
    number,
    one_of,
    string,
    text,
)
from tests.support.slack.blocks.elements import ELEMENTS

Block = Callable[..., Shape]


def cell(check: Check, value: Any, path: str) -> None:
    if not isinstance(value, dict) or value.get("type") not in {"raw_text", "raw_number", "rich_text"}:
        check.problem("unsupported type of cell", path)
        return
    written = str(value.get("text", ""))
    check.characters += len(written)
    if value["type"] == "raw_text" and not written:
        check.problem("must be more than 0 characters", f"{path}/text")


def data(check: Check, value: Any, path: str) -> None:
    """Count the characters of a data table."""
    items(items(cell, 20), 201, 2)(check, value, path)
    if isinstance(value, list):
        letters = sum(
            len(str(text_cell.get("text", ""))) for row in value for text_cell in row if isinstance(text_cell, dict)
        )
        if letters > 20_000:
            check.problem("must be less than 20001 characters", path)


def something_shown(check: Check, value: Any, path: str) -> None:
    if not value.keys() & {"hero_image", "title", "actions", "body"}:
        check.problem("one of hero_image, title, actions and body is needed", path)


def headed(check: Check, value: Any, path: str) -> None:
    if not value.keys() & {"title", "rich_text_title"}:
        check.problem("title or rich_text_title is needed", path)
    if value.get("is_collapsible") is True and value.get("has_header_divider") is True:
        check.problem("has_header_divider is not for what is_collapsible", path)


def counted(check: Check, value: Any, path: str) -> None:
    check.charts += 1
    if check.charts > 2:
        check.problem("no more than 2 data_visualization blocks allowed", path)


SERIES = Shape({"name": string(20), "data": items(Shape({"label": string(20), "value": number(-1e15, 1e15)}), 20)})
CHART = Shape(
    {"type": one_of("line", "bar", "area", "pie")}, {"series": items(SERIES, 12), "segments": items(anything, 12)}
)
TASK: dict[str, Rule] = {
    "task_id": string(255),
    "title": string(255),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
TASK_MORE: dict[str, Rule] = {"details": anything, "output": anything, "sources": items(anything, 100)}


def newer(block: Block, inner: Rule) -> dict[str, Rule]:
    """Make the table of newer blocks; `inner` checks blocks inside a container."""
    card = block(
        {},
        {
            "hero_image": ELEMENTS["image"],
            "icon": ELEMENTS["image"],
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "actions": items(kinds(ELEMENTS, "button", "icon_button"), 3),
        },
        something_shown,
    )
    task = block(TASK, TASK_MORE)
    return {
        "alert": block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
        "card": card,
        "carousel": block({"elements": items(kinds({"card": card}), 10)}),
        "container": block(
            {"child_blocks": items(inner, 10)},
            {
                "title": text(150, plain=True),
                "rich_text_title": anything,
                "subtitle": text(150),
                "width": one_of("narrow", "standard", "wide", "full"),
                "icon": ELEMENTS["image"],
                "is_collapsible": BOOL,
                "default_collapsed": BOOL,
                "has_header_divider": BOOL,
            },
            headed,
        ),
        "task_card": task,
        "plan": block({"title": string(255)}, {"tasks": items(kinds({"task_card": task}), 50)}),
        "table": block({"rows": items(items(cell, 20), 100)}, {"column_settings": items(anything, 20, 0)}),
        "data_table": block({"rows": data}, {"page_size": number(1, 100), "column_settings": items(anything, 20, 0)}),
        "data_visualization": block({"title": string(50), "chart": CHART}, also=counted),
    }
