"""Lines as people type them on a phone."""

import pytest
from hypothesis import given, strategies as st

from bot.engine.errors import BadValue
from bot.engine.typed import read_named, read_typed
from bot.features import everything
from bot.ui.voice import say

GIVE = "You can give: name, organisation, why, source, knows_term, when, or same."
ADD = everything().need("lead add")
ASK = everything().need("ask sent")
PLAN = everything().need("week plan")
WHOLE = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}


def loose(name: str, line: str) -> dict[str, str]:
    command = everything().need(name)
    assert command is not None
    return read_typed(command, line)


@pytest.mark.parametrize(
    ("name", "line", "values"),
    [
        ("followup snooze", "thumb tomorrow", {"lead": "thumb", "until": "tomorrow"}),
        ("followup snooze", "dana r in 3 days", {"lead": "dana r", "until": "in 3 days"}),
        ("followup snooze", "dana lundi prochain", {"lead": "dana", "until": "lundi prochain"}),
        ("ask sent", "dana r chat", {"lead": "dana r", "wording": "chat"}),
        ("ask sent", "dana chat yesterday", {"lead": "dana", "wording": "chat", "when": "yesterday"}),
        ("ask sent", "chat", {"lead": "chat"}),
        ("ask replied", "dana oui", {"lead": "dana", "answer": "oui"}),
        ("meeting plan", "dana r tuesday 15:00", {"lead": "dana r", "when": "tuesday 15:00"}),
        ("meeting plan", 'dana "demain 15h"', {"lead": "dana", "when": "demain 15h"}),
        ("meeting plan", "dana r « demain 15h » “café”", {"lead": "dana r", "when": " demain 15h ", "place": "café"}),
        ("meeting plan", 'dana "dee" roy', {"lead": 'dana "dee" roy'}),
        ("meeting plan", "dana o'brien 'tuesday 15:00'", {"lead": "dana o'brien", "when": "tuesday 15:00"}),
        (
            "meeting plan",
            'dana tuesday 15:00 place:"phone"',
            {"lead": "dana", "when": "tuesday 15:00", "place": "phone"},
        ),
        ("ask sent", 'dana r "chat" "yesterday"', {"lead": "dana r", "wording": "chat", "when": "yesterday"}),
        ("lead add", 'Dana R. "Nordik" "rivers"', {"name": "Dana R.", "organisation": "Nordik", "why": "rivers"}),
        ("win share", 'I read "Dune"', {"text": 'I read "Dune"'}),
        ("tip share", 'say "no"', {"text": 'say "no"'}),
        ("meeting log", "dana yes them", {"lead": "dana", "reached": "yes", "talked": "them"}),
        ("tip tried", "say why you chose no", {"tip": "say why you chose", "worked": "no"}),
        ("tip share", "I ask for help when asking", {"text": "I ask for help when asking"}),
        ("buddy join", "technology omar", {"field": "technology", "never": "omar"}),
        ("buddy join", "health and care omar k", {"field": "health and care", "never": "omar k"}),
        ("lead list", "asked", {"stage": "asked"}),
        ("week plan", "2 1", {"asks": "2", "leads": "1"}),
    ],
)
def test_words_without_a_name_go_to_the_values_they_surely_are(name: str, line: str, values: dict[str, str]) -> None:
    assert loose(name, line) == values


@pytest.mark.parametrize(
    "line",
    [
        'name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
        "name:Dana R. organisation:Nordik why:built the river sensor",
        "name: Dana R.   organisation: Nordik\nwhy: built the river sensor",
        "name:“Dana R.” organisation:“Nordik” why:“built the river sensor”",
        "name:„Dana R.“ organisation:„Nordik” why:«built the river sensor»",
        "name:‘Dana R.’ organisation:'Nordik' why:'built the river sensor'",
        "--name Dana R. --organisation Nordik --why built the river sensor",
        '--name "Dana R." --organisation=Nordik --why="built the river sensor"',
        "NAME:Dana R. Organisation:Nordik Why:built the river sensor",
        'why:"built the river sensor" organisation:Nordik name:"Dana R."',
        '"Dana R." "Nordik" "built the river sensor"',
        'name:"Dana R." organisation:Nordik why:"built the river sensor',
        'name:"Dana R.", organisation:"Nordik", why:"built the river sensor"',
    ],
)
def test_the_same_values_are_read_however_they_are_written(line: str) -> None:
    assert read_typed(ADD, line) == WHOLE


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("why:l'eau, c'est ma vie", "l'eau, c'est ma vie"),
        ("why:'tis their work", "'tis their work"),
        ('why:"write name:x, then send"', "write name:x, then send"),
        ("why:O’Brien’s idea", "O’Brien’s idea"),
        ('why:"she said "yes" to me"', 'she said "yes" to me'),
        ("why:at 12:30 they answer: always", "at 12:30 they answer: always"),
        ("why:https://example.com/a?b=c", "https://example.com/a?b=c"),
        ('why:""', ""),
        ("why:", ""),
        ("why:a -- b --c", "a -- b --c"),
    ],
)
def test_marks_inside_words_belong_to_the_words(line: str, why: str) -> None:
    assert read_named(f"{line} name:Dana", {"why", "name"}) == {"why": why, "name": "Dana"}
    assert read_named(line, {"why"}) == {"why": why}


