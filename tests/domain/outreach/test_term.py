"""The term: found however it is written, and nothing else taken for it."""

import pytest

from bot.domain.ask import Wording
from bot.domain.outreach.naming import wording_of
from bot.domain.outreach.term import find_term

WRITTEN = [
    "informational interview",
    "Informational Interviews",
    "information interview",
    "informational-interview",
    "INFORMATIONAL INTERVIEW",
    "infomational interview",
    "informtional interveiw",
    "imformational intervew",
    "informational interwiew",
    "info interview",
    "info-interview",
    "info. interview",
    "info intvw",
    "inf interview",
    "informative interview",
    "informational interviewing",
    "entretien d'information",
    "entretien d’information",
    "Entretiens d'informations",
    "entretient d'information",
    "entretien dinformation",
    "entretien d information",
    "entretien d'info",
    "entretien informationnel",
    "entretien informatif",
    "entrevue d'information",
    "entrevue informative",
    "entrevu d'infomation",
    "rencontre d'information",
    "recontre d'information",
    "rencontres d'info",
    "RENCONTRE D'INFORMATION",
    "infrmatonal interview",
    "informational intrvew",
    "entrevu d'information",
    "recontr d'information",
]
OTHER = [
    "an information session",
    "the interview on Monday",
    "a job interview",
    "I have more information. Interview me on Monday",
    "for more information interview the candidates",
    "contact information, interview dates",
    "an information technology interview",
    "informal interview",
    "an informed interview",
    "an international interview",
    "the information overview",
    "the info interface",
    "informational video",
    "séance d'information",
    "réunion d'information",
    "une demande d'information",
    "un entretien d'embauche",
    "un entretien informel",
    "une rencontre informelle",
    "un entretien informatique",
    "l'entretien du système d'information",
    "une rencontre. D'information je n'ai rien",
    "une entrevue",
    "rencontre d'amis",
    "entretien des infrastructures",
    "infrmatnal interview",
    "informational inxxrxiew",
    "entrvu d'information",
    "infi interview",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_the_term_is_found_however_it_is_written(written):
    assert find_term(f"Could I have an {written} with you?") == written


@pytest.mark.parametrize("other", OTHER)
def test_what_only_looks_like_the_term_is_left_alone(other):
    assert find_term(f"Hello, {other} please.") is None


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Could we have a casual chat?", Wording.CHAT),
        ("Do you have time for a cofee or a coffee?", Wording.COFFEE),
        ("A short phone call would be great", Wording.CALL),
        ("Puis-je vous appeler ?", Wording.CALL),
        ("On se voit autour d'un thé ?", Wording.COFFEE),
        ("The the the", None),
        ("Could we discuss it?", Wording.DISCUSSION),
        ("Une courte rencontre vous irait ?", Wording.MEETING),
        ("An info interview over coffee", Wording.TERM),
        ("Hello there", None),
    ],
)
def test_what_a_message_calls_the_talk_is_known(text, wording):
    assert wording_of(text) is wording
