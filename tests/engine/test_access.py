"""Who may do what to whose things: every command and every action, asked by everybody, about everything.

What a command acts on, and the other values it wants, follow from its declaration and its example; where they do not, it
has a row in ROWS. Things of a kind are made by the family's own tests, in `things.py` beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.console.screen import COMMUNITY, PLATFORM
from bot.engine.access import Access
from bot.engine.answer import Answer
from bot.engine.command import AnyCommand
from bot.engine.invocation import CalledCommand, Invocation, Place, Sender
from bot.engine.params import Param
from bot.engine.refs import Ref
from bot.engine.rule import Kind
from bot.engine.rules import RowId
from bot.engine.someone import mention
from bot.engine.typed import read_typed
from bot.engine.zones import Zone
from bot.features import everything
from bot.features.week.ref import WeekId
from tests.support.console import Console, said
from tests.support.world import (
    AMINA,
    FAY,
    MISSING,
    OLGA,
    OMAR,
    ORGANISER,
    PEOPLE,
    WEEK,
    ZOE,
    Person,
    Rows,
    World,
    open_world,
)


@dataclass(frozen=True)
class Row:
    """The other values a command wants, and the answers its owner may get beside success."""

    values: dict[str, str] = field(default_factory=dict[str, str])
    may: frozenset[str | None] = frozenset({None})


def row(*may: str, **values: str) -> Row:
    return Row(values, frozenset({None, *may}))


ROWS = {
    "ask draft": row("not-now", eye="your talk"),
    "ask take-back": row("not-now"),
    "ask told": row(number="2", stage="met"),
    "board as-nickname": row(nickname="Maple"),
    "board join": row(),
    "board nickname": row(nickname="Maple"),
    "buddy cheer": row("not-now", cheer="rest"),
    "buddy leave": row("not-now"),
    "community digest-post": row("not-now"),
    "community digest-there": row("not-now"),
    "community not-organiser": row("not-found"),
    "community move-digest": row(away="yes"),
    "community pack-back": row("not-found"),
    "community report": row("not-now"),
    "community settings": row(cap="9"),
    "community setup": row(channel="digest", zone="Toronto", language="en"),
    "draft choose": row("stale-button", option="0"),
    "followup did": row(reason="thank-you", tries="0"),
    "followup later": row(reason="thank-you", tries="0", until="monday"),
    "followup all-later": row(until="monday"),
    "followup off": row(),
    "guide off": row(),
    "guide on": row("not-now"),
    "help": row(),
    "lead add": row(name="New", organisation="Place", why="reason"),
    "lead close": row(),
    "lead edit": row(notes="more"),
    "lead list": row(),
    "lead merge": row(other="Listeda"),
    "lead two-people": row(other="Listeda"),
    "me record": row(),
    "me come-back": row("not-now"),
    "me undo": row("not-now", "stale-button"),
    "me undo-earlier": row("not-now", "stale-button"),
    "lead take-back": row("not-now"),
    "week take-back": row("not-now"),
    "me link-another": row("stale-button"),
    "me link-reminders": row("not-now", here="yes"),
    "me link-same": row("stale-button"),
    "me link-code": row("bad-value", "not-now", code="AAAA-AAAA"),
    "me pause": row(),
    "me settings": row(number="3"),
    "me unlink": row("not-now"),
    "meeting calendar": row("not-now"),
    "meeting cancel": row("not-now"),
    "meeting drop-question": row("stale-button", number="1"),
    "meeting keep-questions": row("stale-button"),
    "meeting knows": row(answer="yes"),
    "meeting prep": row(goal="tools"),
    "meeting learned": row(want="tests"),
    "meeting list": row(),
    "meeting leave-names": row(),
    "meeting log": row(reached="yes", another="yes"),
    "meeting name": row(at="0", name="New", organisation="Place", why="reason"),
    "meeting other-names": row(after="0"),
    "meeting off": row("stale-button", change="0"),
    "meeting plan": row(when="2026-03-12 15:00"),
    "meeting put-back": row("stale-button"),
    "meeting undo": row("not-now"),
    "meeting unplan": row("not-now"),
    "page show": row("stale-button", number="1"),
    "start": row(language="en", zone="Toronto"),
    "tip get": row(),
    "tip list": row(),
    "tip share": row(text="Rest well"),
    "twice no": row(),
    "twice yes": row(),
    "week need-help": row(help="names"),
    "week plan": row(asks="1"),
    "week report": row(asks="1"),
    "week some": row(asks="1"),
    "win about": row(about="job"),
    "win choose": row(show="private"),
    "win share": row(text="a good talk", show="private"),
}


def test_every_command_and_action_can_be_asked_with_all_that_it_wants() -> None:
    assert {command.name for command in everything()} >= set(ROWS), "a row of ROWS is of no command"
    for command in everything():
        target = acted_on(command)
        values_given = {*values(command), *([target.name] if target else [])}
        lacking = {param.name for param in command.params if param.required} - values_given
        assert not lacking, f"/{command.name} wants {lacking} too: add a row to ROWS, or an example to the command"


def acted_on(command: AnyCommand) -> Param | None:
    """Find the parameter that names somebody's thing."""
    acting = [p for p in command.params if isinstance(p.rule, Ref | RowId) and not isinstance(p.rule, WeekId | Zone)]
    return next((param for param in acting if param.required), None)


