"""What a message needs can be said in many ways: `lines.toml` has lines that say it, and lines that only sound like it."""

from bot.domain.outreach.review import Fault, Review, review
from tests.support.corpus import lines

WRONG_TO_SAY = {Fault.JOB, Fault.ATTACHMENT}
SAID = [case for case in lines("says") if case[0] != Fault.EASY_NO]
NOT_SAID = [case for case in lines("only-sounds-like-it") if case[0] != Fault.EASY_NO]


def faults(line):
    read = review(f"Hello Dana, good day to you.\n{line}\nSamir")
    assert isinstance(read, Review)
    return {fix.fault for fix in read.faults}


def with_the_fault(cases):
    return [(fault, line) for fault, line in cases if fault in faults(line)]


def without_the_fault(cases):
    return [(fault, line) for fault, line in cases if fault not in faults(line)]


def test_a_line_that_says_what_is_needed_is_understood():
    assert with_the_fault(case for case in SAID if case[0] not in WRONG_TO_SAY) == []


def test_a_line_that_only_sounds_like_it_is_not_taken_for_it():
    assert without_the_fault(case for case in NOT_SAID if case[0] not in WRONG_TO_SAY) == []


def test_a_line_that_asks_for_a_job_or_brings_a_file_is_seen():
    assert without_the_fault(case for case in SAID if case[0] in WRONG_TO_SAY) == []


def test_a_line_that_only_sounds_like_a_request_or_a_file_is_left_alone():
    assert with_the_fault(case for case in NOT_SAID if case[0] in WRONG_TO_SAY) == []
