"""Keeps the catalogs: collects the texts from the code, compiles the translations, and finds what is missing.

`python -m bot.locales.catalogs update | compile | check`
"""

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.ui.names import command_name, is_name, name_problems, value_name

ROOT = Path(__file__).parent.parent.parent
LOCALES = Path(__file__).parent
SOURCES = ("bot", "adapters")
EXPLAINED = {
    "Explained", "CannotRun", "SettingsError", "StoreError",
    "NotSaved", "Busy", "Closed", "Stopped", "FateUnknown",
    "StartError", "Damaged", "InUse", "NewerSchema", "NotABackup", "NotOurs", "WrongKey",
}  # fmt: skip
"""The faults whose first words are a text for whoever runs the bot."""
WORDS_A_SENTENCE = {"en": 15, "fr": 20}
"""Rule: at most 15 words a sentence; French needs some more for the same."""

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_HEADER = "# The texts of Hello Circle. Translate the msgstr lines; keep the words in {braces}."
_NAMING = {"example", "own_names"}
"""What a declaration says of its names and of how they are typed."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"[.!?:](?:\s|$)")
_CONTRACTION = re.compile(r"\b\w+(?:n't|'re|'ve|'ll|'m)\b|\b(?:it|that|what|let|there|here)'s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CatalogMessage:
    """A text of the code, with where it stands."""

    message: str
    plural: str | None
    place: str
    context: str | None = None
    """Which of its meanings is meant, where English has one word for two things."""

    @property
    def key(self) -> tuple[str | None, str]:
        """Its key in a catalog: the context and the message."""
        return self.context, self.message

    @property
    def typed(self) -> bool:
        """Whether it is the name of a command or of a value, which people type."""
        return is_name(self.message)


def texts_in(source: str, place: str) -> Iterator[CatalogMessage]:
    """Find the texts of a module: what it says, why it fails, what settings are for, and its commands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from _said(node, node.func.id, place)
        elif isinstance(node, ast.FunctionDef) and any(_declares(decorator) for decorator in node.decorator_list):
            described = (ast.get_docstring(node) or "").splitlines()
            if described:
                yield CatalogMessage(described[0], None, place)
            yield from (CatalogMessage(name, None, place, context) for name, context in _names(node))


def _said(call: ast.Call, function: str, place: str) -> Iterator[CatalogMessage]:
    """Find the text of a call of `t`, `tc`, `tn` or `mark`, of a fault with words, or of a setting."""
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if function in {"t", "mark", *EXPLAINED} and len(words) == 1:
        yield CatalogMessage(words[0], None, place)
    elif function == "tc" and len(words) == 2:
        yield CatalogMessage(words[1], None, place, words[0])
    elif function == "tn" and len(words) == 2:
        yield CatalogMessage(words[0], words[1], place)
    elif function == "Field":
        yield from (CatalogMessage(words, None, place) for words in _descriptions(call))


def _descriptions(node: ast.Call) -> Iterator[str]:
    """Say what the settings are for."""
    for keyword in node.keywords:
        if keyword.arg == "description":
            yield str(ast.literal_eval(keyword.value))


def _names(node: ast.FunctionDef) -> Iterator[tuple[str, str | None]]:
    """Name a command that people type, the families it stands in, its values, and the example of its use.

    A value whose English name means another thing elsewhere has the command as its context.
    """
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "command":
            words = str(ast.literal_eval(decorator.args[0])).split()
            yield from ((command_name(" ".join(words[:size])), None) for size in range(1, len(words) + 1))
            stated = {word.arg: ast.literal_eval(word.value) for word in decorator.keywords if word.arg in _NAMING}
            for value in (value.arg.removesuffix("_") for value in node.args.kwonlyargs):
                own = value in stated.get("own_names", ())
                yield value_name(value), command_name(" ".join(words)) if own else None
            if "example" in stated:
                yield str(stated["example"]), None


def _declares(decorator: ast.expr) -> bool:
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(named, ast.Name) and named.id in {"command", "action"}


def collected() -> list[CatalogMessage]:
    """Find every text of the code, each once, in the order of the files."""
    texts: dict[tuple[str | None, str], CatalogMessage] = {}
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for text in texts_in(path.read_text(encoding="utf-8"), place):
                # One text may be said with and without a number; the one with a plural form stands for both.
                earlier = texts.setdefault(text.key, text)
                if earlier.plural is None and text.plural is not None:
                    texts[text.key] = text
    return list(texts.values())


def languages() -> list[str]:
    """Name the languages that have a catalog."""
    return sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/messages.po"))


