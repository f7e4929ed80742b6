"""A list comes in Slack's form as a file, where the bot may read files; else its rows are pasted."""

from pathlib import Path

from tests.support.slack_bot import World, open_world

LIST = b"Name,Company,Email\nDana R.,Nordik,dana@nordik.com\n"


async def test_a_file_in_the_form_is_read(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/lead import")
    seen = await amina.submits(file=("list.csv", LIST))
    assert "1 person is new." in seen.text
    seen = await amina.presses("Yes, add 1 person")
    assert "1 person is on your list now." in seen.text


async def test_a_wrong_file_is_told_at_its_place(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/lead import")
    seen = await amina.submits(file=("x.pdf", b"%PDF-1.7"))
    assert seen.modal is not None
    assert seen.modal.errors["Your file"].startswith("This is a PDF")
    assert seen.modal.errors["Your file"].endswith("Please send a CSV, TSV, XLSX or vCard file.")


async def test_a_file_that_only_its_name_is_known_of_is_not_got(world: World) -> None:
    omar = world.slack.person("omar")
    await omar.types("/lead import")
    await omar.submits(file=("list.csv", LIST))
    file = next(iter(world.slack.workspace.files))
    amina = world.slack.person("amina")
    assert "I could not get the file." in (await amina.types(f"/hello lead import file:{file}")).text


async def test_without_the_right_to_read_files_the_rows_are_pasted(tmp_path: Path) -> None:
    async with open_world(tmp_path, optional=False) as world:
        amina = world.slack.person("amina")
        seen = await amina.types("/lead import")
        assert seen.modal is not None
        assert list(seen.modal.values) == ["Or paste the rows here"]
        seen = await amina.submits(rows="Name\tCompany\nDana R.\tNordik")
        assert "1 person is new." in seen.text
