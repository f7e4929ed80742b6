"""Names given in a meeting are read as people write them; what has two readings is marked, and nothing is lost."""

import re

import pytest
from hypothesis import given, strategies as st

from bot.domain.name_words import is_title
from bot.domain.new_names import NewName, checked, read_new_names, write_new_names
from tests.domain.made import names

SURE = {
    "Sam\tNordik\nKim\tBell": "Sam=Nordik Kim=Bell",
    "Priya at Nordik": "Priya=Nordik",
    "Priya from Bell": "Priya=Bell",
    "Priya (Bell)": "Priya=Bell",
    "Priya [Bell]": "Priya=Bell",
    "Priya @ Bell": "Priya=Bell",
    "Priya @Bell": "Priya=Bell",
    "Priya - Bell": "Priya=Bell",
    "Priya – Bell": "Priya=Bell",
    "Priya, from Bell": "Priya=Bell",
    "Priya who works at Bell": "Priya=Bell",
    "Priya chez Bell": "Priya=Bell",
    "Priya, qui travaille chez Bell": "Priya=Bell",
    "Jean de chez Nordik": "Jean=Nordik",
    "Marc à Hydro-Québec": "Marc=Hydro-Québec",
    "Léa (Ville de Laval)": "Léa=Ville de Laval",
    "María de la Cruz at Nordik": "María de la Cruz=Nordik",
    "María de la Cruz": "María de la Cruz=Delta",
    "Ludwig van Beethoven at Bell": "Ludwig van Beethoven=Bell",
    "Ahmed bin Said at Bell": "Ahmed bin Said=Bell",
    "Ana dos Santos chez Bell": "Ana dos Santos=Bell",
    "priya at nordik": "priya=nordik",
    "Dana R.": "Dana R.=Delta",
    "Jean-Luc O'Brien": "Jean-Luc O'Brien=Delta",
    "王伟 @ 华为": "王伟=华为",
    "علی کریمی (بل)": "علی کریمی=بل",
    "Noor": "Noor=Delta",
    "Priya at the city of Laval": "Priya=the city of Laval",
    "Priya at Bell near town": "Priya=Bell near town",
    "Priya de Nordik at Bell": "Priya de Nordik=Bell",
    "Priya de Nordik (Bell)": "Priya de Nordik=Bell",
    "Tom (Hydro, Montréal)": "Tom=Hydro, Montréal",
    "Dr. Ana Silva at UQAM": "Dr. Ana Silva=UQAM",
    "Tom and Ana at Bell": "Tom=Bell Ana=Bell",
    "Tom & Ana (Bell)": "Tom=Bell Ana=Bell",
    "Léa et Tom chez Bell": "Léa=Bell Tom=Bell",
    "Priya, Tom and Lee at Bell": "Priya=Bell Tom=Bell Lee=Bell",
    "Priya, Tom, and Lee": "Priya=Delta Tom=Delta Lee=Delta",
    "Tom and Ana": "Tom=Delta Ana=Delta",
    "Tom at Nordik, Ana at Bell": "Tom=Nordik Ana=Bell",
    "Tom at Nordik and Ana at Bell": "Tom=Nordik Ana=Bell",
    "Tom at Nordik; Ana; Lee (Bell)": "Tom=Nordik Ana=Delta Lee=Bell",
    "1. Priya at Nordik\n2) Tom - Bell\n• Ana – Hydro": "Priya=Nordik Tom=Bell Ana=Hydro",
    "Priya at Nordik; ; PRIYA at NORDIK;": "Priya=Nordik",
    "Ana Silva, PhD at Bell": "Ana Silva PhD=Bell",
    "John Smith, Jr. at Bell; Lee": "John Smith Jr.=Bell Lee=Delta",
    "Ana,at Bell": "Ana=Bell",
    "علی؛ مریم": "علی=Delta مریم=Delta",
    "Marie Roy, Hôpital Sainte-Justine": "Marie Roy=Hôpital Sainte-Justine",
    "Marie Roy Hôpital Sainte-Justine": "Marie Roy=Hôpital Sainte-Justine",
    "marie roy, hopital sainte-justine": "marie roy=hopital sainte-justine",
    "Marie de l'Hôpital Sainte-Justine": "Marie=Hôpital Sainte-Justine",
    "Marie du CHU Sainte-Justine; Tom, CLSC Métro": "Marie=CHU Sainte-Justine Tom=CLSC Métro",
    "Marie, Hôtel-Dieu et Paul Côté, CHUM": "Marie=Hôtel-Dieu Paul Côté=CHUM",
    "Tom, Saint-Luc": "Tom=Saint-Luc",
    "Tom and Ana, Saint-Luc": "Tom=Saint-Luc Ana=Saint-Luc",
    "Tom, St. Mary's Hospital": "Tom=St. Mary's Hospital",
    "University of Ottawa, Tom Reed": "Tom Reed=University of Ottawa",
    "Priya, Université Laval": "Priya=Université Laval",
    "Luc Saint-Pierre": "Luc Saint-Pierre=Delta",
    "Denis Hôtel and Rose Centre": "Denis Hôtel=Delta Rose Centre=Delta",
    "Paul Lhôpital": "Paul Lhôpital=Delta",
}
DOUBTFUL = {
    "Mr and Mrs Chen at the bakery": "Mr=the bakery? Mrs Chen=the bakery",
    "Mme": "Mme=Delta?",
    "Ana at Ernst & Young": "Ana=Ernst & Young? Young=Delta??",
    "Priya, Tom, Lee": "Priya=Delta? Tom=Delta? Lee=Delta?",
    "Tom, Hydro": "Tom=Hydro? Hydro=Delta??",
    "Tom, Ana at Bell": "Tom=Bell? Ana=Bell",
    "Ana at Marks and Spencer": "Ana=Marks and Spencer? Spencer=Delta??",
    "Tom at Nordik, Toronto": "Tom=Nordik, Toronto? Toronto=Delta??",
    "Priya at Nordik and Tom": "Priya=Nordik and Tom? Tom=Delta??",
    "Ana at Bell, Tom and Lee at Nordik": "Ana=Bell? Tom=Nordik?? Lee=Nordik",
    "Priya de Nordik": "Priya de Nordik=Delta?",
    "Simone de Beauvoir": "Simone de Beauvoir=Delta?",
    "Nordik: Priya": "Nordik=Priya?",
    "Priya from sales at Nordik": "Priya=sales at Nordik?",
    "Priya (she/her)": "Priya (she/her)=Delta?",
    "Priya Sharma, data lead at Nordik": "Priya Sharma=Nordik? data lead=Nordik?",
    "Tom from Bell told me about Ana": "Tom=Bell told me about Ana?",
    "Priya Sharma - Director - Nordik": "Priya Sharma=Director - Nordik?",
    "ask the team lead": "ask the team lead=Delta?",
    "at Nordik": "at Nordik=Delta?",
    "Room 12": "Room 12=Delta?",
    "Ana at Bell near old places": "Ana=Bell near old places?",
    "Ana y Tom at Bell": "Ana y Tom=Bell?",
    "محمد و أحمد": "محمد و أحمد=Delta?",
    "李明、王芳": "李明=王芳? 王芳=Delta??",
    "Ana&Tom": "Ana&Tom=Delta?",
    "Ana—Bell": "Ana—Bell=Delta?",
    "Ana and I": "Ana=Delta I=Delta?",
    "the manager at Bell": "the manager=Bell?",
    "Ana; nobody": "Ana=Delta nobody=Delta?",
    "Hôpital Sainte-Justine": "Hôpital Sainte-Justine=Delta?",
    "Hôtel-Dieu": "Hôtel-Dieu=Delta?",
    "Ana; Clinique Jean-Talon": "Ana=Delta Clinique Jean-Talon=Delta?",
    "Marie Roy et CHU Sainte-Justine": "Marie Roy=Delta CHU Sainte-Justine=Delta?",
    "Marie, Nordik, Hôpital Saint-Luc": "Marie=Hôpital Saint-Luc? Nordik=Hôpital Saint-Luc?",
}


