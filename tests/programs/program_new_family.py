"""The page about adding a command is executed: what stands in it works as it stands, in a copy of the code."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from bot.store.migrate import HEAD

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "adding-a-command.md").read_text(encoding="utf-8")
THERE, OWN = PAGE.split("## A family of its own")
BLOCKS = re.compile(r"[Ii]n `([\w/.]+)`:\n\n```(?:python|po)[^\n]*\n(.*?)```", re.DOTALL)
SCRIPT = re.compile(r"```\n\$ (hello-circle [^\n]+)\n(.*?)```", re.DOTALL)
ANSWER = re.compile(r"The last answer is:\n\n```text\n(.*?)```", re.DOTALL)
FRENCH = "bot/locales/fr/LC_MESSAGES/messages.po"
COPIED = ("bot", "adapters", "deploy", "docs", "tests", "pyproject.toml")
PLAIN = [part for name in ("xdist", "hypothesispytest", "pytest_cov", "simcord") for part in ("-p", f"no:{name}")]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    unneeded = shutil.ignore_patterns("__pycache__", "*.png", "corpus")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=unneeded)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},  # noqa: TID251
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def done(folder: Path, *arguments: str) -> str:
    """Run something that must go well; gives what it printed."""
    ran = run(folder, *arguments)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_a_command_of_a_family_that_is_there_works_as_it_stands(copy: Path) -> None:
    blocks = BLOCKS.findall(THERE)
    assert [path for path, _ in blocks] == ["bot/features/lead/commands.py", "tests/features/lead/test_lead.py"]
    (copy / blocks[1][0]).unlink()  # its other tests are not run here
    for path, code in blocks:
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{code}")

    ((command, lines),) = SCRIPT.findall(THERE)
    program = ("-c", "from adapters.cli import main; main()")
    shown = run(copy, *program, *command.split()[1:], typed=lines)
    (answer,) = ANSWER.findall(THERE)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.rstrip("\n").endswith(f"@amina\n{answer.rstrip()}")
    assert "1 passed" in done(copy, "-m", "pytest", "-q", *PLAIN, "tests/features/lead/test_lead.py")


def test_a_family_of_its_own_works_as_it_stands(copy: Path) -> None:
    blocks = dict(BLOCKS.findall(OWN))
    french, (test, *_) = blocks.pop(FRENCH), [path for path in blocks if path.startswith("tests/")]
    for path, code in blocks.items():
        new_file = copy / numbered(path)
        assert not new_file.exists(), f"the page makes {path}, and it is there"
        new_file.parent.mkdir(exist_ok=True, parents=True)
        new_file.write_text(numbered(code), encoding="utf-8")
    done(copy, "-m", "bot.locales.catalogs", "update")
    translate(copy / FRENCH, french)
    for step in ("update", "compile", "check"):
        done(copy, "-m", "bot.locales.catalogs", step)
    done(copy, "docs/generate.py")
    assert "### `/plant add`" in (copy / "docs" / "commands.md").read_text(encoding="utf-8")
    # Its own test, and those that ask of every table and command whether all was thought of.
    asked = ("tests/store/test_migrations.py", "tests/store/test_moving.py", "tests/repo/test_contracts.py")
    assert " failed" not in done(copy, "-m", "pytest", "-q", *PLAIN, test, *asked)
    for tool in (("ruff", "check", "."), ("ruff", "format", "--check", ".")):
        done(copy, "-m", *tool)


def numbered(code: str) -> str:
    """Let the migration of the page follow on the newest one there is."""
    following = f"{int(HEAD) + 1:04}"
    code = re.sub(r"\br\d{4}_", f"r{following}_", code)
    return re.sub(
        r'^revision = "\d+"\ndown_revision = "\d+"',
        f'revision = "{following}"\ndown_revision = "{HEAD}"',
        code,
        flags=re.MULTILINE,
    )


def translate(file: Path, words: str) -> None:
    """Write the translations of the page where `make catalogs` left them empty, and nowhere else."""
    with file.open("rb") as before:
        catalog = read_po(before, locale="fr")
    for message in read_po(io.BytesIO(words.encode()), locale="fr"):
        if message.id:
            empty = catalog.get(message.id if isinstance(message.id, str) else message.id[0])
            assert empty is not None, f"nobody says {message.id}"
            assert not any(empty.string or ()), f"{message.id} is translated already"
            empty.string = message.string
    with file.open("wb") as after:
        write_po(after, catalog, width=0)


TOY = {
    "bot/store/tables/plants.py": "tables.py",
    "bot/store/plants.py": "plants.py",
    "bot/features/plant/__init__.py": "plant/__init__.py",
    "bot/features/plant/commands.py": "plant/commands.py",
    "bot/features/plant/post.py": "plant/post.py",
}
CALLED = {
    "bot.store.tables.plants": "tests.toy.tables",
    "bot.store.tables.base": "tests.toy.base",
    "from bot.store import plants": "from tests.toy import plants",
    "bot.store.plants": "tests.toy.plants",
    "bot.features.registry": "tests.toy.registry",
}


@pytest.mark.parametrize(("path", "toy"), TOY.items())
def test_the_family_of_the_page_is_the_one_that_grows_at_every_door(path: str, toy: str) -> None:
    code = dict(BLOCKS.findall(OWN))[path]
    for here, there in CALLED.items():
        code = code.replace(here, there)
    assert lines_of(code) == lines_of((ROOT / "tests" / "toy" / toy).read_text(encoding="utf-8"))


def lines_of(code: str) -> list[str]:
    """Give the lines of a module, its imports in one order."""
    lines = [line for line in code.splitlines() if line]
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    return sorted(imports) + [line for line in lines if line not in imports]
