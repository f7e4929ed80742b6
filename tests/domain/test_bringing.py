"""A list is read whichever program wrote it: headings in two languages, separators, encodings, days and stages."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from bot.domain.bringing.days_in import DayOrder, day_in, order_in
from bot.domain.bringing.grid import rows_of
from bot.domain.bringing.headings import DropReason, KeptField, column_of
from bot.domain.bringing.letters_in import StrangeLetters, words_in
from bot.domain.bringing.people import Brought, people_in
from bot.domain.bringing.stages import standing_of
from bot.domain.bringing.vcards import rows_of_cards
from bot.domain.lead import Stage
from bot.features.people import STAGES
from bot.ui.voice import say

TODAY = date(2026, 3, 9)
LINKEDIN = (
    "Notes:\r\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing, see https://x.y"\r\n'
    "\r\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
    'Zoé,Côté,https://www.linkedin.com/in/z,z@x.com,"Hydro, Québec","Engineer, ""rivers""",03 Mar 2024\r\n'
    ",,,,,,02 Jan 2020\r\n"
    "Bo,Li,https://www.linkedin.com/in/b,,,,13 Apr 2023\r\n"
)


def brought(text: str, *, day_first: bool = False, typed: bool = False) -> Brought:
    list_read = people_in(rows_of(text), TODAY, day_first=day_first, typed=typed)
    assert list_read is not None
    return list_read


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
def test_linkedins_own_export_is_read_in_every_encoding(encoding: str):
    words = words_in(LINKEDIN.encode(encoding))
    assert words is not None
    list_read = brought(words)
    zoe, bo = list_read.people
    assert (zoe.name, zoe.organisation, zoe.why, zoe.added) == (
        "Zoé Côté",
        "Hydro, Québec",
        'Engineer, "rivers"',
        date(2024, 3, 3),
    )
    assert (bo.name, bo.organisation, bo.why) == ("Bo Li", "", "")
    assert list_read.lacking == [6]
    assert list_read.unkept == [("URL", DropReason.NO_PLACE), ("Email Address", DropReason.CONTACT)]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "name",
    [
        "Zoé Côté",
        "François Noël",
        "ÉLODIE BÉLANGER",
        "João Conceição",
        "Jürgen Müßig",
        "Peña Muñoz",
        "Éva",
        "¿Qué?",
        "Šime Žižek",
        "Renée L’Écuyer",
        "été, créé, aîné",
        "cœur • bœuf",
    ],
)
def test_one_short_name_tells_how_an_old_file_writes_its_letters(name: str, encoding: str):
    data = f"Name\n{name}\n".encode(encoding, errors="replace")
    assert words_in(data) == data.decode(encoding)


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("Иван Петров\nАнна Котова", "cp1251"),
        ("محمد علي", "cp1256"),
        ("Şükrü Işık\nGül Ağa", "cp1254"),
        ("Łukasz Dąbrowski\nŻaneta Wójcik", "cp1250"),
        ("李小龙\n王伟", "gb18030"),
        ("山田太郎", "shift_jis"),
    ],
)
def test_letters_that_cannot_be_told_are_not_guessed(names: str, encoding: str):
    with pytest.raises(StrangeLetters):
        words_in(f"Name\n{names}\n".encode(encoding))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_and_a_quoted_cell_may_hold_anything(separator: str):
    rows = [["Name", "Company", "Notes"], ["Dana", "Nordik", f'"two\nlines{separator} and ""more"""']]
    (dana,) = brought("\n".join(separator.join(row) for row in rows)).people
    assert dana.notes == f'two\nlines{separator} and "more"'


def test_excel_may_say_what_the_separator_is():
    assert [person.name for person in brought("sep=;\r\nName;Company\r\nDana, R.;Nordik\r\n").people] == ["Dana, R."]


def test_a_quote_that_is_never_closed_swallows_nobody():
    list_read = brought('Name,Company,Notes\nDana,Nordik,"oops\nTom,Hydro,x\n')
    assert [(person.name, person.notes) for person in list_read.people] == [("Dana", "oops"), ("Tom", "x")]


