"""Every command by every road Slack has; whatever Slack would refuse, or the loopback does not know, fails the test."""

from adapters.slack.words import stands_alone
from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.form import opens
from bot.features import everything
from tests.support.slack import Person
from tests.support.slack_bot import World

LISTED = everything().listed
WITH_FORM = [command for command in LISTED if command.which is not None or opens(command, {})]


async def somebody(world: World, command: AnyCommand) -> Person:
    """Give a new person of the kind a command is for, with one person on their list whom they asked."""
    number = len(world.slack.people)
    person = world.slack.person(f"person{number}", admin=command.access is Access.ORGANISER)
    await person.types('/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"')
    await person.types('/hello ask sent lead:"dana" wording:chat')
    return person


def typed(command: AnyCommand) -> str:
    return command.example if stands_alone(command.family) else f"/hello {command.example.removeprefix('/')}"


async def test_every_example_works_as_it_is_typed(world: World) -> None:
    for command in LISTED:
        person = await somebody(world, command)
        before = len(person.sees.messages)
        seen = await person.types(typed(command))
        assert seen.modal is not None or any(message.text for message in seen.messages[before:]), command.name
        assert not world.slack.refused, command.name


async def test_every_form_opens_when_nothing_is_given(world: World) -> None:
    for command in WITH_FORM:
        person = await somebody(world, command)
        seen = await person.types(f"/hello {command.name}")
        if all(param.rule.asked for param in command.params if param.required):
            if command.which is not None:
                assert seen.last.buttons, "a page of settings has a button for each"
                continue
            assert seen.modal is not None, command.name
            assert seen.modal.submit == "Send", command.name
            # Where the form shows what is kept of a thing, it first asks which thing.
            first = [command.subject] if command.prefill and command.subject else command.asked
            assert [field.name for field in seen.modal.fields] == [param.name for param in first if param]
        assert not world.slack.refused, command.name


async def test_every_button_of_every_answer_does_something(world: World) -> None:
    for command in LISTED:
        person = await somebody(world, command)
        seen = await person.types(typed(command))
        if seen.modal is not None:
            await person.closes()
        answer = next(message for message in reversed(person.sees.messages) if not message.direct)
        for label in answer.buttons:
            await person.presses(label, on=answer)
            if person.sees.modal is not None:
                await person.closes()
    assert not world.slack.refused


async def test_nobody_else_sees_what_a_member_does(world: World) -> None:
    amina = world.slack.person("amina")
    omar = world.slack.person("omar")
    for command in LISTED:
        if command.access is Access.MEMBER:
            await amina.types(typed(command))
            if amina.sees.modal is not None:
                await amina.closes()
    assert not [seen.text for seen in omar.sees.messages]