def thing(world: World, command: AnyCommand, param: Param, who: Person) -> str:
    """Give the id of a person's thing of the kind a parameter names; tips are their community's."""
    if param.name == "tip":
        kind = "waiting" if command.access is Access.ORGANISER else "tip"
        return world.things[who.community][kind]
    identifier = world.things[who.user].get(param.name)
    assert identifier is not None, (
        f"/{command.name}: let tests/features/<family>/things.py make a {param.name} of each person"
    )
    return identifier


def values(command: AnyCommand) -> dict[str, str]:
    weeks = {param.name: WEEK for param in command.params if isinstance(param.rule, WeekId)}
    return weeks | (ROWS[command.name].values if command.name in ROWS else exemplary(command))


def exemplary(command: AnyCommand) -> dict[str, str]:
    """Give the values of a command's example, without what it acts on."""
    target = acted_on(command)
    typed = read_typed(command, command.example.removeprefix(f"/{command.name}").strip()) if command.listed else {}
    picked = {param.name: PICKED[param.rule.kind] for param in command.params if param.rule.kind in PICKED}
    return {name: picked.get(name, value) for name, value in typed.items() if target is None or name != target.name}


PICKED = {Kind.PERSON: mention("somebody", "Somebody"), Kind.CHANNEL: "digest"}
"""What a platform sends where an example names a person or a channel, which may not be in every community."""


def others(who: Person, *, shared: bool) -> list[Person]:
    """List whose things a person must not reach: another member's, and those of the other community."""
    near = {AMINA: OMAR, OMAR: AMINA, FAY: AMINA, ORGANISER: AMINA, ZOE: OLGA, OLGA: ZOE}[who]
    far = ZOE if who.community == AMINA.community else AMINA
    return [far] if shared else [near, far]


async def tries(world: World, command: AnyCommand, param: Param, who: Person, target: str) -> list[tuple[str, Any]]:
    """Ask for one thing by every way there is: a genuine button, a platform's option."""
    raw = {param.name: target, **values(command)}
    ways = [("button", await world.submit(who, command, raw))]
    if command.listed:
        ways.append(("option", await world.ask(who, CalledCommand(command.name, raw))))
    return ways


def no_word_of(world_answer: Any, who: Person) -> None:
    shown = said(world_answer) + str(world_answer.form) + str(world_answer.reply)
    for other in PEOPLE:
        if other is not who:
            assert other.canary not in shown


async def test_what_is_not_ones_own_looks_missing_to_everybody_by_every_way_and_nothing_changes() -> None:
    async with open_world() as world:
        before = await world.rows()
        for command in everything():
            param = acted_on(command)
            if param is not None:
                await refuse_what_is_not_ones_own(world, command, param)
        assert await world.rows() == before


async def test_members_are_refused_what_is_an_organisers_in_the_same_words_and_nothing_changes() -> None:
    async with open_world() as world:
        before = await world.rows()
        texts = [
            text
            for command in everything()
            if command.access is Access.ORGANISER
            for text in await refuse_members(world, command)
        ]
        assert len(texts) > 40
        assert len(set(texts)) == 1
        assert await world.rows() == before


CHANGING = [
    pytest.param(command.name, id=command.name.replace(" ", "-")) for command in everything() if not command.reads
]


@pytest.mark.parametrize("name", CHANGING)
async def test_each_does_their_own_and_changes_nothing_of_others(name: str) -> None:
    command = everything().get(name)
    assert command is not None
    who = (ORGANISER, OLGA) if command.access is Access.ORGANISER else (AMINA, ZOE)
    async with open_world() as world:
        before = await world.rows()
        for person in who:
            answer = await do_ones_own(world, command, person)
            after = await world.rows()
            assert untouched(after, person, command) == untouched(before, person, command)
            before = after
            no_word_of(answer, person)


