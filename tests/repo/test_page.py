"""The page about adding a command is executed: what stands in it works as it stands."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "adding-a-command.md").read_text(encoding="utf-8")
BLOCKS = re.compile(r"[Ii]n `([\w/.]+)`:\n\n```python[^\n]*\n(.*?)```", re.DOTALL)
SCRIPT = re.compile(r"```\n\$ (hello-circle [^\n]+)\n(.*?)```", re.DOTALL)
ANSWER = re.compile(r"The last answer is:\n\n```text\n(.*?)```", re.DOTALL)


def run(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_the_page_shows_works_as_it_stands(tmp_path: Path) -> None:
    for name in ("bot", "adapters", "tests/support"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    blocks = BLOCKS.findall(PAGE)
    assert [path for path, _ in blocks] == ["bot/features/lead/commands.py", "tests/features/lead/test_lead.py"]
    for path, code in blocks:
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{code}")

    ((command, lines),) = SCRIPT.findall(PAGE)
    program = ("-c", "from adapters.cli import main; main()")
    shown = run(tmp_path, *program, *command.split()[1:], given=lines)
    (answer,) = ANSWER.findall(PAGE)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.rstrip("\n").endswith(f"@amina\n{answer.rstrip()}")

    plain = [part for name in ("xdist", "hypothesispytest", "pytest_cov", "simcord") for part in ("-p", f"no:{name}")]
    tested = run(tmp_path, "-m", "pytest", "-q", *plain, "tests/features/lead/test_lead.py")
    assert "1 passed" in tested.stdout, tested.stdout + tested.stderr
