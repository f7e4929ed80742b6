"""A draft is made of the member's own answers, and passes the bot's own reading."""

from itertools import cycle, product

import pytest
from hypothesis import given, strategies as st

from bot.domain.ask import Wording
from bot.domain.outreach.draft import MOST_WORDS, Answers, build, word_count
from bot.domain.outreach.phrases import PHRASES
from bot.domain.outreach.review import Fault, Review, review
from bot.domain.outreach.term import find_term

FULL = {
    "en": Answers(
        "Dana R.",
        "your talk about the river sensor",
        "we both came to Laval from another country",
        "how you tested it in winter",
        20,
        Wording.CALL,
    ),
    "fr": Answers(
        "Dana R.",
        "votre conférence sur le capteur de rivière",
        "une arrivée à Laval, de loin",
        "vos essais en hiver",
        20,
        Wording.COFFEE,
    ),
}
LANGUAGES = list(PHRASES)
words = st.text(st.characters(codec="utf-8", categories=["L", "P", "Zs"]), max_size=200)
answers = st.builds(
    Answers,
    name=st.none() | st.text(min_size=1, max_size=80),
    eye=st.none() | words,
    share=st.none() | words,
    want=st.none() | words,
    minutes=st.none() | st.integers(5, 60),
    how=st.none() | st.sampled_from(Wording),
)


def faults_of(text: str) -> list[Fault]:
    read = review(text)
    assert isinstance(read, Review)
    return [fix.fault for fix in read.faults]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["message", "note"])
def test_a_full_draft_has_nothing_to_change_but_the_members_name(language, size):
    draft = getattr(build(FULL[language], language), size)
    assert "[" not in draft.replace("[your name]", "").replace("[votre nom]", "")
    assert faults_of(draft.rsplit("[", 1)[0]) == []


ANSWERED = {
    "en": (
        """
your talk about the river sensor
You repaired the bridge in one night.
She built the river sensors
Riverside sensors
I loved the soup
the way you teach
How you explained taxes to us
bees
my son learned to read with you
""",
        """
we both came to Laval
Laval
Same school
football
I am also a nurse
our friend Ana
My cousin works with you
""",
        """
how you test in winter
winter tests
Your first year
how I can become a nurse here
what a normal day looks like?
prices
Is the exam hard?
""",
    ),
    "fr": (
        """
votre conférence sur le capteur
Vous avez réparé le pont en une nuit.
Elle a construit les capteurs
Capteurs de rivière
J'ai adoré la soupe
votre façon d'enseigner
Comment vous expliquez les impôts
les abeilles
mon fils a appris à lire avec vous
""",
        """
nous venons de loin
Laval
La même école
le football
Je suis infirmière aussi
notre amie Ana
Ma cousine travaille avec vous
""",
        """
comment vous testez en hiver
les essais d'hiver
Votre première année
comment je peux devenir infirmière ici
à quoi ressemble une journée ?
les prix
L'examen est-il difficile ?
""",
    ),
}


def lines(column):
    return column.strip().splitlines()


TABLE = [
    (language, eye, share, want)
    for language, (eyes, shares, wants) in ANSWERED.items()
    for (eye, want), share in zip(product(lines(eyes), lines(wants)), cycle(lines(shares)))
]


@pytest.mark.parametrize("how", sorted(set(Wording) - {Wording.OTHER, Wording.TERM}))
def test_whatever_is_answered_the_bot_has_nothing_to_mend_in_its_own_draft(how):
    for language, eye, share, want in TABLE:
        draft = build(Answers("Dana R.", eye, share, want, 20, how), language)
        for text in (draft.message, draft.note):
            assert faults_of(text.rsplit("[", 1)[0]) == [], text


def test_an_answer_goes_on_small_after_the_colon_and_a_name_stays_big():
    draft = build(Answers("Dana", "Your talk", "I sing too", "Laval in winter"), "en")
    assert "write to you: your talk." in draft.message
    assert "in common: I sing too." in draft.message
    assert "one thing: Laval in winter." in draft.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_given_stands_in_brackets(language):
    draft = build(Answers(), language)
    for text in (draft.message, draft.note):
        assert text.count("[") == text.count("]") == 7
        assert "…" not in text
    assert len(draft.note) <= 300
    assert faults_of(draft.message) == [Fault.UNFILLED, Fault.DURATION]
    assert not draft.shortened


@given(answers, st.sampled_from(LANGUAGES))
def test_whatever_is_answered_the_draft_keeps_its_lengths(answers, language):
    draft = build(answers, language)
    assert word_count(draft.message) <= 75
    assert len(draft.note) <= 300


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("long", ["a word and " * 18, "x" * 200, "so " * 66])
def test_long_answers_are_cut_until_both_lengths_hold(language, long):
    draft = build(Answers("Dana " * 16, long, long, long, 20, Wording.CALL), language)
    assert 60 < word_count(draft.message) <= 75 or "xx" in long
    assert 250 < len(draft.note) <= 300 or ("xx" in long and len(draft.note) <= 300)
    assert draft.shortened or "xx" in long


def test_answers_stand_whole_where_there_is_room():
    draft = build(FULL["en"], "en")
    for answer in ("your talk about the river sensor", "we both came to Laval", "how you tested it in winter"):
        assert answer in draft.message
        assert answer in draft.note
    assert draft.message.startswith("Hello Dana,\n")
    assert "20 minutes for a short call?" in draft.message


def test_a_long_answer_is_shortened_visibly_and_the_others_stay():
    draft = build(Answers("Dana", "so " * 60 + "good", "two schools", "how you began"), "en")
    assert draft.shortened
    assert "so so…" in draft.message
    assert "two schools" in draft.message
    assert "how you began" in draft.message


def test_a_language_without_phrases_gives_english():
    assert build(Answers("Dana"), "xx") == build(Answers("Dana"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", list(Wording))
def test_a_draft_never_says_the_term_by_itself(language, how):
    draft = build(Answers(how=how), language)
    assert find_term(draft.message) is None
    assert find_term(draft.note) is None


@pytest.mark.parametrize("many", [100, 101])
def test_an_answer_is_shortened_by_no_word_more_than_it_must(many):
    draft = build(Answers(eye="aa " * many), "en")
    assert word_count(draft.message) == MOST_WORDS
