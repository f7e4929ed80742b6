"""Each contract about imports is seen to break when a file breaks it, in a copy of the code."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
BREAKS = {
    "The bot never knows a platform": ("bot.engine.clock", "discord"),
    "Inside the bot, imports point one way": ("bot.store.leads", "bot.engine.clean"),
    "The engine knows no product": ("bot.engine.finding", "bot.domain.lead"),
    "Families stand in layers without circles": ("bot.features.people.wording", "bot.features.lead.commands"),
    "The domain uses the standard library only": ("bot.domain.week", "structlog"),
    "Only the store talks to the database": ("bot.features.lead.commands", "sqlalchemy"),
    "Only the ticker knows the scheduler": ("bot.scheduling.rounds", "apscheduler"),
    "Platforms reach the bot through its front door": ("adapters.slack.answering", "bot.store.leads"),
    "Only what starts the program knows the product": ("adapters.watching.health", "bot.features.lead"),
    "Platforms do not know each other": ("adapters.discord.dialect", "adapters.slack.words"),
    "Nothing but the composition root knows the platforms": ("adapters.platform", "adapters.discord.api"),
    "No import goes round in a circle": ("bot.ui.values", "bot.ui.text"),
}
"""Each contract, with a module and what it may not import."""
ALSO = {
    "The engine knows no product": ("bot.engine.pages", "bot.store.leads"),
    "Only the store talks to the database": ("bot.config", "sqlite3"),
    "Platforms reach the bot through its front door": ("adapters.absence", "bot.store.members"),
}
"""Other ways to break one of them."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    settings = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}  # noqa: TID251
    return subprocess.run(  # noqa: S603
        [program, "--no-cache"], cwd=folder, env=settings, capture_output=True, text=True, check=False
    )


def test_every_contract_is_broken_here() -> None:
    names = {contract["name"] for contract in SETTINGS["contracts"]}
    assert names == set(BREAKS), "say in BREAKS how each contract is broken, and nothing else"


@pytest.fixture
def code(tmp_path: Path) -> Path:
    for name in ("bot", "adapters"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "*.po"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_the_code_keeps_every_contract_and_each_is_seen_to_break(code: Path) -> None:
    linted = lint(code)
    names = [contract["name"] for contract in SETTINGS["contracts"]]
    assert linted.returncode == 0, linted.stdout
    assert all(f"{name} KEPT" in linted.stdout for name in names)
    for module, other in [*BREAKS.values(), *ALSO.values()]:
        with (code / f"{module.replace('.', '/')}.py").open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef _late():\n    import {other}\n")
    told = said_of_each(lint(code).stdout, names)
    assert {name for name, words in told.items() if words} == set(names)
    for name, (module, other) in [*BREAKS.items(), *ALSO.items()]:
        if name != "No import goes round in a circle":  # which says its circles in a form of its own
            assert re.search(rf"{module} is not allowed to import {other}\b|{module} -> {other}\b", told[name]), name


def said_of_each(output: str, names: list[str]) -> dict[str, str]:
    """Give what is said of each contract after the summary, by its name."""
    broken = output.partition("Broken contracts")[2]
    starts = sorted((broken.index(f"{name}\n---"), name) for name in names if f"{name}\n---" in broken)
    ends = [start for start, _ in starts[1:]] + [len(broken)]
    words = {name: broken[start:end] for (start, name), end in zip(starts, ends, strict=True)}
    return {name: words.get(name, "") for name in names}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("bot", "adapters", include_external_packages=True, cache_dir=None)


def imports(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    """Give who imports whom, wherever in a file it stands."""
    for module in sorted(graph.modules):
        for other in sorted(graph.find_modules_directly_imported_by(module)):
            yield module, other


def is_in(module: str, *packages: str) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


LIBRARIES = {
    "aiohttp": ("adapters",),
    "aiosqlite": ("bot.store",),
    "alembic": ("bot.store",),
    "apscheduler": ("bot.scheduling",),
    "babel": ("bot.ui", "bot.locales", "adapters.console"),
    "cryptography": ("bot.store",),
    "discord": ("adapters.discord",),
    "holidays": ("bot.engine",),
    "icalendar": ("bot.features",),
    "openpyxl": ("bot.features",),
    "prometheus_client": ("adapters.watching",),
    "prompt_toolkit": ("adapters.console", "adapters.operator"),
    "psycopg": ("bot.store",),
    "pydantic": ("bot.config", "bot.store", "bot.ui", "adapters.operator", "adapters.web"),
    "pydantic_settings": ("bot.config",),
    "rapidfuzz": ("bot.engine",),
    "resvg_py": ("bot.ui.picture",),
    "rich": ("adapters.console", "adapters.operator"),
    "slack_bolt": ("adapters.slack",),
    "slack_sdk": ("adapters.slack",),
    "sqlalchemy": ("bot.store",),
    "structlog": ("bot.engine", "bot.scheduling", "bot.store", "bot.ui", "adapters"),
    "typer": ("adapters",),
    "uharfbuzz": ("bot.ui.picture",),
    "wcwidth": ("bot.ui.picture",),
    "xlsxwriter": ("bot.ui",),
}
"""Where each library may be imported; what stands nowhere here, such as the domain, has the standard library alone."""


def test_each_library_is_used_in_its_places_and_nowhere_else(graph: grimp.ImportGraph) -> None:
    used = [
        (module, library)
        for module, library in imports(graph)
        if not is_in(library, "bot", "adapters") and library not in sys.stdlib_module_names
    ]
    strange = [f"{module} imports {name}" for module, name in used if not is_in(module, *LIBRARIES.get(name, ()))]
    assert strange == [], "use what is there, or say in LIBRARIES why this place may have it"
    unused = [
        f"{library} in {place}"
        for library, places in LIBRARIES.items()
        for place in places
        if not any(name == library and is_in(module, place) for module, name in used)
    ]
    assert unused == []


def test_no_module_imports_itself_by_way_of_others(graph: grimp.ImportGraph) -> None:
    """A package and what is in it, too, which the contract about circles leaves out."""
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


LOADERS = {
    "bot/features/__init__.py",  # finds the families
    "bot/store/tables/__init__.py",  # finds the tables
}


def test_what_is_imported_is_named_where_every_contract_sees_it() -> None:
    """A module that is imported by a text is seen by no contract."""
    places = {
        path.relative_to(ROOT).as_posix()
        for path in files("bot", "adapters")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute | ast.Name) and written(node) in HIDDEN)
        or (isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & HIDDEN)
    }
    assert places == LOADERS


