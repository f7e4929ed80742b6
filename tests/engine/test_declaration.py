"""A command that some platform could not show fails when it is declared, not on a member's screen."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import pytest

from bot.engine import limits
from bot.engine.call import Call
from bot.engine.command import Command
from bot.engine.params import BadDeclaration, read_params
from bot.engine.registry import Registry
from bot.engine.rules import Choice, Line, Lines, Number, RowId, YesNo
from bot.features import everything
from bot.ui.reply import Reply, reply
from bot.ui.text import t

NAME = Line(label=t("Name"))


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def made(handler: Callable[..., Reply], name: str = "lead add", **more: Any) -> Command[...]:
    return Command(name, handler, **more)


def add(
    call: Call, *, name: Annotated[str, NAME], times: Annotated[int | None, Number(label=t("Times"))] = None
) -> Reply:
    """Add a person."""
    return reply(t("Added."))


def test_the_signature_is_the_schema() -> None:
    name, times = read_params(add)
    assert (name.name, name.required, times.name, times.required, times.default) == ("name", True, "times", False, None)


def test_required_values_come_first_as_discord_wants_them() -> None:
    def handler(
        call: Call, *, a: Annotated[str | None, NAME] = None, b: Annotated[str, NAME], c: Annotated[str, NAME]
    ) -> Reply:
        """Say something."""
        return reply(t("Hello."))

    assert [param.name for param in read_params(handler)] == ["b", "c", "a"]


def test_a_value_without_a_rule_is_refused() -> None:
    def handler(call: Call, *, name: str) -> Reply:
        """Say something."""
        return reply(t("Hello."))

    with pytest.raises(BadDeclaration, match="name has no rule"):
        read_params(handler)


def test_a_value_whose_type_is_not_what_its_rule_reads_is_refused() -> None:
    def handler(call: Call, *, name: Annotated[int, NAME]) -> Reply:
        """Say something."""
        return reply(t("Hello."))

    with pytest.raises(BadDeclaration, match="its rule reads"):
        read_params(handler)


def test_a_command_without_a_docstring_has_no_description() -> None:
    def handler(call: Call) -> Reply:
        return reply(t("Hello."))

    with pytest.raises(BadDeclaration, match="docstring"):
        limits.check(made(handler))


def long_docstring(call: Call) -> Reply:
    return reply(t("Hello."))


long_docstring.__doc__ = "x" * 101


def six_asked(
    call: Call,
    *,
    a: Annotated[str, NAME],
    b: Annotated[str, NAME],
    c: Annotated[str, NAME],
    d: Annotated[str, NAME],
    e: Annotated[str, NAME],
    name: Annotated[str, NAME],
) -> Reply:
    """Ask for six values."""
    return reply(t("Hello."))


def four_ids(
    call: Call,
    *,
    a: Annotated[str, RowId(label=t("A"))],
    b: Annotated[str, RowId(label=t("B"))],
    c: Annotated[str, RowId(label=t("C"))],
    d: Annotated[str, RowId(label=t("D"))],
) -> Reply:
    """Carry four ids."""
    return reply(t("Hello."))


def long_label(call: Call, *, a: Annotated[str, Line(label=t("x" * 46))]) -> Reply:
    """Have a long label."""
    return reply(t("Hello."))


def never_asked(call: Call, *, a: Annotated[str, Lines(label=t("A"), asked=False)]) -> Reply:
    """Need a value that no form asks for."""
    return reply(t("Hello."))


def odd_underscore(call: Call, *, thing_: Annotated[str, NAME]) -> Reply:
    """Name a value with an underscore that it does not need."""
    return reply(t("Hello."))


def kept_word(call: Call, *, type: Annotated[str, NAME]) -> Reply:  # noqa: A002
    """Name a value by a word that Python keeps."""
    return reply(t("Hello."))


def both_names(call: Call, *, thing: Annotated[str, NAME], thing_: Annotated[str, NAME]) -> Reply:
    """Name two values alike."""
    return reply(t("Hello."))


def no_star(call: Call, name: Annotated[str, NAME]) -> Reply:
    """Forget the star."""
    return reply(t("Hello."))


def no_call(*, name: Annotated[str, NAME]) -> Reply:
    """Forget the call."""
    return reply(t("Hello."))


def any_value(call: Call, *, list_: Annotated[str, NAME], if_: Annotated[str | None, NAME] = None) -> Reply:
    """Name values as Python wants them."""
    return reply(t("Hello."))


@pytest.mark.parametrize("handler", [odd_underscore, kept_word, both_names, no_star, no_call])
@pytest.mark.parametrize("typed", [True, False])
def test_a_handler_that_the_engine_cannot_call_is_refused(handler: Callable[..., Reply], *, typed: bool) -> None:
    product = Registry()
    with pytest.raises(BadDeclaration, match=f"{handler.__name__} cannot be called"):
        (product.command("odd thing") if typed else product.action("odd thing"))(handler)


def test_a_word_that_python_keeps_has_an_underscore_in_python_alone() -> None:
    assert [(param.name, param.argument) for param in read_params(any_value)] == [("list", "list_"), ("if", "if_")]


@pytest.mark.parametrize(
    ("handler", "more", "problem"),
    [
        (add, {"name": "Lead Add"}, "lower-case words"),
        (add, {"name": "lead add one more"}, "at most 3 words"),
        (long_docstring, {}, "description passes 100"),
        (six_asked, {"form": t("Six")}, "at most 5 values"),
        (four_ids, {}, "tokens can reach"),
        (long_label, {}, "label passes 45"),
        (add, {"form": t("x" * 25)}, "title passes 24"),
        (never_asked, {"form": t("A form")}, "nobody would ever ask"),
        (add, {"prefill": lambda call, values: {}}, "prefill needs a form"),
        (add, {"example": "/leads add Dana"}, "its example begins otherwise: /leads add Dana"),
        (add, {"example": "/lead add nam:Dana"}, "its example has nam, which is no value"),
        (add, {"name": "Lead"}, "test_declaration.add is /Lead: "),
    ],
)
def test_what_a_platform_could_not_show_is_refused(
    handler: Callable[..., Reply], more: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadDeclaration, match=problem):
        limits.check(made(handler, **more))


async def waits(call: Call, *, name: Annotated[str, NAME]) -> Reply:
    """Wait, as no handler can."""
    return reply(t("Hello."))


def lost_type(call: Call, *, name: Annotated["Nam", NAME]) -> Reply:  # type: ignore[misspelled]  # noqa: F821
    """Misspell a type."""
    return reply(t("Hello."))


@pytest.mark.parametrize(
    ("handler", "problem"), [(waits, "waits is async, .*write def"), (lost_type, "lost_type: the type of a value")]
)
def test_a_handler_that_would_only_fail_later_is_refused_with_its_place(
    handler: Callable[..., Reply], problem: str
) -> None:
    with pytest.raises(BadDeclaration, match=rf"test_declaration\.{problem}"):
        read_params(handler)


def test_two_commands_cannot_have_one_name() -> None:
    registry = Registry()
    registry.add(made(add))
    with pytest.raises(ValueError, match=r"test_declaration.add cannot be named /lead add: .* is /lead add"):
        registry.add(made(add))


def test_what_leads_nowhere_is_told_with_its_place_and_what_may_be_meant() -> None:
    registry = Registry(made(add))
    registry.refer_to("lead ad")
    with pytest.raises(LookupError) as told:
        registry.check()
    place = "tests.engine.test_declaration"
    assert str(told.value).split("; ") == [
        f"{place} refers to 'lead ad', and nobody declared it: did you mean 'lead add'?",
        f"{place}.add is /lead add, and nobody declared the family 'lead'",
    ]


def test_a_button_with_a_value_that_its_command_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="/lead add has no nam; it has name, times"):
        made(add).write({"nam": "Dana"})


def test_a_choice_offers_each_thing_by_its_name() -> None:
    colour = Choice(label=t("Colour"), of={Colour.RED: t("red"), Colour.BLUE: t("blue")})
    assert [value for value, _ in colour.choices()] == ["red", "blue"]
    assert YesNo(label=t("Sure")).write(value=True) == "yes"


def test_every_command_of_the_bot_is_within_all_limits_and_has_its_own_example() -> None:
    registry = everything()
    for command in registry:
        assert limits.problems(command) == []
    assert {command.family for command in registry.listed} >= {
        "start", "tip", "lead", "ask", "meeting", "week", "board", "win", "me", "community", "help",
    }  # fmt: skip
