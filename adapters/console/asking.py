"""Asks for a form's values in a terminal, one field after the other."""

from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.text import Text as Styled

from adapters.console import verbs
from bot.engine.form import Field, Form
from bot.engine.rule import Kind
from bot.ui.plain import headed
from bot.ui.text import t
from bot.ui.voice import say

Read = Callable[[str, str, Kind], Awaitable[str]]
"""Reads one line: the question, what stands there at first, and what is asked for."""


async def ask(console: Console, form: Form, language: str, read: Read, first: int) -> dict[str, str]:
    """Ask for every field, or only for those with a problem when a form comes again.

    What can be chosen is numbered from `first`, so that no number means a button too.
    """
    wrong = [field for field in form.fields if field.problem is not None]
    console.print(Styled(say(form.title, language), style="bold"))
    if not wrong:
        console.print(Styled(say(t("Press Enter to leave a line as it is."), language), style="dim"))
    console.print(Styled(say(t("{quit} or Ctrl-C closes the form.", quit=verbs.QUIT), language), style="dim"))
    return {field.name: await _answer(console, field, language, read, first) for field in wrong or form.fields}


async def _answer(console: Console, field: Field, language: str, read: Read, first: int) -> str:
    style = "dim" if field.problem is None else "red"
    for text in field.remarks(picked=False, shown=True):
        console.print(Styled(say(text, language), style=style))
    options = [(value, say(text, language)) for value, text in field.choices]
    options = options or [(offer.value, offer.label) for offer in field.offers]
    for number, (_, label) in enumerate(options, start=first):
        console.print(Styled(f"  {number}. {label}"))
    asked = field.label if field.required else t("{label} (not needed)", label=field.label)
    answer = await read(f"{say(headed(asked), language)} ", field.typed, field.kind)
    if answer.isdecimal() and first <= int(answer) < first + len(options):
        return options[int(answer) - first][0]
    return answer
