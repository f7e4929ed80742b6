"""What only organisers may do is offered to organisers alone: in a correction, in the help, and while somebody types."""

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from adapters.console.completion import LineCompleter
from bot.engine.command import AnyCommand
from bot.engine.finding import unknown
from bot.features import everything
from bot.ui.languages import spoken
from bot.ui.names import said_command
from bot.ui.voice import say
from tests.support.console import Console

ORGANISERS = [command for command in everything().listed if command.access == "organiser"]


@pytest.mark.parametrize("language", spoken())
@pytest.mark.parametrize("command", ORGANISERS, ids=lambda command: command.name.replace(" ", "-"))
def test_a_mistyped_command_of_organisers_is_offered_to_them_alone(command: AnyCommand, language: str) -> None:
    error = unknown(f"{said_command(command.name, language)}x", everything())
    told = error.for_organisers
    assert told is not None
    assert told.advice is not None
    assert f"/{said_command(command.name, language)}" in say(told.advice, language)
    family = said_command("community", language)
    assert error.advice is None or f"/{family}" not in say(error.advice, language)


@pytest.mark.parametrize(
    ("line", "member", "organiser"),
    [
        ("/aide moi bilan", "Vouliez-vous dire /moi cv ?", "/communauté bilan maintenant"),
        ("/communauté conseilz", "Tapez /aide", "/communauté conseils"),
        ("/comunity tips", "Tapez /aide", "/communauté conseils"),
        ("/aide communauté", "Il faut être responsable", "Aide pour /communauté"),
        ("/aide community settings", "Il faut être responsable", "Aide pour /communauté réglages"),
        ("/communauté", "Il faut être responsable", "Aide pour /communauté"),
        ("/communauté réglages but2:5", "Il faut être responsable", "Vouliez-vous dire but ?"),
    ],
)
async def test_a_line_that_means_nothing_leads_where_one_may_go(
    circle: Console, line: str, member: str, organiser: str
) -> None:
    await circle.run("@amina speaks fr", "@omar as organiser", "@omar speaks fr")
    told = (await circle.one(f"@amina {line}")).text
    assert member in told
    assert "/communauté bilan" not in told
    assert "/communauté conseils" not in told
    assert organiser in (await circle.one(f"@omar {line}")).text


async def test_a_member_whom_an_organiser_named_is_offered_it_too(circle: Console) -> None:
    await circle.run("@amina /board me")
    assert "/community" not in (await circle.one("@amina /comunity tips")).text
    await circle.run("@organiser /community settings organiser:@amina")
    assert "/community tips" in (await circle.one("@amina /comunity tips")).text
    assert "community" in (await circle.one('@amina suggest /help command:"comm"')).suggestions


async def test_nothing_of_organisers_is_offered_while_a_member_types(circle: Console) -> None:
    await circle.run("@amina /board me", "@omar as organiser")
    asked = 'suggest /community settings holidays:"Ont"'
    for name in ("amina", "omar"):
        may = name == "omar"
        assert bool((await circle.one(f"@{name} {asked}")).suggestions) is may
        topics = (await circle.one(f'@{name} suggest /help command:"community"')).suggestions
        assert any(topic.startswith("community") for topic in topics) is may
        completer = LineCompleter(circle.session, lambda who=name: who, list)
        for text in ("/comm", "/community settings "):
            shown = [offer async for offer in completer.get_completions_async(Document(text), CompleteEvent())]
            assert bool(shown) is may, text
