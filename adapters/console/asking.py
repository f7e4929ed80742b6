"""Asks for a form's values in a terminal, one field after the other."""

from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.text import Text as Styled

from bot.core.form import Field, Form
from bot.ui.text import t
from bot.ui.voice import say

Read = Callable[[str, str], Awaitable[str]]
"""Reads one line: the question, and what stands there at first."""


async def ask(console: Console, form: Form, language: str, read: Read) -> dict[str, str]:
    """Ask for every field, or only for those with a problem when a form comes again."""
    wrong = [field for field in form.fields if field.problem is not None]
    console.print(Styled(say(form.title, language), style="bold"))
    if not wrong:
        console.print(Styled(say(t("Press Enter to leave a line as it is."), language), style="dim"))
    return {field.name: await _answer(console, field, language, read) for field in wrong or form.fields}


async def _answer(console: Console, field: Field, language: str, read: Read) -> str:
    if field.problem is not None:
        console.print(Styled(say(field.problem, language), style="red"))
    if field.hint is not None:
        console.print(Styled(say(field.hint, language), style="dim"))
    for number, (_, text) in enumerate(field.choices, start=1):
        console.print(Styled(f"  {number}. {say(text, language)}"))
    label = say(field.label, language)
    mark = "" if field.required else f" ({say(t('not needed'), language)})"
    answer = await read(f"{label}{mark}: ", field.value)
    if field.choices and answer.strip().isdigit() and 1 <= int(answer) <= len(field.choices):
        return field.choices[int(answer) - 1][0]
    return answer