def test_what_failed_or_is_empty_in_a_spreadsheet_is_nothing():
    list_read = brought('Name,Company,Notes\nDana,#N/A,-\n#VALUE!,Hydro,x\n="Tom",n/a,null\nNone Nan,None,x\n')
    assert [(person.name, person.organisation, person.notes) for person in list_read.people] == [
        ("Dana", "", ""),
        ("Tom", "", ""),
        ("None Nan", "", "x"),
    ]
    assert list_read.lacking == [3]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Full Name", KeptField.NAME),
        ("NOM COMPLET", KeptField.NAME),
        ("Prénom", KeptField.FIRST),
        ("Société", KeptField.ORGANISATION),
        ("Where they work", KeptField.ORGANISATION),
        ("Poste", KeptField.POSITION),
        ("Étape", KeptField.STAGE),
        ("Dernier contact", KeptField.CONTACTED),
        ("Connected On", KeptField.ADDED),
        ("Lead Status", KeptField.STAGE),
        ("Stage (new/asked/met)", KeptField.STAGE),
        ("Statut du contact", KeptField.STAGE),
        ("Date du premier contact", KeptField.CONTACTED),
        ("Remarques", KeptField.NOTES),
        ("E-mail 1 - Value", DropReason.CONTACT),
        ("Téléphone mobile", DropReason.CONTACT),
        ("Courriel", DropReason.CONTACT),
        ("WhatsApp", DropReason.CONTACT),
        ("Contact phone", DropReason.CONTACT),
        ("Adresse de messagerie", DropReason.CONTACT),
        ("Date de naissance", DropReason.PRIVATE),
        ("Immigration status", DropReason.PRIVATE),
        ("Home Address", DropReason.PRIVATE),
        ("URL", DropReason.NO_PLACE),
    ],
)
def test_a_heading_tells_what_a_column_holds(heading: str, column: KeptField | DropReason):
    assert column_of(heading) is column


def test_nom_is_the_family_name_only_beside_a_given_name():
    assert brought("Nom;Prénom;Société\nTremblay;Zoé;Hydro").people[0].name == "Zoé Tremblay"
    assert brought("Nom;Société\nZoé Tremblay;Hydro").people[0].name == "Zoé Tremblay"


def test_of_two_columns_for_the_same_the_clearer_is_kept():
    (dana,) = brought("Title,First Name,Last Name,Company,Job Title\nMs,Dana,R.,Nordik,Engineer").people
    assert dana.why == "Engineer"
    assert brought("Name,Title\nDana,Engineer").people[0].why == "Engineer"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("stage", list(Stage))
def test_the_stages_as_we_name_them_ourselves_come_back(stage: Stage, language: str):
    standing = standing_of(say(STAGES[stage], language))
    assert standing is not None
    assert standing.stage is stage


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Not contacted", Stage.NEW),
        ("À contacter", Stage.NEW),
        ("Contactée", Stage.ASKED),
        ("no response yet", Stage.ASKED),
        ("Sans réponse", Stage.ASKED),
        ("a répondu", Stage.REPLIED),
        ("Meeting scheduled", Stage.MEETING),
        ("RDV pris", Stage.MEETING),
        ("Had a coffee", Stage.MET),
        ("Coffee chat done", Stage.MET),
        ("RDV fait", Stage.MET),
        ("2. First call completed", Stage.MET),
        ("Entretien prévu le 3", Stage.MEETING),
        ("Coffee chat scheduled", Stage.MEETING),
        ("À relancer", Stage.ASKED),
        ("Closed - Converted", Stage.CLOSED),
        ("Rencontrée", Stage.MET),
        ("Declined", Stage.CLOSED),
        ("Terminé", Stage.CLOSED),
        ("", Stage.NEW),
        ("purple", None),
    ],
)
def test_stages_of_other_lists_are_understood(word: str, stage: Stage | None):
    standing = standing_of(word)
    assert (standing and standing.stage) is stage


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-03",
        "2024/3/3",
        "2024-03-03T10:00:00Z",
        "03 Mar 2024",
        "3 mars 2024",
        "March 3, 2024",
        "Sun, 3 March 2024",
        "le dimanche 3 mars 2024",
        "03-Mar-24",
        "20240303",
        "45354",
        "45354.75",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str):
    assert day_in(written, DayOrder(day_first=True, sure=True)) == date(2024, 3, 3)


def test_a_day_above_twelve_tells_the_order_of_the_whole_column():
    assert order_in(["03/04/2024", "25/04/2024"], TODAY, day_first=False) == DayOrder(day_first=True, sure=True)
    assert order_in(["03/04/2024", "04/25/2024"], TODAY, day_first=True) == DayOrder(day_first=False, sure=True)
    assert order_in(["03.04.2024"], TODAY, day_first=False) == DayOrder(day_first=True, sure=True)


