"""What a page may send: each frame is read strictly, and whatever else comes is refused."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from adapters.web.entry import Room
from adapters.web.moves import Move

Name: TypeAlias = Annotated[str, Field(max_length=64)]
Typing: TypeAlias = Annotated[str, Field(max_length=4000)]
"""As much as Discord takes in one question."""
Token: TypeAlias = Annotated[str, Field(max_length=200)]
MOST = 40


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class LineFrame(_Frame):
    """A line that was typed."""

    do: Literal["type"]
    line: Typing


class CallFrame(_Frame):
    """A command with the values of its options, as Discord collects them."""

    do: Literal["call"]
    command: Name
    values: Annotated[dict[Name, Typing], Field(max_length=MOST)]


class PressFrame(_Frame):
    """A button, or a choice of a menu."""

    do: Literal["press"]
    token: Token
    entry: int | None = None
    """The message it stands in."""
    window: bool = False
    """Whether it stands in a window, or on the person's own page."""


class SendFrame(_Frame):
    """A form that was sent, in the shape that the platform sends it in."""

    do: Literal["send"]
    token: Token
    components: Annotated[list[dict[str, Any]], Field(max_length=MOST)] | None = None
    state: dict[str, Any] | None = None


class ShortcutFrame(_Frame):
    """A shortcut of Slack's, on a message or on none."""

    do: Literal["shortcut"]
    name: Name
    entry: int | None = None
    """The message it is used on."""


class OfferFrame(_Frame):
    """A question for what fits what was typed so far."""

    do: Literal["offer"]
    number: int
    """Comes back with the answer, so that an old answer is known."""
    command: Name
    param: Name
    typed: Typing


class BeFrame(_Frame):
    """Who the visitor wants to be."""

    do: Literal["be"]
    who: Name


class MoveFrame(_Frame):
    """Where the clock is to go."""

    do: Literal["move"]
    to: Move


class SpeakFrame(_Frame):
    """The language of the page, and of the person."""

    do: Literal["speak"]
    language: Name


class ShowFrame(_Frame):
    """The platform as which everything is drawn."""

    do: Literal["show"]
    platform: Literal["discord", "slack"]


class GoFrame(_Frame):
    """The room that is looked at."""

    do: Literal["go"]
    room: Room


class AgainFrame(_Frame):
    """A new circle in the place of this one."""

    do: Literal["again"]


Ask: TypeAlias = LineFrame | CallFrame | PressFrame | ShortcutFrame | SendFrame
"""What the bot is asked."""
OrganiserLook: TypeAlias = BeFrame | SpeakFrame | ShowFrame | GoFrame
"""How the circle is looked at."""
Act: TypeAlias = Ask | OrganiserLook | OfferFrame | MoveFrame
"""What is done in one circle."""
Frame: TypeAlias = Act | AgainFrame
_READER: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Field(discriminator="do")])


class NoFrame(ValueError):
    """What was sent is no frame of the page."""


def read(raw: str) -> Frame:
    """Read a frame.

    Raises:
        NoFrame: the page sends nothing like that.
    """
    try:
        return _READER.validate_json(raw)
    except (ValidationError, RecursionError):
        raise NoFrame from None
