"""What is imported is declared, what is declared is used, and the page about it says the same."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
OURS = {"bot", "adapters", "tests", "bench", "docs"}
RIVALS = ROOT / "bench" / "rivals"
"""What runs in an environment of its own, with other bots."""
DATA = {"manimgx-fonts", "manimgx-fonts-cjk", "tzdata"}
"""They are found as files, and never imported."""


def plain(name: str) -> str:
    """Write a package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name.strip())[0]).lower()


RUN = {plain(requirement) for requirement in PROJECT["project"]["dependencies"]}
EXTRA = {plain(requirement) for requirement in PROJECT["project"]["optional-dependencies"]["postgresql"]}
"""What only whoever keeps the data on a server installs."""
GROUPS = PROJECT["dependency-groups"]
DEV = {plain(requirement) for group in GROUPS.values() for requirement in group if isinstance(requirement, str)}


def modules(path: Path) -> Iterable[str]:
    """Name the first part of everything that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def imported(*folders: str) -> dict[str, str]:
    """Give every foreign package that is imported there, with a file that does."""
    packages = packages_distributions()
    first_import: dict[str, str] = {}
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    for path in (path for path in paths if RIVALS not in path.parents):
        for module in set(modules(path)) - OURS - sys.stdlib_module_names:
            for package in packages.get(module, [module]):
                first_import.setdefault(plain(package), path.relative_to(ROOT).as_posix())
    return first_import


def test_the_program_imports_what_is_declared_and_nothing_else_is_declared() -> None:
    packages = imported("bot", "adapters")
    assert {package: path for package, path in packages.items() if package not in RUN | EXTRA} == {}
    assert RUN - set(packages) == DATA


def test_tests_and_tools_import_what_is_declared() -> None:
    packages = imported("tests", "bench", "docs", "requirements")
    assert {package: path for package, path in packages.items() if package not in RUN | DEV} == {}


def test_other_bots_import_what_their_own_lock_installs() -> None:
    files = sorted(RIVALS.rglob("*.py"))
    beside = {path.stem for path in files}
    imports = {module for path in files for module in modules(path)} - beside - sys.stdlib_module_names
    assert imports == {"errbot", "opsdroid"}
    assert imports <= locked((RIVALS / "requirements.txt").read_text(encoding="utf-8"))


def pinned(lock: str) -> set[str]:
    """Name everything that a lock installs."""
    return locked((ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8"))


def locked(text: str) -> set[str]:
    """Name everything that stands in the text of a lock."""
    return {plain(name) for name in re.findall(r"^([a-zA-Z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)}


def test_who_only_runs_the_bot_gets_no_tools() -> None:
    build = {plain(requirement) for requirement in GROUPS["build"]}
    assert pinned("run") >= RUN
    assert build <= pinned("build")
    assert (DEV - RUN - build) & (pinned("run") | pinned("build")) == {"markupsafe"}, "Mako brings that one"
    assert pinned("dev") >= pinned("run") | pinned("build")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (rule,) = re.findall(r"^\$\(READY\): .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert re.findall(r"requirements/(\w+)\.txt", rule) == ["run", "build"]
    tasks = dict(re.findall(r"^([a-z]+): (\S+) ##", makefile, re.MULTILINE))
    assert {task for task, needs in tasks.items() if needs == "setup"} == {"demo", "postgresql", "wheel"}
    others = {task: needs for task, needs in tasks.items() if task not in {"setup", "demo", "postgresql", "wheel"}}
    assert others.pop("docs") == "$(VENV)/.docs"
    assert set(others.values()) == {"$(TOOLS)"}


def brought() -> set[str]:
    """Name the packages that another one brings, by the lock."""
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z][\w.-]*)(?:\[.*?\])?==.*\n((?:    .*\n)*)", lock, re.MULTILINE)
    return {
        plain(name)
        for name, comments in entries
        if {via for via in re.findall(r"#\s+(?:via )?([\w.-]+)", comments) if via not in {"via", "hello-circle"}}
    }


def test_the_page_about_dependencies_names_each_counts_them_and_says_which_come_anyway() -> None:
    rows = re.findall(r"^\| ([^|]+?) \| [^|]{10,} \|$", PAGE, re.MULTILINE)
    named = {plain(name): "°" in row for row in rows for name in row.replace("°", "").split(",")}
    assert set(named) == RUN
    assert {name for name, anyway in named.items() if anyway} == RUN & brought()
    (count,) = re.findall(r"\*\*There are (\d+)\*\*", PAGE)
    (anyway,) = re.findall(r"(\w+) of them \(°\)", PAGE)
    numbers = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    assert (int(count), numbers.index(anyway.lower())) == (len(RUN), len(RUN & brought()))