def shown(text: str) -> str:
    read = read_new_names(text, "Delta")
    return " ".join(f"{n.name}={n.organisation}{'' if n.sure else '??' if n.aside else '?'}" for n in read)


def test_a_clear_shape_is_read():
    assert {text: shown(text) for text in SURE} == SURE


def test_what_has_two_readings_is_marked():
    assert {text: shown(text) for text in DOUBTFUL} == DOUBTFUL


@pytest.mark.parametrize(
    ("name", "place", "sure"),
    [("A" * 80, "B" * 80, True), ("A" * 81, "B" * 80, False), ("A" * 80, "B" * 81, False)],
)
def test_what_is_longer_than_a_name_or_a_place_is_asked_about(name: str, place: str, *, sure: bool) -> None:
    assert read_new_names(f"{name} at {place}", "Delta") == [NewName(name, place, sure=sure)]


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "Ana B. C. D. E.": "Ana B. C. D. E.=Delta",
        "Ana B. C. D. E. F.": "Ana B. C. D. E. F.=Delta?",
        "Ana Al. Karim": "Ana Al. Karim=Delta",
        "Omar al' Karim": "Omar al' Karim=Delta",
        "Omar al. Karim at Bell": "Omar al. Karim=Bell",
        "Ana (lead) Karim at Bell": "Ana (lead) Karim=Bell?",
        "Ana@": "Ana=Delta?",
        "Ana and Tom@": "Ana=Delta? Tom=Delta?",
    }.items(),
)
def test_a_name_is_sure_within_its_limits(text: str, meant: str) -> None:
    assert shown(text) == meant


