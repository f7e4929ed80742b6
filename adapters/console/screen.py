"""What the console's platform remembers: who saw what, which form is open, and what was posted."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.engine.form import Form
from bot.engine.invocation import Invocation
from bot.ui.button import Button
from bot.ui.plain import all_buttons, plain
from bot.ui.reply import Buttons, File, Image, Menu, Reply
from bot.ui.voice import say

PLATFORM, COMMUNITY, NAME = "console", "circle", "Newcomers"


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One thing somebody saw: what the script prints as a line of JSON."""

    at: datetime
    to: str
    visibility: str
    command: str
    reply: Reply
    language: str
    form: Form | None = None
    suggestions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The plain rendering; a picture stands beside it."""
        words = tuple(part for part in self.reply.parts if not isinstance(part, Image))
        return plain(Reply(words), self.language)

    @property
    def buttons(self) -> tuple[tuple[str, Button], ...]:
        """Each button with its label in the reader's language, those of menus first, as they are drawn."""
        return tuple((say(button.label, self.language), button) for button in all_buttons(self.reply))

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The labels as they are drawn: all buttons in one row without words, and each menu with its own."""
        shown: list[str] = []
        menus: list[tuple[str, list[str]]] = []
        for part in self.reply.parts:
            match part:
                case Buttons():
                    shown += [say(button.label, self.language) for button in part.buttons]
                case Menu():
                    labels = [say(button.label, self.language) for button in part.options]
                    menus.append((say(part.label, self.language), labels))
                case _:
                    pass
        return [*menus, *([("", shown)] if shown else [])]

    @property
    def drawn(self) -> list[Button]:
        """The buttons in the order in which a terminal draws them: each beside what it belongs to."""
        groups = (
            part.buttons if isinstance(part, Buttons) else part.options
            for part in self.reply.parts
            if isinstance(part, Buttons | Menu)
        )
        return [button for group in groups for button in group]

    @property
    def image(self) -> Image | None:
        """The picture, as data."""
        return next((part for part in self.reply.parts if isinstance(part, Image)), None)

    @property
    def files(self) -> tuple[File, ...]:
        """The files that came with it."""
        return tuple(part for part in self.reply.parts if isinstance(part, File))

    @property
    def error(self) -> str | None:
        """The stable code of the error, when it is one."""
        return self.reply.error


@dataclass(slots=True)
class Profile:
    """What the platform knows of a person."""

    organiser: bool = False
    language: str | None = None


@dataclass(slots=True)
class Screen:
    """The console's platform; it outlives a restart of the bot, as Discord and Slack do."""

    seen: list[ScreenEntry] = field(default_factory=list[ScreenEntry])
    profiles: dict[str, Profile] = field(default_factory=dict[str, Profile])
    forms: dict[str, Form] = field(default_factory=dict[str, Form])
    posted: dict[str, str] = field(default_factory=dict[str, str])
    last: Invocation | None = None
    deliveries: int = 0

    def profile(self, handle: str) -> Profile:
        """Return the profile of a person; it is made when they are first named."""
        return self.profiles.setdefault(handle, Profile())

    def visible_to(self, handle: str) -> list[ScreenEntry]:
        """List what a person can see, newest first: their own, and the channels."""
        return [seen for seen in reversed(self.seen) if seen.to == f"@{handle}" or seen.to.startswith("#")]

    def button(self, handle: str, label: str) -> Button | None:
        """Find the newest button with a label that a person can see."""
        for seen in self.visible_to(handle):
            for shown, button in seen.buttons:
                if shown == label:
                    return button
        return None

    def labels(self, handle: str) -> list[str]:
        """List the labels a person can press, newest first, each once."""
        shown_labels = (shown for seen in self.visible_to(handle) for shown, _ in seen.buttons)
        return list(dict.fromkeys(shown_labels))
