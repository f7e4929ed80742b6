"""Plants: a member adds theirs, sees them, and waters them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.refs import NamedThing, Ref
from bot.engine.rules import Line, Number
from bot.ui.reply import Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Day, UserText
from tests.toy import plants
from tests.toy.plants import Plant
from tests.toy.registry import action, command


@dataclass(frozen=True, kw_only=True)
class PlantRef(Ref):
    """One of the member's own plants, by a part of its name."""

    what = t("this plant")

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List what can be meant, which is also what is suggested."""
        return [NamedThing(plant.id, plant.name) for plant in plants.of_member(call.tx, call.who)]


@command("plant add", form=t("A new plant"), example='/plant add name:"Tomatoes" days:2')
def add(
    call: Call,
    *,
    name: Annotated[str, Line(label=t("Name"), most=60, no_contacts=True)],
    days: Annotated[int, Number(label=t("Days between waterings"), least=1, most=30)],
) -> Reply:
    """Add a plant to the garden."""
    plants.add(call.tx, call.who, name, days, call.now)
    return reply(
        t("{name} is in the garden.", name=UserText(name)),
        Note(t("See your plants with {command}.", command=CommandRef("plant list"))),
    )


@command("plant list", form=t("Which plant?"), reads=True)
def show(call: Call, *, plant: Annotated[str | None, PlantRef(label=t("Plant"))] = None) -> Reply:
    """See your plants, or one of them."""
    parts: list[Part | Text] = [Heading(t("Your plants"))]
    for shown in plants.of_member(call.tx, call.who):
        if plant in {None, shown.id}:
            parts += [_dry(call, shown), buttons(water.button(call.stamp, t("Water it"), plant=shown.id))]
    return reply(*parts, buttons(add.button(call.stamp, t("Add a plant"))))


@action("plant water", again=SecondPress.CHANGED)
def water(call: Call, *, plant: Annotated[str, PlantRef(label=t("Plant"))]) -> Reply:
    """Water a plant."""
    return reply(_dry(call, plants.water(call.tx, call.who, plant, call.now)))


def _dry(call: Call, plant: Plant) -> Text:
    day = Day(plant.dry.astimezone(call.zone).date())
    return t("{name} needs water on {day}.", name=UserText(plant.name), day=day)
