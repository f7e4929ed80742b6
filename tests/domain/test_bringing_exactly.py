"""What is easily read a little wrongly in a list: the last row, the first of two lines, a text that just fits."""

from datetime import date

import pytest

from bot.domain.bringing.clocks import brought_clock
from bot.domain.bringing.grid import MOST_ROWS, rows_of
from bot.domain.bringing.headings import DropReason, KeptField, columns_of, heading
from bot.domain.bringing.letters_in import StrangeLetters, words_in
from bot.domain.bringing.people import NAME, people_in
from bot.domain.bringing.stages import ToldStage
from bot.domain.bringing.vcards import is_cards, rows_of_cards
from bot.domain.lead import DueReason, Stage

MONDAY = date(2026, 3, 9)


def card_of(*lines: str) -> list[str]:
    return rows_of_cards("\n".join(("BEGIN:VCARD", *lines, "END:VCARD")))[1]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["Name", ""], [KeptField.NAME, None]),
        (["Name", "First name"], [KeptField.NAME, KeptField.FIRST]),
        (["Nom affiché", "Prénom"], [KeptField.NAME, KeptField.FIRST]),
        (["Lead", "First name"], [DropReason.NO_PLACE, KeptField.FIRST]),
    ],
)
def test_a_whole_name_stays_beside_its_parts_and_an_empty_heading_is_none(row, columns):
    assert columns_of(row) == columns


def test_a_heading_loses_no_letter():
    assert heading("\ufeffXing_profile X") == "xing profile x"


def test_the_lines_of_an_old_mac_are_lines():
    assert [row[0] for row in rows_of("Name,Company\rDana,Nordik\rTom,Hydro")] == ["Name", "Dana", "Tom"]


def test_the_separator_is_the_one_that_makes_headings():
    grid = rows_of("Name (first, last);Company\nR., Dana;Nordik\nL., Tom;Hydro, Québec")
    assert grid[1] == ["R., Dana", "Nordik"]


def test_as_many_rows_as_are_looked_at_are_all_read():
    rows = ["Name;Company", *(f"Person {number}x;Org" for number in range(MOST_ROWS - 1))]
    assert len(rows_of("\n".join(rows))) == MOST_ROWS


def test_a_name_that_just_fits_is_not_shortened():
    fits = "D" * NAME
    brought = people_in(rows_of(f"Name;Company\n{fits};Nordik\n{fits}x;Hydro"), MONDAY, day_first=True)
    assert brought is not None
    assert [person.name for person in brought.people] == [fits, fits[:-1] + "…"]
    assert brought.shortened == 1


def test_a_day_that_could_be_two_is_asked_about_where_the_month_comes_first_too():
    brought = people_in(rows_of("Name;Added\nDana;03/04/2024"), MONDAY, day_first=False)
    assert brought is not None
    assert brought.doubtful_day == ("03/04/2024", date(2024, 3, 4))


def test_a_text_is_cards_only_from_its_beginning():
    assert is_cards("\ufeff\r\n begin:vcard\nFN:Dana\nend:vcard")
    assert not is_cards("Name\nBEGIN:VCARD")


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (("FN:Dana; R.",), ["Dana; R.", "", "", ""]),
        (("FN:Dana", "TITLE:Engineer", "ROLE:Team lead"), ["Dana", "", "Engineer", ""]),
        (("FN:Dana", "NOTE:1 + 1 =", "TITLE:Engineer"), ["Dana", "", "Engineer", "1 + 1 ="]),
        (("FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED",), ["Иван", "", "", ""]),
    ],
)
def test_each_line_of_a_card_is_read_as_it_stands(lines, row):
    assert card_of(*lines) == row


def test_an_apostrophe_inside_a_word_tells_how_a_file_writes_its_letters():
    data = "Name\nPont de l’eau\n".encode("cp1252")
    assert words_in(data) == data.decode("cp1252")


def test_many_plain_words_do_not_make_strange_letters_sure():
    plain = "".join(f"Person number {number}\n" for number in range(40))
    with pytest.raises(StrangeLetters):
        words_in(f"Name\n{plain}Иван Петров\n".encode("cp1251"))


def test_who_answered_is_written_to_on_a_day_that_is_no_holiday():
    clock = brought_clock(ToldStage(Stage.REPLIED), MONDAY, MONDAY, lambda day: day == date(2026, 3, 11))
    assert (clock.reason, clock.due) == (DueReason.PROPOSE_TIME, date(2026, 3, 12))
