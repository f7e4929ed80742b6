"""The help: all families of commands, or one of them with an example for each command."""

from collections.abc import Collection, Sequence
from typing import Annotated

from bot.engine.access import Access, not_allowed
from bot.engine.call import Call
from bot.engine.command import AnyCommand
from bot.engine.family import Family
from bot.engine.finding import unknown
from bot.engine.matching import rank
from bot.engine.meant import command_meant
from bot.engine.organising import organises
from bot.engine.refs import OFFERED, NamedThing, Ref
from bot.engine.role import Role
from bot.engine.rule import Suggestion
from bot.features.registry import REGISTRY, command, refer_to
from bot.ui.button import Style
from bot.ui.names import said_command
from bot.ui.reply import Fields, Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Example, SubCommand, Together

LEAD_ADD = refer_to("lead add")
LEAD_NEXT = refer_to("lead next")


class HelpTopic(Ref):
    """The rule for a value that names a command or a family; no button carries it, as its name may have spaces."""

    _width = None
    what = t("this command")

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List the families, then the commands."""
        usable = _usable_commands(call)
        # A dictionary, because a family and a command can have the same name, such as /start.
        names = dict.fromkeys((*(family.name for family in _families(usable)), *(item.name for item in usable)))
        return [NamedThing(name, said_command(name, call.language)) for name in names]

    def suggest(self, call: Call, typed: str) -> tuple[Suggestion, ...]:
        """Offer what fits in the reader's language or in English, with or without the slash."""
        things = self.things(call)
        positions = rank(typed.strip().removeprefix("/"), [f"{topic.name} {topic.id}" for topic in things], OFFERED)
        return tuple(Suggestion(things[i].label, things[i].id) for i in positions)

    def read(self, call: Call, raw: str) -> str:
        """Take a name as typed, with or without the slash; the handler says when there is no such command."""
        words = raw.strip().removeprefix("/").lower().split()
        meant = command_meant(words, REGISTRY)
        # What is no command stays as typed, so that the error can repeat it.
        return " ".join(meant if len(meant) == len(words) else words)


@command("help", example="/help lead", reads=True, before_set_up=True, role=Role.HELP)
def help_(call: Call, *, command: Annotated[str | None, HelpTopic(label=t("Command"))] = None) -> Reply:
    """See what you can do here, with examples."""
    if command is None:
        return _overview(call)
    exact = REGISTRY.get(command)
    topics = [exact] if exact is not None and exact.listed else list(REGISTRY.under(command))
    if not topics:
        # Cut, because what was typed is repeated in the error.
        raise unknown(command[:60], REGISTRY)
    usable = _usable_commands(call)
    shown = [item for item in topics if item in usable]
    if not shown:
        raise not_allowed()
    parts: list[Part] = [Heading(t("Help for {command}", command=CommandRef(command)))]
    for topic in shown:
        parts.append(Fields(((t("{command}", command=CommandRef(topic.name)), topic.description),)))
        parts.append(Note(t("For example: {example}", example=Example(topic.example))))
    return Reply(tuple(parts))


def _overview(call: Call) -> Reply:
    usable = _usable_commands(call)
    return reply(
        Heading(t("What you can do here")),
        t("You look for work here. It helps to talk with people who do that work."),
        t("This community helps you find them, ask well, meet and say thank you."),
        Fields(tuple((_family_with_commands(family.name, usable), family.about) for family in _families(usable))),
        Paragraph(
            t(
                'People call such a talk an "informational interview". '
                "Many people do not know this term, so we just say talk or meeting."
            )
        ),
        Note(t("Type {help} and a command to see examples.", help=CommandRef("help"))),
        buttons(
            LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN),
            LEAD_ADD.button(call.stamp, t("Add a person")),
        ),
    )


def _families(commands: Collection[AnyCommand]) -> list[Family]:
    """List the families that these commands belong to."""
    names = {item.family for item in commands}
    return [family for family in REGISTRY.families if family.name in names]


def _family_with_commands(family: str, usable: Sequence[AnyCommand]) -> Text:
    """Write a family with the sub-commands that may be used, such as "/ask sent, replied"."""
    subs = [item.name for item in usable if item.family == family and " " in item.name]
    if not subs:
        return t("{command}", command=CommandRef(family))
    return t(
        "{command}: {subs}",
        command=CommandRef(family),
        subs=Together(tuple(map(SubCommand, subs))),
    )


def _usable_commands(call: Call) -> list[AnyCommand]:
    """List the commands that this member may use."""
    organiser = organises(call)
    return [item for item in REGISTRY.listed if item.access is Access.MEMBER or organiser]
