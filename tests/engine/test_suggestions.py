"""While a person types, only what is their own is offered."""

import pytest

from bot.features import everything
from tests.support.console import Console

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
PRIYA = '@omar /lead add name:"Dario P." organisation:"Hydro" why:"tests turbines"'


async def test_a_member_is_offered_their_own_people_and_nobody_elses(circle: Console) -> None:
    await circle.run(DANA, PRIYA)
    assert await circle.suggest("lead show", "lead", "da") == ["Dana R. · Nordik"]
    assert await circle.suggest("lead show", "lead", "da", who="omar") == ["Dario P. · Hydro"]
    assert await circle.suggest("lead show", "lead", "da", community="elsewhere") == []
    assert await circle.suggest("lead show", "lead", "da", who="stranger") == []


async def test_no_parameter_of_any_command_offers_what_is_another_members(circle: Console) -> None:
    await circle.run(DANA, PRIYA, "@omar /tip share text:Pineapple", '@omar /win share text:"Mango"')
    for command in everything():
        for param in command.params:
            for typed in ("", "d", "dario", "pine", "mango", "hydro"):
                offered = " ".join(await circle.suggest(command.name, param.name, typed))
                assert not any(word in offered for word in ("Dario", "Hydro", "Pineapple", "Mango"))


async def test_a_closed_person_is_offered_only_where_it_makes_sense(circle: Console) -> None:
    await circle.run(DANA, "@amina /lead close lead:dana")
    assert await circle.suggest("ask sent", "lead", "") == []
    assert await circle.suggest("lead show", "lead", "") == ["Dana R. · Nordik"]


async def test_at_most_25_are_offered_each_of_at_most_100_characters(circle: Console) -> None:
    for n in range(27):
        name = f"{'Long Name ' * 7}{chr(65 + n % 26)}{n // 26}"
        await circle.run(f'@amina /lead add name:"{name}" organisation:"{"Place " * 13}" why:"works there"')
    offered = await circle.suggest("lead show", "lead", "")
    assert len(offered) == 25
    assert max(map(len, offered)) <= 100


async def test_cities_are_offered_by_the_beginning_and_by_a_near_miss(circle: Console) -> None:
    await circle.run("@amina /lead next")
    assert "Toronto · Canada" in await circle.suggest("me settings", "zone", "tor")
    assert "Toronto · Canada" in await circle.suggest("me settings", "zone", "torronto")


@pytest.mark.parametrize(
    ("command", "param"), [("nonsense", "lead"), ("lead show", "nonsense"), ("week plan", "asks"), ("", "")]
)
async def test_nothing_is_offered_where_there_is_nothing_to_offer(circle: Console, command: str, param: str) -> None:
    await circle.run(DANA)
    assert await circle.suggest(command, param, "d") == []


async def test_a_very_long_text_offers_nothing_and_breaks_nothing(circle: Console) -> None:
    await circle.run(DANA)
    for typed in ("q" * 100_000, "\x00\ud800", "\u200b\u202e"):
        assert len(await circle.suggest("lead show", "lead", typed)) <= 1


async def test_a_fault_while_suggesting_offers_nothing_and_is_on_record(
    circle: Console, logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    await circle.run(DANA)

    def broken(*_: object) -> None:
        raise RuntimeError("Dana R. is here")

    rule = next(param.rule for param in everything().need("lead show").params if param.name == "lead")
    monkeypatch.setattr(type(rule), "suggest", broken)
    assert await circle.suggest("lead show", "lead", "da") == []
    (record,) = (entry for entry in logged if entry["event"] == "incident")
    assert record["fault"] == "RuntimeError"
    assert "Dana" not in str(logged)
