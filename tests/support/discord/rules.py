"""Discord's rules that no single field shows: what is counted over a whole body, and what must not stand together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Wrong: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where something is wrong, and why."""

PRIVATE, V2 = 1 << 6, 1 << 15
COMPONENTS, CHARACTERS, COMMAND = 40, 4000, 8000


def walk(components: Sequence[Json], at: tuple[str | int, ...] = ("components",)) -> Iterator[tuple[Any, Json]]:
    """Go through every component with its place, those inside others too."""
    for number, each in enumerate(components):
        here = (*at, number)
        yield here, each
        yield from walk(each.get("components") or [], (*here, "components"))
        if "component" in each:
            yield (*here, "component"), each["component"]


def message(body: Json, files: Mapping[str, str]) -> Iterator[Wrong]:
    """Check a message; `files` are the names of the files that came with it, by their number."""
    every = list(walk(body["components"]))
    if len(every) > COMPONENTS:
        yield ("components",), f"{len(every)} components, the limit is {COMPONENTS}"
    size = sum(len(each["content"]) for _, each in every if each["type"] == 10)
    if size > CHARACTERS:
        yield ("components",), f"{size} characters, the limit is {CHARACTERS}"
    if not body["flags"] & V2:
        yield ("flags",), "components of this kind need the flag for them"
    if body["flags"] & ~(V2 | PRIVATE):
        yield ("flags",), "flags a bot of ours never sets"
    yield from _ids(every)
    for at, each in every:
        if each["type"] == 2 and ((each["style"] == 5) != ("url" in each) or ("url" in each) == ("custom_id" in each)):
            yield at, "a link has an address, every other button an id"
    yield from _files(body, every, files)


def _files(body: Json, every: list[tuple[Any, Json]], files: Mapping[str, str]) -> Iterator[Wrong]:
    named = {each["id"]: each["filename"] for each in body["attachments"]}
    if named != dict(files):
        yield ("attachments",), f"named are {named}, but there came {dict(files)}"
    shown = [each["file"]["url"] for _, each in every if each["type"] == 13]
    shown += [item["media"]["url"] for _, each in every if each["type"] == 12 for item in each["items"]]
    if sorted(shown) != sorted(f"attachment://{name}" for name in named.values()):
        yield ("components",), f"shown are {shown}, attached are {list(named.values())}"


def modal(body: Json, _: Mapping[str, str]) -> Iterator[Wrong]:
    """Check a form."""
    every = list(walk(body["components"]))
    yield from _ids(every)
    for at, each in every:
        options = each.get("options")
        if options is not None:
            values = [option["value"] for option in options]
            chosen = sum(bool(option.get("default")) for option in options)
            if len(set(values)) < len(values):
                yield (*at, "options"), "two options with one value"
            if chosen > each.get("max_values", 1):
                yield (*at, "options"), f"{chosen} options are chosen"
            if each.get("max_values", 1) > len(options) or each.get("min_values", 1) > each.get("max_values", 1):
                yield (*at, "max_values"), "more than there are"
        if each["type"] == 3 and each.get("required", True) and each.get("min_values", 1) == 0:
            yield (*at, "min_values"), "what is required cannot be none"
        if each["type"] == 4 and len(each.get("value") or "") > each.get("max_length", 4000):
            yield (*at, "value"), "longer than the limit beside it"


def _ids(every: list[tuple[Any, Json]]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for at, each in every:
        known = each.get("custom_id")
        if known in seen:
            yield (*at, "custom_id"), "Component custom id cannot be duplicated"
        if known is not None:
            seen.add(known)


def commands(body: Sequence[Json]) -> Iterator[Wrong]:
    """Check the commands of a bot."""
    yield from _names(body, ())
    for number, each in enumerate(body):
        locales = {locale for node in _nodes(each) for locale in node.get("description_localizations") or {}}
        sizes = [sum(_size(node, locale) for node in _nodes(each)) for locale in ("", *locales)]
        if max(sizes) > COMMAND:
            yield (number,), f"Command exceeds maximum size ({COMMAND})"
        yield from _options(each, (number,))


def _options(node: Json, at: tuple[str | int, ...]) -> Iterator[Wrong]:
    options = node.get("options") or []
    here = (*at, "options")
    yield from _names(options, here)
    kinds = {each["type"] in (1, 2) for each in options}
    if len(kinds) > 1:
        yield here, "sub-commands and values side by side"
    needed = [bool(each.get("required")) for each in options]
    if needed != sorted(needed, reverse=True):
        yield here, "Required options must be placed before non-required options"
    for number, each in enumerate(options):
        place = (*here, number)
        choices = each.get("choices") or []
        if choices and each.get("autocomplete"):
            yield place, "choices and suggestions exclude each other"
        for key in ("name", "value"):
            if len({choice[key] for choice in choices}) < len(choices):
                yield (*place, "choices"), f"two choices with one {key}"
        yield from _options(each, place)


def _names(nodes: Sequence[Json], at: tuple[str | int, ...]) -> Iterator[Wrong]:
    locales = {locale for each in nodes for locale in each.get("name_localizations") or {}}
    for locale in ("", *sorted(locales)):
        if len({(each.get("name_localizations") or {}).get(locale, each["name"]) for each in nodes}) < len(nodes):
            yield at, "Application command names must be unique"
    for number, each in enumerate(nodes):
        if any(name != name.lower() for name in (each["name"], *(each.get("name_localizations") or {}).values())):
            yield (*at, number, "name"), "not in small letters"


def _nodes(node: Json) -> Iterator[Json]:
    yield node
    for each in (*(node.get("options") or ()), *(node.get("choices") or ())):
        yield from _nodes(each)


def _size(node: Json, locale: str) -> int:
    said = (
        ((node.get(f"{key}_localizations") or {}).get(locale) or node.get(key) or "") for key in ("name", "description")
    )
    return sum(map(len, said)) + len(str(node.get("value", "")))
