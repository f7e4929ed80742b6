"""The kinds of works that meet on a server, each with what keeps them apart."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.ids import Who
from bot.engine.answer import Answer
from bot.features import everything
from bot.scheduling.leaving import CommunityPresence
from bot.scheduling.planning import BATCH, Planner
from bot.scheduling.weekly import WeeklyPost
from bot.store import agenda, communities, leads, members
from bot.store.batch import Tx
from tests.faults.circle import SIGNER
from tests.faults.meeting import NEW_PLATFORM, Bots, Kind, Work, words
from tests.support.console import said
from tests.support.store import NOW

LATER = NOW + timedelta(days=15)


def types(user: str, platform: str, command: str, delivery: str = "", **values: str) -> Work:
    """Use a command."""

    async def work(bots: Bots) -> str:
        named = f"{bots.place} {delivery}" if delivery else None
        return words(await bots.type(user, platform, command, named, **values))

    return work


def presses(user: str, platform: str, answer: Answer, label: str) -> Work:
    """Press a button."""

    async def work(bots: Bots) -> str:
        return words(await bots.press(user, platform, answer, label))

    return work


def adds(user: str, platform: str, name: str = "Dana Roy", delivery: str = "") -> Work:
    """Add a person."""
    return types(
        user, platform, "lead add", delivery, name=name, organisation="Nordik", why="Built the sensor in the river."
    )


async def the_same_person_is_added_twice(_: Bots) -> Sequence[Work]:
    return [adds("amina", "slack"), adds("amina", "slack")]


async def one_message_comes_to_both_bots(_: Bots) -> Sequence[Work]:
    return [adds("amina", "slack", delivery="x"), adds("amina", "slack", delivery="x")]


async def two_members_want_one_nickname(_: Bots) -> Sequence[Work]:
    return [types(user, "slack", "board join", nickname="Maple") for user in ("amina", "omar")]


async def two_plans_are_made_for_one_week(_: Bots) -> Sequence[Work]:
    return [types("amina", "slack", "week plan", asks=asks) for asks in ("1", "4")]


async def two_people_meet_the_bot_in_a_new_place(_: Bots) -> Sequence[Work]:
    return [types(user, NEW_PLATFORM, "help") for user in ("zoe", "ida")]


async def the_last_thing_is_taken_back_twice(bots: Bots) -> Sequence[Work]:
    for name in ("Dana Roy", "Omar Said"):
        await adds("amina", "slack", name)(bots)
    return [types("amina", "slack", "me undo"), types("amina", "slack", "me undo")]


async def somebody_is_forgotten_while_they_add(bots: Bots) -> Sequence[Work]:
    await adds("amina", "slack", "Ola Wen")(bots)
    page = await bots.type("amina", "slack", "me forget")
    return [presses("amina", "slack", page, "Yes, erase everything"), adds("amina", "slack")]


async def one_code_is_entered_by_two_people(bots: Bots) -> Sequence[Work]:
    code = await _code(bots)
    return [types(user, "discord", "me link", code=code) for user in ("amina", "omar")]


async def a_member_adds_while_they_are_linked(bots: Bots) -> Sequence[Work]:
    await adds("amina", "discord", "Ola Wen")(bots)
    question = await _question(bots)
    return [presses("amina", "slack", question, "Yes, it is me"), adds("amina", "discord")]


async def a_member_asks_while_their_link_ends(bots: Bots) -> Sequence[Work]:
    await adds("amina", "discord", "Ola Wen")(bots)
    await _linked(bots)
    page = await bots.type("amina", "slack", "me link")
    asks = types("amina", "discord", "ask sent", lead="Ola Wen", wording="chat")
    return [presses("amina", "slack", page, "End the link"), asks]


async def a_member_of_two_places_adds_in_both(bots: Bots) -> Sequence[Work]:
    await _linked(bots)
    return [adds("amina", "discord"), adds("amina", "slack")]


async def the_home_is_left_while_the_other_side_adds(bots: Bots) -> Sequence[Work]:
    await adds("amina", "slack", "Ola Wen")(bots)
    await _linked(bots)

    async def leaves(here: Bots) -> str:
        await CommunityPresence(here.next_store(), here.clock, everything(), "slack").left(here.place)
        return ""

    return [leaves, adds("amina", "discord")]


async def both_bots_plan_while_the_zone_moves(_: Bots) -> Sequence[Work]:
    moves = types("amina", "slack", "community setup", channel="#new", zone="Vancouver", language="en")
    return [_plans, _plans, moves]


async def everything_is_changed_while_a_member_adds(_: Bots) -> Sequence[Work]:
    async def everything_is(bots: Bots) -> str:
        return str(await bots.next_store().write(lambda tx: _note_leads(tx, bots.place)))

    return [everything_is, adds("amina", "slack")]


KINDS: Sequence[Kind] = (
    the_same_person_is_added_twice,
    one_message_comes_to_both_bots,
    two_members_want_one_nickname,
    two_plans_are_made_for_one_week,
    two_people_meet_the_bot_in_a_new_place,
    the_last_thing_is_taken_back_twice,
    somebody_is_forgotten_while_they_add,
    one_code_is_entered_by_two_people,
    a_member_adds_while_they_are_linked,
    a_member_asks_while_their_link_ends,
    a_member_of_two_places_adds_in_both,
    the_home_is_left_while_the_other_side_adds,
    both_bots_plan_while_the_zone_moves,
    everything_is_changed_while_a_member_adds,
)


async def _code(bots: Bots) -> str:
    return said(await bots.type("amina", "slack", "me link")).split("code:")[1][:9]


async def _question(bots: Bots) -> Answer:
    await bots.type("amina", "discord", "me link", code=await _code(bots))
    return await bots.type("amina", "slack", "me link")


async def _linked(bots: Bots) -> None:
    await bots.press("amina", "slack", await _question(bots), "Yes, it is me")


async def _plans(bots: Bots) -> str:
    """Plan the posts that are due, whoever else does: as when another process stood still for longer than its lease."""
    store, planner = bots.next_store(), Planner(everything().schedules, SIGNER)
    kinds = [kind for kind, schedule in planner.schedules.items() if isinstance(schedule, WeeklyPost)]

    def plan(tx: Tx) -> bool:
        due = [work for work in agenda.due(tx, LATER, BATCH) if work.kind in kinds]
        planner.plan(tx, agenda.unchanged(tx, due), LATER)
        return bool(due)

    while await store.row_by_row(plan):
        pass
    return ""


def _note_leads(tx: Tx, place: str) -> None:
    """Write down again and again how many people amina has: each time it is the same number."""
    home = communities.find(tx, "slack", place)
    assert home is not None
    amina = members.find(tx, home.id, "amina")
    assert amina is not None
    for turn in range(20):
        people = len(leads.choices(tx, Who(home.id, amina.id), open_only=False))
        agenda.put(tx, home.id, "", f"{turn}: {people}", LATER)
