"""Each contract about imports is seen to break when a file breaks it, in a copy of the code."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
BREAKS = {
    "The bot never knows a platform": ("bot/engine/clock.py", "import discord"),
    "Inside the bot, imports point one way": ("bot/store/leads.py", "import bot.engine.clean"),
    "The engine knows no product": ("bot/engine/finding.py", "import bot.domain.lead"),
    "Families stand in layers without circles": ("bot/features/people/wording.py", "import bot.features.lead.commands"),
    "The domain uses the standard library only": ("bot/domain/week.py", "import structlog"),
    "Only the store talks to the database": ("bot/features/lead/commands.py", "import sqlalchemy"),
    "Only the ticker knows the scheduler": ("bot/scheduling/rounds.py", "import apscheduler"),
    "Platforms reach the bot through its front door": ("adapters/slack/answering.py", "import bot.store.leads"),
    "Platforms do not know each other": ("adapters/discord/dialect.py", "import adapters.slack.words"),
    "Nothing but the composition root knows the platforms": ("adapters/platform.py", "import adapters.discord.api"),
    "No import goes round in a circle": ("bot/ui/values.py", "import bot.ui.text"),
}


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
    for name in names:
        path, line = BREAKS[name]
        with (code / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    broken = lint(code)
    assert broken.returncode != 0
    assert [name for name in names if f"{name} BROKEN" not in broken.stdout] == []


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


INSIDE = re.compile(r"^from bot\.features\.(\w+)\.\w+ import|^import bot\.features\.(\w+)\.", re.MULTILINE)


def test_a_family_uses_another_only_through_what_it_offers() -> None:
    root = ROOT / "bot" / "features"
    inside = [
        (path.relative_to(root).as_posix(), package or module)
        for path in files("bot/features")
        for package, module in INSIDE.findall(path.read_text(encoding="utf-8"))
        if (package or module) != path.relative_to(root).parts[0]
    ]
    assert inside == []


def test_no_two_classes_share_a_name() -> None:
    places_of: dict[str, list[str]] = {}
    for path in files("bot", "adapters"):
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            places_of.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: places for name, places in places_of.items() if len(places) > 1} == {}, "one word, one meaning"
