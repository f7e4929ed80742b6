"""How well the bot reads messages: measured on examples that were never looked at while its rules were made."""

import pytest

from bot.domain.outreach.review import Fault
from tests.support.corpus import HELD_OUT, LANGUAGES, REFUSED, TUNED, examples, scored

FEWEST = 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_faults_a_careful_reader_sees_the_bot_finds_nineteen_in_twenty(language):
    score = scored(examples(language, HELD_OUT))
    assert score.recall >= 0.95, score.missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_nothing_to_say_the_bot_speaks_at_most_once_in_a_hundred(language):
    score = scored(examples(language, HELD_OUT))
    assert score.false_alarm_rate <= 0.01, score.false


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_unseen_messages_without_a_fault_nine_in_ten_have_nothing_to_mend(language):
    score = scored(examples(language, HELD_OUT))
    assert score.untouched_rate >= 0.9, score.false


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_many_and_a_fifth_of_them_is_held_out(language):
    tuned, held = examples(language, TUNED), examples(language, HELD_OUT)
    assert len(held) >= FEWEST
    assert 5 * len(held) >= len(tuned) + len(held)
    both = [*tuned, *held]
    assert len({example.id for example in both}) == len({example.text for example in both}) == len(both)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", [TUNED, HELD_OUT])
def test_every_fault_and_every_kind_of_message_has_examples(language, part):
    chosen = examples(language, part)
    labels = {label for example in chosen for label in example.faults}
    assert labels == {*(fault.value for fault in Fault), REFUSED}
    assert {example.kind for example in chosen} == {"good", "weak", "wrong", "not-a-message"}
    assert all(not example.faults for example in chosen if example.kind == "good")


def test_a_reader_who_says_nothing_or_everything_does_not_reach_the_figures(monkeypatch):
    some = examples("en", HELD_OUT)
    monkeypatch.setattr(type(some[0]), "found", frozenset())
    assert scored(some).recall == 0
    monkeypatch.setattr(type(some[0]), "found", frozenset({*(fault.value for fault in Fault), REFUSED}))
    assert scored(some).false_alarm_rate == 1
