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
    for number, component in enumerate(components):
        place = (*at, number)
        yield place, component
        yield from walk(component.get("components") or [], (*place, "components"))
        if "component" in component:
            yield (*place, "component"), component["component"]


def message(body: Json, files: Mapping[str, str]) -> Iterator[Wrong]:
    """Check a message; `files` are the names of the files that came with it, by their number."""
    components = list(walk(body["components"]))
    if len(components) > COMPONENTS:
        yield ("components",), f"{len(components)} components, the limit is {COMPONENTS}"
    size = sum(len(component["content"]) for _, component in components if component["type"] == 10)
    if size > CHARACTERS:
        yield ("components",), f"{size} characters, the limit is {CHARACTERS}"
    if not body["flags"] & V2:
        yield ("flags",), "components of this kind need the flag for them"
    if body["flags"] & ~(V2 | PRIVATE):
        yield ("flags",), "flags a bot of ours never sets"
    yield from _ids(components)
    for at, component in components:
        if component["type"] == 2 and (
            (component["style"] == 5) != ("url" in component) or ("url" in component) == ("custom_id" in component)
        ):
            yield at, "a link has an address, every other button an id"
    yield from _files(body, components, files)


def _files(body: Json, components: list[tuple[Any, Json]], files: Mapping[str, str]) -> Iterator[Wrong]:
    named = {attachment["id"]: attachment["filename"] for attachment in body["attachments"]}
    if named != dict(files):
        yield ("attachments",), f"named are {named}, but there came {dict(files)}"
    shown = [component["file"]["url"] for _, component in components if component["type"] == 13]
    shown += [
        item["media"]["url"] for _, component in components if component["type"] == 12 for item in component["items"]
    ]
    if sorted(shown) != sorted(f"attachment://{name}" for name in named.values()):
        yield ("components",), f"shown are {shown}, attached are {list(named.values())}"


def modal(body: Json, _: Mapping[str, str]) -> Iterator[Wrong]:
    """Check a form."""
    components = list(walk(body["components"]))
    yield from _ids(components)
    for at, component in components:
        options = component.get("options")
        if options is not None:
            values = [option["value"] for option in options]
            chosen = sum(bool(option.get("default")) for option in options)
            if len(set(values)) < len(values):
                yield (*at, "options"), "two options with one value"
            if chosen > component.get("max_values", 1):
                yield (*at, "options"), f"{chosen} options are chosen"
            if component.get("max_values", 1) > len(options) or component.get("min_values", 1) > component.get(
                "max_values", 1
            ):
                yield (*at, "max_values"), "more than there are"
        if component["type"] == 3 and component.get("required", True) and component.get("min_values", 1) == 0:
            yield (*at, "min_values"), "what is required cannot be none"
        if component["type"] == 4 and len(component.get("value") or "") > component.get("max_length", 4000):
            yield (*at, "value"), "longer than the limit beside it"


def _ids(components: list[tuple[Any, Json]]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for at, component in components:
        custom_id = component.get("custom_id")
        if custom_id in seen:
            yield (*at, "custom_id"), "Component custom id cannot be duplicated"
        if custom_id is not None:
            seen.add(custom_id)


def commands(body: Sequence[Json]) -> Iterator[Wrong]:
    """Check the commands of a bot."""
    yield from _names(body, ())
    for number, command in enumerate(body):
        locales = {locale for node in _nodes(command) for locale in node.get("description_localizations") or {}}
        sizes = [sum(_size(node, locale) for node in _nodes(command)) for locale in ("", *locales)]
        if max(sizes) > COMMAND:
            yield (number,), f"Command exceeds maximum size ({COMMAND})"
        yield from _options(command, (number,))


def _options(node: Json, at: tuple[str | int, ...]) -> Iterator[Wrong]:
    options = node.get("options") or []
    place = (*at, "options")
    yield from _names(options, place)
    kinds = {option["type"] in (1, 2) for option in options}
    if len(kinds) > 1:
        yield place, "sub-commands and values side by side"
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield place, "Required options must be placed before non-required options"
    for number, option in enumerate(options):
        place = (*place, number)
        choices = option.get("choices") or []
        if choices and option.get("autocomplete"):
            yield place, "choices and suggestions exclude each other"
        for key in ("name", "value"):
            if len({choice[key] for choice in choices}) < len(choices):
                yield (*place, "choices"), f"two choices with one {key}"
        yield from _options(option, place)


def _names(nodes: Sequence[Json], at: tuple[str | int, ...]) -> Iterator[Wrong]:
    locales = {locale for node in nodes for locale in node.get("name_localizations") or {}}
    for locale in ("", *sorted(locales)):
        if len({(node.get("name_localizations") or {}).get(locale, node["name"]) for node in nodes}) < len(nodes):
            yield at, "Application command names must be unique"
    for number, node in enumerate(nodes):
        if any(name != name.lower() for name in (node["name"], *(node.get("name_localizations") or {}).values())):
            yield (*at, number, "name"), "not in small letters"


def _nodes(node: Json) -> Iterator[Json]:
    yield node
    for child in (*(node.get("options") or ()), *(node.get("choices") or ())):
        yield from _nodes(child)


def _size(node: Json, locale: str) -> int:
    texts = (
        ((node.get(f"{key}_localizations") or {}).get(locale) or node.get(key) or "") for key in ("name", "description")
    )
    return sum(map(len, texts)) + len(str(node.get("value", "")))
