"""The signs of each language are data: every entry shows itself, and a broken one is refused by its place."""

import re
import time
from collections import Counter
from importlib.resources import files

import pytest

from bot.domain.outreach.language import BadLanguage, EntryKind, Group, Sign, read_language
from bot.domain.outreach.review import review
from bot.domain.outreach.sentences import Sentence
from bot.domain.outreach.signs import Signs, languages

PLACED = [
    (f"{file}, {kind}, {sign.pattern!r}", sign)
    for file, language in languages().items()
    for kind, signs in language.signs.items()
    for sign in signs
]
"""Every sign, with the words in which a translator finds it again."""
ENTRIES = [sign for _, sign in PLACED]


def says(sign, sentence):
    return Signs([sign]).found_in(Sentence(sentence).plain)


def test_the_sentence_of_a_sign_shows_it_and_its_opposite_does_not():
    silent = [f"{place} is not in its shows: {sign.shows}" for place, sign in PLACED if not says(sign, sign.shows)]
    taken = [f"{place} is in its not: {sign.unlike}" for place, sign in PLACED if says(sign, sign.unlike)]
    assert silent + taken == []


def test_a_sign_stands_once_in_its_kind():
    assert [place for place, times in Counter(place for place, _ in PLACED).items() if times > 1] == []


def test_a_sign_finds_the_same_whether_all_texts_are_tried_or_only_those_with_its_words():
    for sign in ENTRIES:
        always = Sign(sign.pattern, sign.regex, None, sign.shows, sign.unlike)
        for sentence in (sign.shows, sign.unlike, *(other.shows for other in ENTRIES[::97])):
            assert says(sign, sentence) == says(always, sentence), sign.pattern


def test_every_file_of_the_folder_is_read_so_a_new_language_needs_no_code():
    folder = files("bot.domain.outreach") / "languages"
    assert list(languages()) == sorted(file.name for file in folder.iterdir()) == ["en.toml", "fr.toml"]


def file_of(**changed):
    """A made-up language with one word for everything, and some parts of it changed."""
    words = dict.fromkeys(Group, '"uno, dos"') | {Group.JOINED: '"quiero=yo quiero"'}
    signs = dict.fromkeys(EntryKind, '[{sign = "gracias", shows = "Muchas gracias.", not = "Hola."}]')
    parts = {"words": words, "lists": {"quizas": '"tal vez | quizás"'}, "signs": signs}
    for part, entries in changed.items():
        parts[part] = {**parts[part], **entries}
    return "\n".join(
        line for part, table in parts.items() for line in (f"[{part}]", *(f"{k} = {v}" for k, v in table.items() if v))
    )


def test_another_language_is_read_from_its_file_alone():
    easy = '[{sign = "{quizas} … no", shows = "Quizás prefiera decir que no.", not = "Tal vez venga."}]'
    read = read_language("es.toml", file_of(signs={EntryKind.EASY_NO: easy}))
    assert Signs(read.signs[EntryKind.EASY_NO]).found_in("tal vez es mejor que no")
    assert not Signs(read.signs[EntryKind.EASY_NO]).found_in("es mejor que no")
    assert read.words[Group.SMALL] == ("uno", "dos")


