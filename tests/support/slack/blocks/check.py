"""How a payload is checked: rules over values, each problem with its place, in Slack's own words."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Check:
    """What was found in one payload, and what must be counted over all of it."""

    surface: str
    """`message`, `modal` or `home`."""
    problems: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    characters: int = 0
    markdown: int = 0
    inputs: int = 0
    focused: int = 0
    charts: int = 0
    files: Container[str] = ()
    """The files on Slack that a picture may show."""

    def problem(self, complaint: str, path: str) -> None:
        self.problems.append(f"{complaint} [json-pointer:{path}]")


Rule = Callable[[Check, Any, str], None]


@dataclass(frozen=True)
class Shape:
    """The fields an object must and may have; anything else is refused."""

    needs: Mapping[str, Rule]
    may: Mapping[str, Rule] = field(default_factory=dict)
    also: Rule | None = None

    def __call__(self, check: Check, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            check.problem("must be an object", path)
            return
        for name in self.needs:
            if name not in value:
                check.problem(f"missing required field: {name}", path)
        for name, child in value.items():
            rule = self.needs.get(name) or self.may.get(name)
            if rule is None:
                check.problem(f"invalid additional property: {name}", path)
            else:
                rule(check, child, f"{path}/{name}")
        if self.also is not None:
            self.also(check, value, path)


def measured(check: Check, length: int, least: int, most: int, path: str) -> None:
    if length < least:
        check.problem(f"must be more than {least - 1} characters", path)
    if length > most:
        check.problem(f"must be less than {most + 1} characters", path)


def string(most: int, least: int = 1, starts: str = "") -> Rule:
    def rule(check: Check, value: Any, path: str) -> None:
        if not isinstance(value, str):
            check.problem("must be a string", path)
            return
        measured(check, len(value), least, most, path)
        if not value.startswith(starts):
            check.problem(f"must start with {starts}", path)

    return rule


def one_of(*allowed: Any) -> Rule:
    def rule(check: Check, value: Any, path: str) -> None:
        if not any(value is choice or (type(value) is type(choice) and value == choice) for choice in allowed):
            check.problem(f"must be one of {', '.join(map(str, allowed))}", path)

    return rule


BOOL = one_of(True, False)


def number(least: float, most: float) -> Rule:
    def rule(check: Check, value: Any, path: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            check.problem("must be a number", path)
        elif not least <= value <= most:
            check.problem(f"must be between {least} and {most}", path)

    return rule


def matching(pattern: str, description: str) -> Rule:
    compiled = re.compile(pattern)

    def rule(check: Check, value: Any, path: str) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            check.problem(f"must be {description}", path)

    return rule


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    def check_items(check: Check, value: Any, path: str) -> None:
        if not isinstance(value, list):
            check.problem("must be an array", path)
            return
        if len(value) < least:
            check.problem(f"no fewer than {least} items allowed", path)
        if len(value) > most:
            check.problem(f"no more than {most} items allowed", path)
        for number_, item in enumerate(value):
            rule(check, item, f"{path}/{number_}")

    return check_items


def kinds(table: Mapping[str, Rule], *only: str) -> Rule:
    """Choose the rule by the value's `type`."""

    def rule(check: Check, value: Any, path: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or (only and kind not in only) or kind not in table:
            check.problem(f"unsupported type: {kind}", path)
            return
        table[kind](check, value, path)

    return rule


def text(most: int, least: int = 1, *, plain: bool = False) -> Rule:
    """A text object; plain where Slack allows no markup."""

    def rule(check: Check, value: Any, path: str) -> None:
        if not isinstance(value, dict) or value.get("type") not in {"plain_text", "mrkdwn"}:
            check.problem("must be a text object", path)
            return
        if plain and value["type"] != "plain_text":
            check.problem("must be a plain_text object", path)
        extra = {"emoji"} if value["type"] == "plain_text" else {"verbatim"}
        for name in value.keys() - {"type", "text"} - extra:
            check.problem(f"invalid additional property: {name}", path)
        written = value.get("text")
        if not isinstance(written, str):
            check.problem("missing required field: text", path)
            return
        check.characters += len(written)
        measured(check, len(written), least, most, f"{path}/text")

    return rule


def anything(check: Check, value: Any, path: str) -> None:
    """Accept what is checked elsewhere."""
