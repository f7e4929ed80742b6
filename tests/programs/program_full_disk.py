"""A disk that is full at every size, or gone: each command ends with one line that names it, and goes on once there is room."""

import shutil
from pathlib import Path

import pytest

from tests.support.process import quiet_run

SETUP = ("setup", "--yes")
WRONG = 2


def one_line(output: str) -> str:
    """Give what the command ended with.

    Raises:
        AssertionError: it is more than a line for a person.
    """
    last = output.rstrip().splitlines()[-1]
    assert last.startswith("hello-circle: "), output
    assert "Traceback" not in output
    assert "SQL" not in output
    return last


@pytest.mark.parametrize("most", [100, 40_000])
async def test_set_up_goes_on_where_a_full_disk_stopped_it(tmp_path: Path, most: int) -> None:
    code, output = await quiet_run(tmp_path, *SETUP, most=most)
    assert code == WRONG, output
    assert "full disk" in one_line(output) or "I cannot write in" in one_line(output)
    code, output = await quiet_run(tmp_path, "doctor")
    assert "Traceback" not in output
    code, output = await quiet_run(tmp_path, *SETUP)
    assert code == 0, output
    code, output = await quiet_run(tmp_path, "backup")
    assert code == 0, output


async def test_backup_restore_and_keys_name_the_disk_and_change_nothing(tmp_path: Path) -> None:
    await quiet_run(tmp_path, *SETUP)
    await quiet_run(tmp_path, "backup")
    (file,) = (tmp_path / "data" / "backups").glob("*.zip")
    before = (tmp_path / ".env").read_bytes(), (tmp_path / "data" / "hello-circle.db").read_bytes()
    for line, words in (
        (("backup",), "full"),
        (("restore", str(file)), "There is no room to unpack"),
        (("keys", "rotate"), "Look for a full disk"),
    ):
        code, output = await quiet_run(tmp_path, *line, most=100)
        assert code == WRONG, output
        assert words in one_line(output)
        assert before == ((tmp_path / ".env").read_bytes(), (tmp_path / "data" / "hello-circle.db").read_bytes())
    assert [path.name for path in (tmp_path / "data" / "backups").glob("*.zip")] == [file.name]


async def test_a_folder_of_the_data_that_is_gone_is_made_again_and_a_file_is_no_folder(tmp_path: Path) -> None:
    await quiet_run(tmp_path, *SETUP)
    await quiet_run(tmp_path, "backup", "stick")
    (tmp_path / "file").touch()
    code, output = await quiet_run(tmp_path, "backup", "file")
    assert code == WRONG
    assert one_line(output).endswith("/file is a file, and no folder. Name a folder.")
    shutil.rmtree(tmp_path / "data")
    (file,) = (tmp_path / "stick").glob("*.zip")
    code, output = await quiet_run(tmp_path, "restore", str(file))
    assert code == 0, output
    assert "Restored." in output