@pytest.mark.parametrize("text", ["no", "None.", "nobody", "n/a", "-", "Aucun", "pas encore", "Personne"])
def test_an_answer_that_nobody_was_named_is_no_name(text):
    assert read_new_names(text, "Delta") == []


def test_more_than_ten_names_are_all_there():
    assert len(read_new_names("; ".join(f"P{chr(65 + n)} at Bell" for n in range(25)), "Delta")) == 25


@given(st.text(max_size=400), names)
def test_nothing_that_was_typed_is_lost(text, place):
    read = read_new_names(text, place)
    letters_kept = "".join(new_name.name + new_name.organisation for new_name in read).casefold()
    letters = [word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if word not in LINKS]
    assert all(word in letters_kept for word in letters)
    keys = {(new_name.name.casefold(), new_name.organisation.casefold()) for new_name in read}
    assert len(keys) == len(read)


LINKS = {"and", "from", "chez", "with", "who", "qui", "works", "work", "working", "travaille", "for", "pour"}
people = st.builds(
    NewName,
    st.text(st.characters(categories=("L",)), min_size=1, max_size=9),
    st.text(st.characters(categories=("L",)), min_size=1, max_size=9),
    st.booleans(),
)


@given(
    st.lists(
        people, max_size=6, unique_by=lambda new_name: (new_name.name.casefold(), new_name.organisation.casefold())
    )
)
def test_what_was_written_is_read_back(new_names):
    assert read_new_names(write_new_names(new_names), "Delta") == new_names


def test_what_was_read_is_written_and_read_back():
    for text in (*SURE, *DOUBTFUL):
        names_read = read_new_names(text, "Delta")
        assert read_new_names(write_new_names(names_read), "Zeta") == names_read


def test_what_turns_out_to_be_a_part_of_the_place_is_no_name_any_more():
    read = read_new_names("Tom, Hydro", "Delta")
    assert checked(read, 0, NewName("Tom", "Hydro")) == [NewName("Tom", "Hydro")]
    assert [new_name.name for new_name in checked(read, 0, NewName("Tom", "Delta"))] == ["Tom", "Hydro"]
    read = read_new_names("Ana at Marks and Spencer; Lee", "Delta")
    assert [new_name.name for new_name in checked(read, 0, NewName("Ana", "Marks and Spencer"))] == ["Ana", "Lee"]


@pytest.mark.parametrize(
    "words",
    [
        "Mr",
        "mr.",
        "MRS",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "dr.",
        "Mme",
        "mme.",
        "M.",
        "m.",
        "Me",
        "Me.",
        "Prof",
        "PROF.",
        "Mlle",
        "Miss",
        "Monsieur",
        "Mr and Mrs",
        "M. et Mme",
        "Prof. Dr.",
        "Maître",
        "Professeure",
        " Mr. ",
    ],
)
def test_a_title_alone_is_nobodys_name(words: str):
    assert is_title(words)
    assert not is_title(f"{words} Strange")


@pytest.mark.parametrize(
    "words", ["Dr Strange", "M", "M. D.", "Mel", "Drew", "J. M.", "Mo", "Dr. No", "D.R.", "", "and"]
)
def test_what_has_a_title_or_looks_like_one_is_none(words: str):
    assert not is_title(words)
