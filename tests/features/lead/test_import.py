"""/lead import: a list is read and shown, kept after a yes, and taken back for a week; nothing of it counts in a week."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bot.domain.bringing.people import MOST_PEOPLE
from bot.engine.uploads import MOST_BYTES

LIST = (
    "Name;Company;Why;Notes;Stage;Last contact;E-mail;Phone\n"
    "Dana R.;Nordik;rivers;call her at 416-555-0199 soon;asked;2026-03-06;dana@nordik.com;416-555-0199\n"
    "Tom;Hydro;tests;;met;2025-01-05;;\n"
    ";Hydro;nobody;;;;;\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


async def brings(circle, path: Path | str):
    return await circle.one(f'@amina /lead import file:"{path}"')


async def test_a_list_is_shown_before_anything_is_kept(circle, file):
    seen = await brings(circle, file)
    for words in (
        "Is this your list?",
        "2 people are new.",
        "Dana R., Nordik: asked",
        "E-mail and Phone: addresses and numbers of other people, which I never keep.",
        "1 row has no name of a person: row 4.",
        "I took an address or a number out of 1 text.",
        "Nothing is on your list yet.",
    ):
        assert words in seen.text
    assert "Your list is empty." in (await circle.one("@amina /lead list")).text


async def test_after_the_yes_everybody_is_there_with_stage_and_days_and_without_numbers(circle, file):
    await brings(circle, file)
    seen = await circle.one('@amina press "Yes, add 2 people"')
    assert "2 people are on your list now." in seen.text
    dana = (await circle.one('@amina /lead show lead:"dana"')).text
    assert "Stage: asked" in dana
    assert "call her at" in dana
    # Asked on Friday: the follow-up is due a week later. What would be overdue is counted from today.
    assert "Due: Friday 13 March 2026" in dana
    assert "Due: Wednesday 8 April 2026" in (await circle.one('@amina /lead show lead:"tom"')).text
    exported = (await circle.one("@amina /me export")).files[0].data.decode()
    assert "0199" not in exported
    assert "dana@nordik" not in exported


async def test_the_second_yes_and_the_same_file_again_change_nothing(circle, file):
    await brings(circle, file)
    first = await circle.one('@amina press "Yes, add 2 people"')
    assert (await circle.one('@amina press "Yes, add 2 people"')).text.startswith(first.text)
    assert "Everybody of this list is on your list already. Nothing changed." in (await brings(circle, file)).text
    assert "2 people on your list" in (await circle.one("@amina /lead list")).text


async def test_who_is_on_the_list_stays_as_they_are(circle, file):
    await circle.run('@amina /lead add name:"dana r" organisation:"NORDIK" why:"my own reason"')
    seen = await brings(circle, file)
    assert "1 person is new." in seen.text
    assert "1 person is on your list already, and stays as they are." in seen.text
    await circle.run('@amina press "Yes, add 1 person"')
    assert "my own reason" in (await circle.one('@amina /lead show lead:"dana"')).text


async def test_a_no_forgets_the_list_at_once(circle, file):
    await brings(circle, file)
    assert "I forgot this list." in (await circle.one('@amina press "No, forget this list"')).text
    assert "did not keep this list" in (await circle.one('@amina press "Yes, add 2 people"')).text
    assert "drafts" not in json.loads((await circle.one("@amina /me export")).files[0].data)


async def test_the_whole_list_is_taken_back_for_a_week_but_nothing_done_since(circle, file):
    await brings(circle, file)
    await circle.run('@amina press "Yes, add 2 people"', "at 2026-03-15T09:00", '@amina /ask sent lead:"tom"')
    seen = await circle.one('@amina press "Take the list back"')
    assert "1 person is off your list again." in seen.text
    assert "1 person stays, because you did something with them since." in seen.text
    assert "Tom, Hydro" in (await circle.one("@amina /lead list")).text


async def test_after_a_week_the_list_stays(circle, file):
    await brings(circle, file)
    await circle.run('@amina press "Yes, add 2 people"', "at 2026-03-16T09:01")
    assert "does not work any more" in (await circle.one('@amina press "Take the list back"')).text


async def test_brought_people_score_on_no_board_and_in_no_total(circle, file):
    await circle.run("@amina /board join as:name")
    for who in ("omar", "olga", "sami"):
        await circle.run(f"@{who} /board join as:name")
        await circle.run(*(f'@{who} /lead add name:"P{n} X" organisation:"Org {n}" why:"x"' for n in range(2)))
    await brings(circle, file)
    await circle.run('@amina press "Yes, add 2 people"')
    posted = await circle.run("at 2026-03-16T12:30")
    digest = next(seen.text for seen in posted if seen.to == "#digest")
    assert "Omar" in digest
    assert "Amina" not in digest
    assert "Together: 6 leads, 0 asks, 0 meetings." in digest


async def test_a_list_of_one_member_is_nobody_elses(circle, file):
    await brings(circle, file)
    yes = next(token for label, token in (await brings(circle, file)).buttons if label == "Yes, add 2 people")
    assert yes
    assert "Your list is empty." in (await circle.one("@omar /lead list")).text


async def test_rows_can_be_pasted_with_their_tabs(circle):
    seen = await circle.one("@amina /lead import")
    assert [field.name for field in seen.form.fields] == ["file", "rows"]
    seen = await circle.one('@amina fill rows:"Nom\tSociété\tPourquoi\nZoé Côté\tHydro\tses barrages"')
    assert "Zoé Côté, Hydro: new" in seen.text
    await circle.run("@amina /lead import")
    assert "There is no list yet." in (await circle.one("@amina fill")).text


async def test_a_file_and_rows_are_two_lists_and_none_is_lost(circle, file):
    seen = await circle.one(f'@amina /lead import file:"{file}" rows:"Zed; Bell; pumps"')
    assert "These are two lists: a file and rows." in seen.text
    assert [field.value for field in seen.form.fields if field.name == "rows"] == ["Zed; Bell; pumps"]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Read me").append(["Read me first"])
    people = book.create_sheet("People")
    people.append(["Full name", "Company", "Added", "Notes"])
    people.append(["Dana R.", "Nordik", date(2026, 2, 3), "=1+1"])
    people.append(["Tom", 1984, None, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name if "." in name else name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


async def test_a_workbook_is_read_with_its_days_and_no_formula_runs(circle, tmp_path):
    (tmp_path / "list.xlsx").write_bytes(workbook())
    await brings(circle, tmp_path / "list.xlsx")
    await circle.run('@amina press "Yes, add 2 people"')
    dana = (await circle.one('@amina /lead show lead:"dana"')).text
    assert "On your list since: Tuesday 3 February 2026" in dana
    assert "Notes" not in dana
    assert "Tom, 1984" in (await circle.one("@amina /lead list")).text


async def test_linkedins_packed_export_is_read_as_it_comes(circle, tmp_path):
    connections = b"First Name,Last Name,Company\nDana,R.,Nordik\n"
    (tmp_path / "x.zip").write_bytes(packed(Connections_csv=connections, Messages_csv=b"FROM,TO\na,b\n"))
    assert "Dana R., Nordik: new" in (await brings(circle, tmp_path / "x.zip")).text
    # A Mac puts a shadow of each file beside it.
    (tmp_path / "y.zip").write_bytes(
        packed(**{"Basic/Connections.csv": connections, "__MACOSX/Basic/._Connections.csv": b"x"})
    )
    assert "Dana R., Nordik: new" in (await brings(circle, tmp_path / "y.zip")).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "This is no list that I can read."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "This is an old or a locked Excel file"),
        (b"PK\x03\x04 not really", "I cannot open this workbook."),
        (packed(xl__workbook_xml=b"<a/>"), "I cannot open this workbook."),
        (packed(a_csv=b"Name\nDana", b_csv=b"Name\nTom"), "It must have exactly one list in it."),
        (packed(xl__workbook_xml=b"x", xl__bomb_xml=b"0" * 61_000_000), "too large once it is unpacked"),
        (b"colour,size\nred,5\n", "I find no column with names of people."),
        ("Name,Company\nИван Петров,Завод\n".encode("cp1251"), "I cannot tell the letters of this file."),
        (b"Name,Company\n,Nordik\n", "I find no person in this list."),
        (b"Name\n" + b"".join(b"P%dx\n" % n for n in range(MOST_PEOPLE + 1)), "This list has more than 2,000 people"),
        (b"x" * (MOST_BYTES + 1), "The file is too large."),
    ],
)
async def test_a_wrong_file_gets_one_clear_word(circle, tmp_path, data, sentence):
    (tmp_path / "wrong").write_bytes(data)
    assert sentence in (await brings(circle, tmp_path / "wrong")).text
    assert "I could not get the file." in (await brings(circle, tmp_path / "not-there")).text


async def test_two_thousand_people_fit_and_no_more(circle, tmp_path):
    many = "Name;Company\n" + "".join(f"Person {n}x;Org {n}\n" for n in range(MOST_PEOPLE))
    (tmp_path / "many.csv").write_text(many)
    await brings(circle, tmp_path / "many.csv")
    assert "2,000 people are on your list now." in (await circle.one('@amina press "Yes, add 2,000 people"')).text
    (tmp_path / "one.csv").write_text("Name;Company\nDana;Nordik\n")
    seen = await brings(circle, tmp_path / "one.csv")
    assert "This list has 1 new open person. Your list has room for 0." in seen.text


@pytest.mark.parametrize(
    ("limit", "most", "sentence"),
    [
        ("PEOPLE", 4, "This list has 3 new people. Your list has room for 2."),
        ("TEXT_BYTES", 300, "This list has more text than I can keep for you."),
    ],
)
async def test_a_list_that_does_not_fit_says_so_and_nothing_of_it_is_taken(
    circle, tmp_path, monkeypatch, limit, most, sentence
):
    await circle.run(*(f'@amina /lead add name:"{n}" organisation:"Bell" why:"rivers"' for n in ("Ann Roy", "Max Li")))
    for module in ("bot.features.lead.bringing", "bot.store.room"):
        monkeypatch.setattr(f"{module}.{limit}", most)
    (tmp_path / "list.csv").write_text(
        "Name;Company;Notes\n" + "".join(f"{name};Nordik;{'word ' * 40}\n" for name in ("Dana", "Lee", "Tom"))
    )
    assert sentence in (await brings(circle, tmp_path / "list.csv")).text
    assert "Nordik" not in (await circle.one("@amina /lead list")).text


async def test_who_filled_their_list_after_the_look_is_told_when_they_say_yes(circle, tmp_path, monkeypatch):
    (tmp_path / "list.csv").write_text("Name;Company\nDana;Nordik\nLee;Nordik\n")
    await brings(circle, tmp_path / "list.csv")
    monkeypatch.setattr("bot.features.lead.bringing.OPEN_PEOPLE", 1)
    told = await circle.one('@amina press "Yes, add 2 people"')
    assert "This list has 2 new open people. Your list has room for 1." in told.text
    assert "Nordik" not in (await circle.one("@amina /lead list")).text


async def test_a_list_in_french_is_answered_in_french(circle, tmp_path):
    (tmp_path / "liste.csv").write_bytes(
        "Prénom;Nom;Employeur;Étape;Courriel\nZoé;Côté;Hydro;à contacter;z@x.ca\n".encode("cp1252")
    )
    await circle.run("@amina /me settings language:fr")
    seen = await brings(circle, tmp_path / "liste.csv")
    assert "Zoé Côté, Hydro" in seen.text
    assert "1 personne est nouvelle." in seen.text
    assert "adresses et numéros d’autres personnes, que je ne garde jamais" in seen.text


async def test_the_export_tells_which_people_came_with_a_list(circle, file):
    await brings(circle, file)
    await circle.run('@amina press "Yes, add 2 people"')
    leads = json.loads((await circle.one("@amina /me export")).files[0].data)["leads"]
    assert all(lead["brought_at"].startswith("2026-03-09") for lead in leads)


async def test_pasted_words_that_are_no_rows_are_told_how_rows_look(circle):
    seen = await circle.one('@amina /lead import rows:"Dana from Nordik"')
    assert "I find no column with names of people." in seen.text
    assert "One person a line: name; organisation; why." in seen.text
