"""Puts what is said to whoever runs the bot into the language of their terminal."""

from datetime import timedelta

import typer

from bot.config import wished_language
from bot.faults import Explained
from bot.ui.languages import best
from bot.ui.text import Text, t, tn
from bot.ui.values import UserText
from bot.ui.voice import say


def explained(problem: Exception) -> Text:
    """Give the text of a problem, with what it names as it is; one that is not explained has its own English words."""
    if not isinstance(problem, Explained):
        return t("{text}", text=UserText(str(problem)))
    return Text(problem.message, tuple((name, value_text(value)) for name, value in problem.values.items()))


def value_text(value: object) -> Text | UserText:
    """Give the text of what a sentence names: its own words where it is explained, else as it is."""
    return explained(value) if isinstance(value, Explained) else UserText(str(value))


def worded(problem: Exception, language: str | None = None) -> str:
    """Put a problem into words for whoever types, in a language, or that of the terminal."""
    return say(explained(problem), best(language, wished_language()))


def tell(text: Text) -> None:
    """Print a line for whoever types, in the language of the terminal."""
    typer.echo(say(text, best(None, wished_language())))


def confirmed(question: Text) -> bool:
    """Ask whoever types for a yes, in the language of the terminal; anything else is a no.

    Raises:
        typer.Abort: nobody answers.
    """
    language = best(None, wished_language())
    yes = say(t("yes"), language)
    hint = f"[{yes}/{say(t('no'), language)}]"
    answer = str(typer.prompt(f"{say(question, language)} {hint}", default="", show_default=False)).strip().casefold()
    return bool(answer) and (yes.startswith(answer) or answer in {"y", "yes"})


def span(time: timedelta) -> Text:
    """Write a span by its two largest parts."""
    minutes = max(0, int(time.total_seconds() // 60))
    days, hours, minutes_left = minutes // 1440, minutes // 60 % 24, minutes % 60
    large = tn("{n} day", "{n} days", days) if days else tn("{n} hour", "{n} hours", hours)
    small = tn("{n} hour", "{n} hours", hours) if days else tn("{n} minute", "{n} minutes", minutes_left)
    if not days and not hours:
        return small
    return t("{large} and {small}", large=large, small=small) if (hours if days else minutes_left) else large
