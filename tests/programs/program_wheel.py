"""A wheel, installed by `pip install` in a fresh environment, as people do who have no clone."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """\
@olga as organiser
@amina /lead add name:"أمينة" organisation:"Nordik" why:"rivers"
@amina /me settings language:fr
@amina /lead list
@olga /community digest preview
"""


def runs(*command: str | Path, cwd: Path, typed: str = "") -> str:
    """Run a program to its end, and give what it says.

    Raises:
        AssertionError: it fails.
    """
    pipe, together = subprocess.PIPE, subprocess.STDOUT
    ended = subprocess.run(command, cwd=cwd, input=typed, stdout=pipe, stderr=together, text=True, check=False)  # noqa: S603
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def install(folder: Path) -> Path:
    """Build the wheel and install it; gives the folder of its programs."""
    runs(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    runs(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    programs = folder / "venv" / "bin"
    runs(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


def is_set_up(program: Path, folder: Path) -> None:
    """Set it up in a folder of its own, make a backup, and have doctor look."""
    folder.mkdir()
    output = runs(program, "setup", "--yes", cwd=folder)
    assert f"{program} run" in output, "how it is typed there"
    runs(program, "backup", cwd=folder)
    assert "was restored and read whole" in runs(program, "drill", cwd=folder)
    looked = subprocess.run([program, "doctor"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    assert looked.returncode == 1, "nobody runs it, and nobody has a copy of the key"
    assert "fail" not in looked.stdout
    assert "ok    backups" in looked.stdout


def test_a_wheel_has_all_that_the_bot_needs(tmp_path: Path) -> None:
    installed = install(tmp_path)
    assert runs(installed / "hello-circle", "version", cwd=tmp_path).startswith("hello-circle ")
    (tmp_path / "week.txt").write_text(SCRIPT, encoding="utf-8")
    output = runs(installed / "hello-circle", "script", "week.txt", "--seeded", cwd=tmp_path)
    assert "أمينة" in output
    assert ", Nordik is on your list." in output
    assert "personne" in output, "the French texts are in it"
    assert "[picture: Chart of " in output, "the digest comes with its picture"
    draws = "from bot.ui.drawing import draw; from bot.ui.chart import *; print(len(draw(Chart((WeekTotals(202604, 9, 4, 1),), (TopPlace(1, 'أمينة', 9),)), 'en')))"
    assert int(runs(installed / "python", "-c", draws, cwd=tmp_path)) > 5000, "the fonts came too"
    assert "Amina" in runs(installed / "hello-circle", "demo", cwd=tmp_path, typed="/lead next\nquit\n")
    shown = "from adapters.web.server import STATIC; import json; print(json.dumps([path.name for path in STATIC.iterdir()]))"
    assert {"index.html", "main.js", "page.css"} <= set(
        json.loads(runs(installed / "python", "-c", shown, cwd=tmp_path))
    )
    key = runs(installed / "hello-circle", "keys", "new", cwd=tmp_path)
    assert ":" in key
    is_set_up(installed / "hello-circle", tmp_path / "circle")
    packages = runs(installed / "python", "-m", "pip", "list", cwd=tmp_path)
    assert not [name for name in ("pytest", "pyright", "nodejs", "ruff") if name in packages.lower()]
