"""A product as the engine knows it: its commands by name, its families, its schedules, and the faults it explains."""

import inspect
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias, TypeVar

from bot.domain.community import Community
from bot.engine import limits
from bot.engine.access import Access
from bot.engine.call import Call, Stamp
from bot.engine.command import AnswerPlace, AnyCommand, Command, Handler, Hints, P, Prefill, SecondPress, Shortcut
from bot.engine.errors import BotError
from bot.engine.family import Family
from bot.engine.invocation import Visibility
from bot.engine.params import place_of
from bot.engine.reading import Around, just_do
from bot.engine.role import Role
from bot.engine.schedule import Schedule
from bot.store.database import Tx
from bot.ui.button import Button, Style
from bot.ui.reply import Part
from bot.ui.text import Text

F = TypeVar("F", bound=Exception)
S = TypeVar("S", bound=Schedule)
Greeting: TypeAlias = Callable[[Call], Sequence[Part]]
Farewell: TypeAlias = Callable[[Tx, Community, datetime], None]


class Registry:
    """Everything that one product declares."""

    def __init__(self, *own: AnyCommand) -> None:
        """Begin with the engine's own actions."""
        self._by_name: dict[str, AnyCommand] = {}
        self._listed: tuple[AnyCommand, ...] | None = None
        self._by_code: dict[str, AnyCommand] = {}
        self._roles: dict[Role, AnyCommand] = {}
        self._families: dict[str, Family] = {}
        self._references: list[tuple[str, str]] = []
        self.schedules: dict[str, Schedule] = {}
        self.farewells: list[Farewell] = []
        self.greeting: Greeting | None = None
        self.around: Around = just_do
        self.explanations: dict[type[Exception], Callable[[Any], BotError]] = {}
        for command in own:
            self.add(command)

    def add(self, command: AnyCommand) -> None:
        """Add a command after checking it against every platform's limits.

        Raises:
            BadDeclaration: a platform could not show it.
            ValueError: its name or code is taken.
        """
        limits.check(command)
        other = self._by_name.get(command.name) or self._by_code.get(command.code)
        if other is not None:
            message = (
                f"{place_of(command.handler)} cannot be named /{command.name}: {place_of(other.handler)} is /{other.name}, "
                "which has the same name or code; give one of them another name"
            )
            raise ValueError(message)
        self._by_name[command.name] = command
        self._by_code[command.code] = command
        self._listed = None

    def command(
        self,
        name: str,
        *,
        form: Text | None = None,
        prefill: Prefill | None = None,
        stays: bool = False,
        hints: Hints | None = None,
        example: str = "",
        access: Access = Access.MEMBER,
        visibility: Visibility = Visibility.PRIVATE,
        reads: bool = False,
        slow: bool = False,
        before_set_up: bool = False,
        again: SecondPress = SecondPress.NEVER,
        once: bool = False,
        takes_back: bool = False,
        shortcut: Shortcut | None = None,
        own_names: Collection[str] = (),
        role: Role | None = None,
    ) -> Callable[[Handler[P]], Command[P]]:
        """Declare a command that people type."""

        def declare(handler: Handler[P]) -> Command[P]:
            command = Command(
                name,
                handler,
                form=form,
                prefill=prefill,
                stays=stays,
                hints=hints,
                example=example or f"/{name}",
                access=access,
                visibility=visibility,
                reads=reads,
                slow=slow,
                before_set_up=before_set_up,
                again=again,
                once=once,
                takes_back=takes_back,
                shortcut=shortcut,
                own_names=own_names,
            )
            return self._declared(command, role)

        return declare

    def action(
        self,
        name: str,
        *,
        form: Text | None = None,
        prefill: Prefill | None = None,
        hints: Hints | None = None,
        access: Access = Access.MEMBER,
        reads: bool = False,
        before_set_up: bool = False,
        lasts: timedelta = timedelta(days=30),
        again: SecondPress = SecondPress.NEVER,
        takes_back: bool = False,
        spot: AnswerPlace = AnswerPlace.BELOW,
        role: Role | None = None,
    ) -> Callable[[Handler[P]], Command[P]]:
        """Declare what a button does and no person types."""

        def declare(handler: Handler[P]) -> Command[P]:
            command = Command(
                name,
                handler,
                form=form,
                prefill=prefill,
                hints=hints,
                access=access,
                reads=reads,
                listed=False,
                before_set_up=before_set_up,
                lasts=lasts,
                again=again,
                takes_back=takes_back,
                spot=spot,
            )
            return self._declared(command, role)

        return declare

    def _declared(self, command: Command[P], role: Role | None) -> Command[P]:
        """Add a command, and give it its role; returns it for the decorator."""
        self.add(command)
        if role is not None:
            if role in self._roles:
                message = f"/{command.name}: another command is the one for {role}"
                raise ValueError(message)
            self._roles[role] = command
        return command

    def family(self, name: str, about: Text, *, place: int, stands_alone: bool = False) -> Family:
        """Declare a family of commands."""
        self._families[name] = family = Family(name, about, place, stands_alone)
        return family

    def schedule(self, schedule: type[S]) -> type[S]:
        """Declare something that comes by itself.

        Raises:
            ValueError: its kind is taken.
        """
        if schedule.kind in self.schedules:
            message = f"two schedules of the kind {schedule.kind}"
            raise ValueError(message)
        self.schedules[schedule.kind] = schedule()
        return schedule

    def farewell(self, farewell: Farewell) -> Farewell:
        """Declare what is done before the bot leaves a community."""
        self.farewells.append(farewell)
        return farewell

    def greets(self, greeting: Greeting) -> Greeting:
        """Declare what stands above the first answer that a member gets."""
        self.greeting = greeting
        return greeting

    def surrounds(self, around: Around) -> Around:
        """Declare what is done around each command that somebody gives."""
        self.around = around
        return around

    def explains(self, kind: type[F]) -> Callable[[Callable[[F], BotError]], Callable[[F], BotError]]:
        """Declare how a fault of this kind is told to the person whom it stopped."""

        def declare(explanation: Callable[[F], BotError]) -> Callable[[F], BotError]:
            self.explanations[kind] = explanation
            return explanation

        return declare

    def refer_to(self, name: str) -> "Reference":
        """Name a command of another family, for buttons; `check` refuses a name that nobody declared."""
        caller = inspect.currentframe()
        module = caller.f_back.f_globals.get("__name__", "") if caller and caller.f_back else ""
        self._references.append((str(module), name))
        return Reference(self, name)

    def check(self) -> None:
        """Check what only the whole can tell, once everything is declared.

        Raises:
            LookupError: a reference names no command, or a listed command has no family.
        """
        lost = limits.lost(self._by_name, self._references, self._families)
        if lost:
            raise LookupError("; ".join(lost))

    def get(self, name: str) -> AnyCommand | None:
        """Find a command by its full name."""
        return self._by_name.get(name)

    def need(self, name: str) -> AnyCommand:
        """Find a command that must be there.

        Raises:
            LookupError: nobody declared it.
        """
        return self._by_name[name]

    def by_code(self, code: str) -> AnyCommand | None:
        """Find a command by the code its tokens carry."""
        return self._by_code.get(code)

    def role(self, role: Role) -> AnyCommand | None:
        """Find the command that plays a role; None where the product has none."""
        return self._roles.get(role)

    def __iter__(self) -> Iterator[AnyCommand]:
        """Go through every command, by name."""
        return iter(sorted(self._by_name.values(), key=lambda command: command.name))

    @property
    def listed(self) -> tuple[AnyCommand, ...]:
        """The commands that people can type."""
        if self._listed is None:
            self._listed = tuple(command for command in self if command.listed)
        return self._listed

    @property
    def families(self) -> Sequence[Family]:
        """The families of the listed commands, each in its place."""
        used = {command.family for command in self.listed}
        return sorted(
            (family for family in self._families.values() if family.name in used), key=lambda family: family.place
        )

    def under(self, words: str) -> tuple[AnyCommand, ...]:
        """The listed commands whose names begin with these words, and go on."""
        return tuple(command for command in self.listed if words and command.name.startswith(f"{words} "))

    def of_family(self, name: str) -> tuple[AnyCommand, ...]:
        """The listed commands whose first word is `name`."""
        return tuple(command for command in self.listed if command.family == name)


@dataclass(frozen=True, slots=True)
class Reference:
    """A command of another family, by name, because families do not import each other's commands."""

    registry: Registry
    name: str

    @property
    def command(self) -> AnyCommand:
        """The command itself; there is one, or the product would not have started."""
        return self.registry.need(self.name)

    def button(self, stamp: Stamp, label: Text, style: Style = Style.PLAIN, **values: object) -> Button:
        """Make a button that does this with these values."""
        return self.command.button(stamp, label, style, **values)

    def shown(self, call: Call) -> Sequence[Part]:
        """Give what the command would show, to stand inside another reply.

        Raises:
            LookupError: it does more than read.
        """
        if not self.command.reads:
            message = f"/{self.name} does more than read"
            raise LookupError(message)
        return self.command.handler(call).parts