async def test_each_reads_their_own_and_nothing_of_others() -> None:
    async with open_world() as world:
        for command in everything():
            if command.reads:
                for who in allowed(command):
                    no_word_of(await do_ones_own(world, command, who), who)


async def refuse_what_is_not_ones_own(world: World, command: AnyCommand, param: Param) -> None:
    for who in allowed(command):
        missing = await tries(world, command, param, who, MISSING)
        targets = [thing(world, command, param, other) for other in others(who, shared=param.name == "tip")]
        # What Fay had before she was forgotten is nobody's any more.
        targets += [thing(world, command, param, FAY)] if param.name != "tip" else []
        for target in targets:
            for (way, answer), (_, same) in zip(await tries(world, command, param, who, target), missing, strict=True):
                assert answer.reply.error in {"not-found", "stale-button", "not-now"}, (command.name, who.user, way)
                assert said(answer) == said(same), (command.name, who.user, way)
                no_word_of(answer, who)


async def refuse_members(world: World, command: AnyCommand) -> list[str]:
    texts: list[str] = []
    param = acted_on(command)
    for who in PEOPLE:
        member = Person(who.user, who.community)
        for target in (thing(world, command, param, who), MISSING) if param else ("",):
            raw = values(command) | ({param.name: target} if param else {})
            answer = await world.submit(member, command, raw)
            assert answer.reply.error == "not-allowed", (command.name, who.user)
            texts.append(said(answer))
    return texts


def allowed(command: AnyCommand) -> Iterator[Person]:
    return (who for who in PEOPLE if who.organiser or command.access is Access.MEMBER)


async def do_ones_own(world: World, command: AnyCommand, who: Person) -> Answer:
    param = acted_on(command)
    raw = values(command) | ({param.name: thing(world, command, param, who)} if param else {})
    answer = await world.submit(who, command, raw)
    may = {"not-found", "stale-button"} if who is FAY and param and param.name != "tip" else may_get(command)
    assert answer.reply.error in may, (command.name, who.user, said(answer))
    return answer


def may_get(command: AnyCommand) -> frozenset[str | None]:
    return ROWS[command.name].may if command.name in ROWS else frozenset({None})


def untouched(rows: Rows, who: Person, command: AnyCommand) -> Rows:
    """Give the rows of everybody else; a tip that is judged changes its state, and organisers may get a word."""
    free = {"notices"} | ({"tips"} if command.name.split()[-1] in {"tip-publish", "tip-refuse", "report"} else set())
    return {key: row for key, row in rows.items() if key[1] not in {"", who.user} and key[0] not in free}


async def test_a_tip_is_its_communitys_and_can_be_tried_and_reported_by_each_member() -> None:
    async with open_world() as world:
        tip = world.things[AMINA.community]["tip"]
        tried = everything().get("tip tried")
        for who in (AMINA, OMAR, ORGANISER):
            assert (await world.submit(who, tried, {"tip": tip, "worked": "yes"})).reply.error is None
        assert (await world.submit(ZOE, tried, {"tip": tip, "worked": "yes"})).reply.error == "not-found"


async def test_no_suggestion_shows_what_is_anothers() -> None:
    async with open_world() as world:
        for command in everything():
            for param in command.params:
                for who in PEOPLE:
                    for typed in ("", "zq"):
                        offered = await world.console.suggest(
                            command.name, param.name, typed, who=who.user, community=who.community
                        )
                        for other in PEOPLE:
                            assert other is who or not any(other.canary in label for label in offered)
                        if other_tips(who) in " ".join(offered):
                            raise AssertionError(offered)


def other_tips(who: Person) -> str:
    return "in elsewhere" if who.community == AMINA.community else "in circle"


async def test_an_organiser_sees_totals_and_never_a_members_people() -> None:
    async with open_world() as world:
        for command in everything():
            if command.access is Access.ORGANISER and not command.params:
                answer = await world.submit(ORGANISER, command, {})
                no_word_of(answer, ORGANISER)


async def test_an_organisers_command_waits_while_the_platform_does_not_say_who_organises(circle: Console) -> None:
    unknown = Sender("omar", "Omar", organiser=None)
    asked = Invocation("one", Place(PLATFORM, COMMUNITY, "Newcomers"), unknown, CalledCommand("community report", {}))
    refused = await circle.session.circle.dispatcher.answer(asked)
    assert said(refused) == (
        "I could not check if you are an organiser: Console did not answer.\n\nPlease try again in a minute."
    )