def entry(sign='"gracias"', shows='"Muchas gracias."', other='"Hola."', more=""):
    return {EntryKind.JOB: f"[{{sign = {sign}, shows = {shows}, not = {other}{more}}}]"}


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"signs": {EntryKind.JOB: "[]"}}, "es.toml, job: it has no sign"),
        ({"signs": {EntryKind.JOB: '"gracias"'}}, "es.toml, job: it has no sign"),
        ({"signs": {EntryKind.JOB: ""}}, "es.toml, [signs]: job is missing"),
        ({"signs": {"jobs": '"x"'}}, "es.toml, [signs]: nobody asks for jobs"),
        ({"signs": {EntryKind.JOB: '["gracias"]'}}, "es.toml, job, sign 1: it needs sign, shows and not"),
        (
            {"signs": {EntryKind.JOB: '[{sign = "gracias", shows = "Gracias."}]'}},
            "job, sign 1: it needs sign, shows and not",
        ),
        ({"signs": entry(more=', note = "x"')}, "es.toml, job, sign 1: it needs sign, shows and not"),
        ({"signs": entry(sign='""')}, "es.toml, job, sign 1, sign: it is empty"),
        ({"signs": entry(shows='" "')}, "es.toml, job, sign 1, shows: it is empty"),
        ({"signs": entry(other="3")}, "es.toml, job, sign 1, not: it is empty"),
        ({"signs": entry(sign='"(gracias"')}, 'job, sign 1 ("(gracias"): a ( is not closed'),
        ({"signs": entry(sign='"[gracias)"')}, "a [ is not closed"),
        ({"signs": entry(sign='"gracias)"')}, "a ) closes nothing"),
        ({"signs": entry(sign='"gracias | "')}, "there is nothing between two signs"),
        ({"signs": entry(sign='"gracias !"')}, "nothing stands after a !"),
        ({"signs": entry(sign='"[gracias]"')}, "it asks for no word"),
        ({"signs": entry(sign='"… ^"')}, "it asks for no word"),
        ({"signs": entry(sign='"{nada} si"')}, "there is no list {nada} above it"),
        ({"signs": entry(sign='"{nada"')}, "it cannot be read from here: {nada"),
        ({"signs": entry(sign='"+++"')}, "+++ is no word"),
        ({"signs": entry(more=', never_after = "a* | b"')}, "what it must not stand after is no list of words"),
        ({"signs": entry(more=', never_after = "a || b"')}, "what it must not stand after is no list of words"),
        ({"signs": entry(more=', never_after = ""')}, "es.toml, job, sign 1, never_after: it is empty"),
        ({"lists": {"quizas": '"{uno}"'}}, "es.toml, list quizas: there is no list {uno} above it"),
        ({"lists": {"quizas": '""'}}, "es.toml, list quizas: it is empty"),
        ({"words": {Group.ME: '""'}}, "es.toml, words me: it is empty"),
        ({"words": {Group.ME: ""}}, "es.toml, [words]: me is missing"),
    ],
)
def test_a_broken_entry_is_refused_by_its_place(changed, place):
    with pytest.raises(BadLanguage, match=re.escape(place)):
        read_language("es.toml", file_of(**changed))


@pytest.mark.parametrize("text", ["", "[words]\n[lists]", "words = 3"])
def test_a_file_without_its_tables_is_refused(text):
    with pytest.raises(BadLanguage, match=re.escape("es.toml: the table [")):
        read_language("es.toml", text)


def test_a_file_that_is_no_toml_is_refused_by_name():
    with pytest.raises(BadLanguage, match=r"^es\.toml: "):
        read_language("es.toml", "= 3")


WISHED = [
    ("[just] say no", "just say no", "just no"),
    ("say _ no", "say a no", "say no"),
    ("say … no", "say one two three four no", "say one two three four five no"),
    ("say …… no", "say 1 2 3 4 5 6 7 8 9 10 no", "say 1 2 3 4 5 6 7 8 9 10 11 no"),
    ("answer* me", "answering me", "the answer"),
    ("*ed it", "mended it", "mend it"),
    ("# minutes", "20 minutes", "2000 minutes"),
    ("say !(yes | maybe) _", "say no", "say yes"),
    ("say [a] !kind _", "say a word", "say a kind word"),
    ("^ no", "no way", "oh no"),
    ("no $", "oh no", "no way"),
    ("n'hésitez pas", "n hesitez pas", "hesitez pas"),
]


@pytest.mark.parametrize(("pattern", "text", "missed"), WISHED)
def test_a_pattern_means_what_its_page_says(pattern, text, missed):
    entry_text = entry(sign=f'"{pattern}"')
    sign = Signs(read_language("es.toml", file_of(signs=entry_text)).signs[EntryKind.JOB])
    assert sign.found_in(text)
    assert not sign.found_in(missed)


def test_a_sign_is_no_sign_after_certain_words():
    entry_text = entry(sign='"you open*"', more=', never_after = "how | {quizas}"')
    sign = Signs(read_language("es.toml", file_of(signs=entry_text)).signs[EntryKind.JOB])
    assert sign.found_in("show you opened it")
    assert not sign.found_in("how you opened it")
    assert not sign.found_in("quizas you opened it")


LONG = (
    "Hello Dana, I would like to ask you how you tested the river sensor in winter, because if you have no time, "
    "that is fine. Je voudrais savoir comment vous avez fait, et si vous ne pouvez pas, ce n'est rien. "
)


@pytest.mark.parametrize("text", [LONG, "you your how ", "if you no ", "si vous ne ", "question about how ", "no not "])
def test_a_long_text_is_read_at_once(text):
    review(LONG)
    times = []
    for _ in range(5):
        start = time.process_time()
        review((text * 1500)[:1500])
        times.append(time.process_time() - start)
    assert min(times) < 0.2, "it takes a hundredth of a second of the processor, and grows as the text does"
