"""Keeps what was typed for a day, so that a button can use it again: refused values, and those worth changing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from bot.engine.call import Call
from bot.engine.clean import keepable
from bot.engine.command import AnyCommand, own_action
from bot.engine.errors import StaleButton
from bot.engine.finding import Parsed
from bot.engine.reading import Refusal
from bot.engine.registry import Registry
from bot.engine.rule import Doubtful
from bot.engine.rules import Number, RowId
from bot.store import drafts
from bot.store.ids import new_id
from bot.ui.button import Button
from bot.ui.reply import Reply
from bot.ui.text import Text, t

MOST_CHOICES = 25
"""What Discord's menu holds."""


@dataclass(frozen=True, slots=True)
class KeptInput:
    """What was typed for a command, and what it could mean."""

    command: str
    raw: Mapping[str, str]
    submitted: bool
    wrong: tuple[str, ...]
    options: Sequence[tuple[str, str]]

    def found(self, registry: Registry) -> Parsed:
        """Find its command again.

        Raises:
            StaleButton: the command is not there any more.
        """
        command = registry.get(self.command)
        if command is None:
            raise _gone()
        return Parsed(command, self.raw, submitted=self.submitted, wrong=self.wrong)


class Resume(Exception):
    """Tells the dispatcher to go on with a stored command: as it is, with its form opened, or merged with a sent form."""

    def __init__(self, contents: KeptInput, *, as_form: bool = False, filled: bool = False) -> None:
        super().__init__(contents.command)
        self.kept = contents
        self.as_form = as_form
        self.filled = filled


@dataclass(frozen=True, slots=True)
class Correction:
    """What can be done with the values that were kept."""

    choices: tuple[Button, ...]
    edit: str | None


@own_action("draft choose")
def choose(
    call: Call,
    *,
    draft: Annotated[str, RowId(label=t("Draft"))],
    option: Annotated[int, Number(label=t("Option"))],
) -> Reply:
    """Use what was typed, with one value made clear."""
    contents = kept_in(call, draft)
    if option >= len(contents.options):
        raise _gone()
    name, raw = contents.options[option]
    raise Resume(replace(contents, raw={**contents.raw, name: raw}, wrong=()))


@own_action("draft edit")
def edit(call: Call, *, draft: Annotated[str, RowId(label=t("Draft"))]) -> Reply:
    """Open the form again with what was typed."""
    raise Resume(kept_in(call, draft), as_form=True)


@own_action("draft fill")
def fill(call: Call, *, draft: Annotated[str, RowId(label=t("Draft"))]) -> Reply:
    """Take a form that was sent together with what was typed before it opened."""
    raise Resume(kept_in(call, draft), filled=True)


def reopens(command: AnyCommand) -> bool:
    """Tell whether a command always leads to a form."""
    return command is edit


def keep(call: Call, delivery: str, parsed: Parsed, refusal: Refusal) -> Correction:
    """Keep refused values for a day, and make the buttons that use them."""
    options = refusal.options[:MOST_CHOICES]
    draft = _keep(call, delivery, replace(parsed, wrong=tuple(refusal.problems)), options)
    labels = [text for p in refusal.problems.values() if isinstance(p, Doubtful) for _, text in p.options]
    choices = tuple(choose.button(call.stamp, labels[i], draft=draft, option=i) for i in range(len(options)))
    return Correction(choices, edit.token(call.stamp, {"draft": draft}) if parsed.command.form else None)


def beside(call: Call, delivery: str, command: AnyCommand, raw: Mapping[str, str]) -> str:
    """Keep for a day what a form neither shows nor carries, and give the token of that form."""
    draft = _keep(call, f"{delivery}:beside", Parsed(command, raw), ())
    return fill.token(call.stamp, {"draft": draft})


def set_aside(call: Call, delivery: str, parsed: Parsed) -> str:
    """Keep what was typed for a day, and give the token of a button that opens its form."""
    return edit.token(call.stamp, {"draft": aside(call, delivery, parsed)})


def aside(call: Call, delivery: str, parsed: Parsed) -> str:
    """Keep what was typed for a day; returns the draft."""
    return _keep(call, delivery, parsed, ())


def _keep(call: Call, delivery: str, parsed: Parsed, options: Sequence[tuple[str, str]]) -> str:
    raw = {name: _keepable(parsed.command, name, text) for name, text in parsed.raw.items()}
    payload = json.dumps({"raw": raw, "submitted": parsed.submitted, "options": list(options), "wrong": parsed.wrong})
    return drafts.keep(call.tx, call.who, delivery, parsed.command.name, payload, call.now)


def again(call: Call, command: AnyCommand, label: Text, values: Mapping[str, object]) -> Button:
    """Keep the values of an answer for a day, and make the button that opens its form with them."""
    payload = json.dumps({"raw": command.write(values), "submitted": False, "options": [], "wrong": []})
    return edit.button(
        call.stamp, label, draft=drafts.keep(call.tx, call.who, new_id(), command.name, payload, call.now)
    )


def _keepable(command: AnyCommand, name: str, text: str) -> str:
    """Keep no secret, and no contact where the command refuses contacts."""
    rule = next((param.rule for param in command.params if param.name == name), None)
    return keepable(text, contacts=rule is None or not rule.no_contacts)


def kept_in(call: Call, draft: str) -> KeptInput:
    """Give back what was kept.

    Raises:
        StaleButton: it is not kept any longer.
    """
    row = drafts.find(call.tx, call.who, draft)
    if row is None:
        raise _gone()
    values = json.loads(row.values)
    wrong = tuple(values.get("wrong", ()))
    return KeptInput(row.command, values["raw"], values["submitted"], wrong, values["options"])


def _gone() -> StaleButton:
    return StaleButton(t("I did not keep this any longer."), t("Please type it again."))