def test_what_is_past_is_no_day_to_come_and_one_column_tells_the_order_of_the_other():
    assert order_in(["12/03/2026", "03/02/2026"], date(2026, 3, 12), day_first=False) == DayOrder(
        day_first=True, sure=True
    )
    assert order_in(["03/12/2026"], date(2026, 3, 12), day_first=True) == DayOrder(day_first=False, sure=True)
    list_read = brought("Name;Added;Last contact\nDana;03/02/2026;25/02/2026")
    assert (list_read.people[0].added, list_read.doubtful_day) == (date(2026, 2, 3), None)


def test_a_day_that_could_be_two_is_shown_as_it_is_read():
    list_read = brought("Name;Added\nDana;03/04/2024", day_first=True)
    assert list_read.people[0].added == date(2024, 4, 3)
    assert list_read.doubtful_day == ("03/04/2024", date(2024, 4, 3))


def test_a_day_that_is_not_clear_or_still_to_come_is_left_out_and_told():
    list_read = brought("Name;Added\nDana;2027-01-01\nTom;last week\nBo;\nLi;-")
    assert [person.added for person in list_read.people] == [None] * 4
    assert list_read.unusable_days == ["2027-01-01", "last week"]


def test_what_has_no_name_of_a_person_is_told_by_its_row():
    list_read = brought("Name,Company\nDana,Nordik\n,Hydro\nNordik Inc.,Nordik\n\nMr.,Nordik\ndana,nordik\n123,Hydro\n")
    assert [person.name for person in list_read.people] == ["Dana"]
    assert (list_read.lacking, list_read.twice) == ([3, 4, 6, 8], 1)


def test_rows_without_headings_are_taken_only_where_they_were_typed():
    text = "Dana R.; Nordik; built the sensor\nTom; Hydro"
    assert [person.why for person in brought(text, typed=True).people] == ["built the sensor", ""]
    assert people_in(rows_of(text), TODAY, day_first=True) is None


def test_a_column_that_is_not_ours_can_still_say_who_gave_the_name():
    (dana,) = brought("Name;Company;Why;Position;Referred by;Status\nDana;Nordik;rivers;Engineer;Rosa;purple").people
    assert dana.why == "rivers"
    assert dana.notes == "Position: Engineer\nReferred by: Rosa\nStatus: purple"


CARDS = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:C=C3=B4t=C3=A9;Zo=\r\n=C3=A9;;;\r\n"
    "TEL;CELL:+1 514 555 0199\r\nORG:Acme\\; Co;Rivers\r\nEND:VCARD\r\n"
    "begin:vcard\r\nVERSION:3.0\r\nFN:Dana R.\r\nitem1.ORG:Nordik;\r\nTITLE:Engineer\r\n"
    "NOTE:likes\\, rivers\\nand\r\n  more\r\nEMAIL;type=INTERNET:dana@nordik.com\r\nend:vcard\r\n"
)


def test_address_cards_of_old_and_new_phones_are_read_without_their_numbers():
    rows = rows_of_cards(CARDS)
    assert rows[1:] == [["Zoé Côté", "Acme; Co", "", ""], ["Dana R.", "Nordik", "Engineer", "likes, rivers\nand more"]]
    assert rows[0][4:] == ["E-mail", "Telephone"]
    assert "555" not in str(rows)


@pytest.mark.parametrize(
    "line",
    [
        "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=E9 C=F4t=E9",
        "FN;ENCODING=QUOTED-PRINTABLE:Zo=E9 C=F4t=E9",
        "FN;QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=A9 C=C3=B4t=C3=A9",
        "FN;CHARSET=nonsense;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 C=C3=B4t=C3=A9",
        'FN;X="a:b;c":Zoé Côté',
        "N;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:C=F4t=E9;Zo=E9;;Mme",
    ],
)
def test_a_card_is_read_in_the_letters_it_names(line: str):
    assert rows_of_cards(f"\n BEGIN:VCARD\n{line}\nEND:VCARD")[1][0] == "Zoé Côté"


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(data: bytes):
    try:
        words = words_in(data)
    except StrangeLetters:
        return
    if words is not None:
        people_in(rows_of(words), TODAY, day_first=True, typed=True)
        rows_of_cards("BEGIN:VCARD\n" + words)


@given(st.lists(st.tuples(st.text("abcdéñ ,;\"'\n", min_size=1), st.text("xyz,;\t")), min_size=1, max_size=5))
def test_what_a_spreadsheet_writes_is_what_is_read(people: list[tuple[str, str]]):
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("Name", "Company"), *people]]
    grid = rows_of("\n".join(quoted))
    assert [tuple(row) for row in grid[1:]] == people