def po_of(language: str) -> Path:
    """Name the file a translator writes."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """Read a catalog."""
    with po_of(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    # A file without a date would get the present minute, and compile to other bytes each minute.
    catalog.creation_date = _NO_DATE
    return catalog


def update() -> None:
    """Add new texts to every catalog and drop what is gone; translations stay."""
    for language in languages():
        current = read(language)
        fresh = Catalog(locale=language, project="Hello Circle", header_comment=_HEADER, fuzzy=False)
        for text in collected():
            before = current.get(text.message, text.context)
            words = _forms(before)
            key = text.message if text.plural is None else (text.message, text.plural)
            # A text that got or lost its plural form has to be translated anew.
            if (text.plural is None) is not isinstance(words, str):
                words = "" if text.plural is None else ("",) * fresh.num_plurals
            fresh.add(key, words, locations=[(text.place, 0)], context=text.context)
        po_of(language).write_bytes(_written(fresh))


def _forms(message: Message | None) -> str | tuple[str, ...]:
    words = message.string if message is not None else None
    return words if isinstance(words, str) else tuple(words or ())


def _written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=False, include_lineno=False)
    # Dates of tools would change the file at each run; the names of nobody say nothing.
    lines = (
        line
        for line in out.getvalue().decode().splitlines()
        if not re.match(r'"(POT-Creation|PO-Revision|Generated|Last-T|Language-T|Report)', line)
    )
    return ("\n".join(lines) + "\n").encode()


def compiled(language: str) -> bytes:
    """Compile a catalog; the same catalog gives the same bytes."""
    out = io.BytesIO()
    write_mo(out, read(language))
    return out.getvalue()


def compile_all() -> None:
    """Compile every catalog."""
    for language in languages():
        po_of(language).with_suffix(".mo").write_bytes(compiled(language))


def problems() -> list[str]:
    """List everything that is wrong with the texts and their translations."""
    texts = collected()
    complaints = [f"{text.place}: {problem}" for text in texts for problem in _source_problems(text)]
    for language in languages():
        complaints += [f"{language}: {problem}" for problem in catalog_problems(read(language), texts, language)]
        mo = po_of(language).with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(language):
            complaints.append(f"{language}: messages.mo is out of date; run: make catalogs")
    return complaints


def _source_problems(text: CatalogMessage) -> Iterator[str]:
    if text.typed:
        return
    for words in filter(None, (text.message, text.plural)):
        if _CONTRACTION.search(words):
            yield f"a contraction in {words!r}"
        yield from _long_sentences(words, "en")


def catalog_problems(catalog: Catalog, texts: Iterable[CatalogMessage], language: str) -> Iterator[str]:
    """List what is missing, unfinished, gone or different in a catalog."""
    wanted = {text.key: text for text in texts}
    for message in catalog:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            text = wanted.pop((message.context, source), None)
            if text is None:
                yield f"no longer said: {source!r}"
            else:
                yield from _translation_problems(message, text, language, catalog.num_plurals)
    yield from (f"missing: {message!r}" for _, message in wanted)
    typed = [text for text in texts if text.typed]
    names = {text.message: _forms(catalog.get(text.message)) for text in typed if text.context is None}
    yield from name_problems({name: str(own) for name, own in names.items() if own})
    for text in typed:
        own = _forms(catalog.get(text.message, text.context))
        if text.context is not None and own:
            yield from name_problems({text.message: str(own)})


def _translation_problems(message: Message, text: CatalogMessage, language: str, plurals: int) -> Iterator[str]:
    words = _forms(message)
    forms = [words] if isinstance(words, str) else list(words)
    if message.fuzzy or not all(forms):
        yield f"not translated: {text.message!r}"
        return
    if text.typed:
        return
    if (text.plural is not None) != isinstance(words, tuple) or len(forms) != (plurals if text.plural else 1):
        yield f"wrong number of plural forms: {text.message!r}"
    allowed = set(_PLACEHOLDER.findall(text.message)) | set(_PLACEHOLDER.findall(text.plural or ""))
    for form in forms:
        names = set(_PLACEHOLDER.findall(form))
        # The form for one may leave the number out; nothing else may differ.
        if names - allowed or (allowed - names) - ({"n"} if text.plural else set()):
            yield f"other placeholders in {form!r}"
        yield from _long_sentences(form, language)


def _long_sentences(words: str, language: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(words):
        number = len(sentence.split())
        if number > WORDS_A_SENTENCE.get(language, 20):
            yield f"a sentence of {number} words: {sentence.strip()!r}"


def main(arguments: list[str]) -> int:
    """Run one of the three tasks; returns the exit status."""
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            complaints = problems()
            sys.stderr.writelines(f"{problem}\n" for problem in complaints)
            return 1 if complaints else 0
        case _:
            sys.stderr.write("python -m bot.locales.catalogs update | compile | check\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
