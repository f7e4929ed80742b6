"""The limits of Discord, Slack and the console, checked when a command is declared."""

import re
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches

from bot.engine.command import Command
from bot.engine.params import BadDeclaration, Param, place_of
from bot.engine.rule import Kind
from bot.engine.tokens import LIMIT, OVERHEAD

WORD = re.compile(r"[a-z][a-z-]{0,31}")
"""A word of a command's name, and a parameter's (underscores there): Discord allows 32 characters."""
PARAM = re.compile(r"[a-z][a-z_]{0,31}")
NAMED, QUOTED = re.compile(r"(?<!\S)([a-z_-]+):"), re.compile('"[^"]*"')
"""A value by its name in an example, and what a value is in quotes."""
WORDS = 3
"""Discord: a command, one group and one sub-command."""
DESCRIPTION = 100
"""Discord: 1 to 100 characters, also in each language."""
OPTIONS = 25
"""Discord: options of one command; also choices of one option."""
ASKED = 5
"""Discord: components of one form."""
FORM_TITLE = 24
"""Slack: title of a view; Discord allows 45."""
LABEL = 45
"""Discord: label in a form; Slack allows 2,000."""
HINT = 100
"""Discord: description or placeholder in a form; Slack: 150."""
CHOICE = 75
"""Slack: text of an option; Discord allows 100."""
BUTTON = 75
"""Slack: text of a button; Discord allows 80."""


def check(command: Command[...]) -> None:
    """Check a declaration against every platform at once.

    Raises:
        BadDeclaration: the first limit that it passes, with the command's name.
    """
    for problem in problems(command):
        message = f"{place_of(command.handler)} is /{command.name}: {problem}"
        raise BadDeclaration(message)


def problems(command: Command[...]) -> list[str]:
    """List every limit that a declaration passes."""
    words = command.name.split()
    token = OVERHEAD + sum(1 + (param.rule.width or 0) for param in command.carried)
    asked = 1 if command.which else len(command.asked) - (1 if command.prefill and command.subject else 0)
    lost = [p.name for p in command.params if command.form and not p.rule.asked and p.rule.width is None and p.required]
    strange = {*NAMED.findall(QUOTED.sub("", command.example))} - {p.name for p in command.named}
    checks = (
        (all(WORD.fullmatch(word) for word in words), "a name is lower-case words"),
        (1 <= len(words) <= WORDS or not command.listed, f"a name has at most {WORDS} words"),
        (len(command.description.message) <= DESCRIPTION, f"the description passes {DESCRIPTION} characters"),
        (len(command.params) <= OPTIONS, f"more than {OPTIONS} parameters"),
        (
            not command.form or len(command.form.message) <= FORM_TITLE,
            f"the form's title passes {FORM_TITLE} characters",
        ),
        (not command.form or asked <= ASKED, f"a form asks for at most {ASKED} values"),
        (token <= LIMIT, f"its tokens can reach {token} characters, the limit is {LIMIT}"),
        (not lost, f"nobody would ever ask for {lost}"),
        (not command.listed or not any(p.rule.kind is Kind.ID for p in command.params), "a person cannot type an id"),
        ({p.name for p in command.named} >= set(command.own_names), "a name of its own is of no value it has"),
        (not command.prefill or command.form is not None, "a prefill needs a form"),
        (not strange, f"its example has {', '.join(sorted(strange))}, which is no value it has"),
        (
            not command.example or re.match(rf"/{command.name}(?!\S)", command.example),
            f"its example begins otherwise: {command.example}",
        ),
    )
    return [problem for ok, problem in checks if not ok] + [
        p for param in command.params for p in _param_problems(param)
    ]


def lost(
    commands: Mapping[str, Command[...]], references: Iterable[tuple[str, str]], families: Container[str]
) -> list[str]:
    """List what leads nowhere: references, each with the module that makes it, and commands without a family."""

    def near(name: str) -> str:
        names = get_close_matches(name.removeprefix("/"), commands, 1)
        return f": did you mean {names[0]!r}?" if names else ""

    return [
        f"{module} refers to {name!r}, and nobody declared it{near(name)}"
        for module, name in references
        if name not in commands
    ] + [
        f"{place_of(command.handler)} is /{command.name}, and nobody declared the family {command.family!r}"
        for command in commands.values()
        if command.listed and command.family not in families
    ]


def _param_problems(param: Param) -> list[str]:
    rule = param.rule
    choices = rule.choices()
    checks = (
        (bool(PARAM.fullmatch(param.name)), "a parameter's name is lower-case words"),
        (len(rule.label.message) <= LABEL, f"the label passes {LABEL} characters"),
        (rule.hint is None or len(rule.hint.message) <= HINT, f"the hint passes {HINT} characters"),
        (len(choices) <= OPTIONS, f"more than {OPTIONS} choices"),
        (all(len(text.message) <= CHOICE for _, text in choices), f"a choice passes {CHOICE} characters"),
        (rule.typing is None or len(rule.typing.message) <= HINT, f"how to type it passes {HINT} characters"),
        (rule.kind is not Kind.CHOICE or bool(choices), "a choice needs something to choose"),
    )
    return [f"{param.name}: {problem}" for ok, problem in checks if not ok]
