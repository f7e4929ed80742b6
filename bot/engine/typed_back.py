"""Gives a person back what they typed, when it could not be kept: so that nothing has to be typed a second time."""

from bot.engine.invocation import CalledCommand, Invocation, PressedButton, Request, SubmittedForm, TypedLine
from bot.ui.reply import File, Note, Paragraph, Part
from bot.ui.text import t
from bot.ui.values import UserText

MOST = 1_500
"""Letters that are shown; every platform shows so many in one message. More of them come as a file too."""
WORTH = 24
"""Letters of a line from which on it is given back; a shorter one is typed again as quickly as it is copied."""


def typed_back(invocation: Invocation) -> tuple[Part, ...]:
    """Give back the words of a request, to copy; nothing when there are few."""
    words = _words(invocation.request)
    if len(words) < WORTH:
        return ()
    shown = (Note(t("You typed this. You can copy it:")), Paragraph(UserText(words[:MOST])))
    if len(words) <= MOST:
        return shown
    return (*shown, Note(t("This is the beginning. The file has all of it.")), File("typed.txt", "text/plain", words))


def _words(request: Request) -> str:
    match request:
        case TypedLine():
            return request.line.strip()
        case CalledCommand():
            values = (f'{name}:"{value}"' for name, value in request.values.items() if value.strip())
            return " ".join((f"/{request.command}", *values))
        case SubmittedForm():
            return "\n".join(value.strip() for value in request.values.values() if value.strip())
        case PressedButton():
            return ""