def test_a_quote_that_is_never_closed_takes_the_rest() -> None:
    assert read_named('why:"', {"why"}) == {"why": ""}
    assert read_named('why:"because name:Dana', {"why", "name"}) == {"why": "because name:Dana"}


def test_a_long_line_of_quotes_is_read_at_once() -> None:
    assert read_typed(ADD, '"a" ' * 25_000)["name"] == "a"


def test_words_without_a_name_fill_what_is_missing_in_its_order() -> None:
    assert read_typed(PLAN, "2") == {"asks": "2"}
    assert read_typed(PLAN, "2 3 1 on Tuesday morning") == {
        "asks": "2",
        "leads": "3",
        "meetings": "1",
        "sentence": "on Tuesday morning",
    }
    assert read_typed(PLAN, "leads:3 2") == {"leads": "3 2"}
    assert read_typed(ASK, '"dana" chat') == {"lead": "dana", "wording": "chat"}


@pytest.mark.parametrize(
    ("line", "problem", "advice"),
    [
        ('nam:"Dana"', "I do not know the value nam.", "Did you mean name?"),
        ('zzzzqq:"Dana"', "I do not know the value zzzzqq.", GIVE),
        ("firstname:Dana Nordik", "I do not know the value firstname.", "Did you mean name?"),
        ("prénom:Dana", "I do not know the value prénom.", "Did you mean name?"),
        ('name:"Dana" name:"Omar"', "name is there twice.", "Please give it once."),
        ("name:Dana --name Omar", "name is there twice.", "Please give it once."),
    ],
)
def test_unknown_and_doubled_names_are_told(line: str, problem: str, advice: str | None) -> None:
    with pytest.raises(BadValue) as told:
        read_typed(ADD, line)
    assert say(told.value.message, "en") == problem
    assert (told.value.advice and say(told.value.advice, "en")) == advice


@pytest.mark.parametrize("line", ["Dana:Nordik", "http://nordik.ca", "Dana: the boss", "12:30"])
def test_words_with_a_colon_that_are_like_no_name_stay_words(line: str) -> None:
    assert read_typed(ADD, line)["name"] == line


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("2 asks", {"asks": "2"}),
        ("3 leads 2 asks", {"leads": "3", "asks": "2"}),
        ("2 messages, 3 noms et 1 rencontre", {"asks": "2", "leads": "3", "meetings": "1"}),
        ("deux messages sentence:on Tuesday", {"asks": "deux", "sentence": "on Tuesday"}),
        ("1 message and one meeting", {"asks": "1", "meetings": "one"}),
    ],
)
def test_a_number_with_what_it_counts_is_that_value(line: str, values: dict[str, str]) -> None:
    assert read_typed(PLAN, line) == values


def test_words_that_belong_to_nothing_are_told_and_not_lost() -> None:
    with pytest.raises(BadValue) as told:
        read_typed(everything().need("lead next"), "please " + "x" * 500)
    assert say(told.value.message, "en").startswith("I do not know what please xxx")
    assert len(say(told.value.message, "en")) < 120
    with pytest.raises(BadValue):
        read_named("hello", {"name"})


@given(st.text(max_size=80))
def test_no_line_is_a_fault(line: str) -> None:
    for command in (ADD, ASK, PLAN):
        try:
            values = read_typed(command, line)
        except BadValue:
            continue
        assert set(values) <= {param.name for param in command.params}


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60).filter(lambda text: '"' not in text))
def test_what_stands_in_quotes_is_taken_as_it_stands(text: str) -> None:
    assert read_typed(ADD, f'name:"{text}" organisation:"Nordik"') == {"name": text, "organisation": "Nordik"}