HIDDEN = {"import_module", "__import__", "run_module", "run_path", "resolve_name", "spec_from_file_location", "modules"}
"""What imports by a text; `modules` is `sys.modules`."""


def written(node: ast.Attribute | ast.Name) -> str:
    """Give the last part of a name; `modules` only of `sys`."""
    if isinstance(node, ast.Name):
        return "" if node.id == "modules" else node.id
    return "" if node.attr == "modules" and ast.unparse(node.value) != "sys" else node.attr


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): length
        for path in files("bot", "adapters")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for path in files("bot", "adapters")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and not (set(path.parts) & {"versions"})
        and code_lines(node) > 40
    ]
    assert long == []


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body, without its signature and docstring, which are its documentation."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


ENVIRONMENT = {"environ", "getenv", "environb", "putenv"}


def test_only_the_settings_read_the_environment() -> None:
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files("bot", "adapters")
        if path not in {ROOT / "bot" / "config.py", ROOT / "bot" / "ui" / "studio.py"}  # a drawer is given few of them
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT)
        or (isinstance(node, ast.Name) and node.id in ENVIRONMENT)
        or (isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & ENVIRONMENT)
    ]
    assert places == []


def test_a_family_uses_another_only_through_what_it_offers(graph: grimp.ImportGraph) -> None:
    inside = [
        f"{importer} imports {imported}"
        for importer, imported in imports(graph)
        if importer.startswith("bot.features.") and imported.startswith("bot.features.")
        if (family := ".".join(imported.split(".")[:3])) != imported and not is_in(importer, family)
        if imported.removeprefix(f"{family}.") not in offered(family)
    ]
    assert inside == [], "let the __init__ of the other family offer it"


def offered(family: str) -> set[str]:
    """List what the `__init__` of a family says that others may use."""
    tree = ast.parse((ROOT / family.replace(".", "/") / "__init__.py").read_text(encoding="utf-8"))
    aliases = [alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    return {alias.name for alias in aliases if alias.asname == alias.name}


def test_no_two_classes_share_a_name() -> None:
    places_of: dict[str, list[str]] = {}
    for path in files("bot", "adapters"):
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            places_of.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: places for name, places in places_of.items() if len(places) > 1} == {}, "one word, one meaning"
