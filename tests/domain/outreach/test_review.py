"""A message is read: what is found in it, and the place that shows it."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.outreach.review import MOST_FIXES, Fault, MessageRecipient, NotAMessage, Review, review

GOOD = (
    "Hello Dana, your talk at the library about the river sensor made me want to write to you. "
    "We both came to Laval from another country. I would like to understand how you tested it in winter. "
    "Do you have 20 minutes for a call? If not, that is fine."
)


def read(text, **known_to_reader):
    answer = review(text, MessageRecipient(**known_to_reader))
    assert isinstance(answer, Review)
    return answer


def faults(text, **known_to_reader):
    return {fix.fault: fix.quote for fix in read(text, **known_to_reader).faults}


def test_a_good_message_has_nothing_to_change():
    assert faults(GOOD) == {}
    assert set(read(GOOD).good) == set(Fault)


@pytest.mark.parametrize(
    ("change", "fault", "quote"),
    [
        (("a call", "a call. Is your company hiring"), Fault.JOB, "Is your company hiring?"),
        (("a call", "an informational interview"), Fault.TERM, "informational interview"),
        (("If not, that is fine.", ""), Fault.EASY_NO, "Do you have 20 minutes for a call?"),
        (("20 minutes", "time"), Fault.DURATION, "Do you have time for a call?"),
        (("We both came to Laval from another country.", ""), Fault.COMMON, "Hello Dana, your talk at the library"),
        (("If not", "My CV is attached. If not"), Fault.ATTACHMENT, "My CV is attached."),
        (("If not", "See https://example.org/me. If not"), Fault.ATTACHMENT, "See https://example.org/me."),
        (("in winter", "in [season]"), Fault.UNFILLED, "[season]"),
        (("in winter", "in winter " + "and summer " * 20), Fault.LENGTH, "I would like to understand how you tested"),
        (("a call?", "a call? Was it cold? Was it wet?"), Fault.TOO_MANY, "Was it wet?"),
    ],
)
def test_each_fault_is_shown_in_the_members_own_words(change, fault, quote):
    faults_found = faults(GOOD.replace(*change))
    assert list(faults_found) == [fault]
    assert faults_found[fault].startswith(quote)


def test_the_first_sentence_about_the_writer_and_the_first_in_capitals_are_shown():
    mine = "Hello Dana, your bread is good. I am a baker. I was a cook. I have two sons. Could we talk?"
    assert faults(mine)[Fault.ABOUT_THEM] == "I am a baker."
    assert faults(mine.upper())[Fault.CAPITALS] == "HELLO DANA, YOUR BREAD IS GOOD."


def test_where_nothing_is_asked_the_last_sentence_is_shown():
    faults_found = faults("Hello Dana, your bread is good. I bake it too. It is the best.")
    assert faults_found[Fault.QUESTION] == faults_found[Fault.EASY_NO] == "It is the best."
    polite = faults("Hello dear Dana! How are you? Thank you for all of it.")
    assert polite[Fault.QUESTION] == polite[Fault.COMMON] == "Thank you for all of it."


def test_what_is_shared_can_be_added_after_the_first_sentence_about_the_writer():
    faults_found = faults(
        "Hello Dana. Your bread is good. I am new in this city. I live on this side. Could we talk about it?"
    )
    assert faults_found[Fault.COMMON] == "I am new in this city."


def test_a_message_in_capitals_is_noticed_and_read_like_any_other():
    assert list(faults(GOOD.upper())) == [Fault.CAPITALS]


def test_the_weightiest_three_come_first():
    answer = read("I am an engineer. I need a job. Please find my CV attached. I want an informational interview.")
    assert [fix.fault for fix in answer.fixes] == [Fault.JOB, Fault.TERM, Fault.REASON]
    assert len(answer.fixes) == MOST_FIXES < len(answer.faults)


def test_who_knows_the_term_may_be_told_it():
    text = GOOD.replace("a call", "an informational interview")
    assert Fault.TERM in faults(text)
    assert faults(text, knows_term=True) == {}


def test_what_the_member_noted_about_a_person_is_a_reason():
    text = "Hello Dana. Rivers with sensors interest me. Could we talk? If not, that is fine."
    assert Fault.REASON in faults(text)
    assert Fault.REASON not in faults(text, about="built the river sensors")
    assert Fault.REASON in faults("Hello Dana. Your company interests me. Could we talk?", about="works at a company")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", NotAMessage.TOO_SHORT),
        ("", NotAMessage.TOO_SHORT),
        ("?!?!", NotAMessage.TOO_SHORT),
        ("https://example.org/a/b/c/d/e/f/g", NotAMessage.TOO_SHORT),
        ("1 2 3 4 5 6 7 8 9", NotAMessage.TOO_SHORT),
        ("Quiero hablar con ella sobre trabajo porque necesito consejos urgentes hoy", NotAMessage.OTHER_LANGUAGE),
        ("我想和你谈谈 关于 你的 工作 好吗 谢谢 再见", NotAMessage.OTHER_LANGUAGE),
        ("The bridge was closed on Monday and the repair will take two months.", NotAMessage.TO_NOBODY),
    ],
)
def test_what_is_no_message_is_not_read_as_one(text, why):
    assert review(text) is why


@given(st.text(max_size=400))
def test_any_text_at_all_gets_an_answer(text):
    answer = review(text)
    assert isinstance(answer, NotAMessage) or all(fix.quote for fix in answer.faults)


@given(st.lists(st.sampled_from(GOOD.split()), min_size=8, max_size=90).map(" ".join))
def test_a_quote_is_always_the_members_own_words(text):
    answer = review(text)
    if isinstance(answer, Review):
        assert all(fix.quote.removesuffix("…") in text for fix in answer.faults)


TO_NOBODY = """
Dear Sir or Madam, I am looking for work as a nurse. I have ten years of experience.
Dear Sir/Madam, I am looking for advice. Your company is known to me.
Dear Sirs, I was told of your firm. I weld and I look for advice.
To whom it may concern, I am looking for advice on my studies.
Dear Hiring Manager, your company built the bridge that I cross every day.
Dear team, I saw the page of your company. I am a cook.
Hello everyone, I am new here and I look for a welder to talk with.
Hello all, you have made a great group. I am a nurse.
Madame, Monsieur, je cherche un poste de comptable.
Madame, Monsieur, je cherche une personne avec qui parler de la paie. J'ai lu la page de votre entreprise.
Madame ou Monsieur, je me permets de vous écrire car votre usine fabrique des ponts.
Bonjour Madame, Monsieur, je suis soudeur. Votre atelier a construit le pont.
Messieurs, je suis soudeur et je vous écris de Laval.
Bonjour à tous, je cherche quelqu'un qui soude.
Bonjour tout le monde, vous avez créé un beau groupe. Je suis infirmière.
Bonjour l'équipe, j'ai vu votre page. Je suis cuisinier.
À qui de droit, je vous écris pour un conseil sur votre école.
""".strip().splitlines()


@pytest.mark.parametrize("text", TO_NOBODY)
def test_a_message_to_anybody_is_not_praised_for_being_about_this_reader(text):
    assert not {Fault.ABOUT_THEM, Fault.REASON} & set(read(text).good)


@pytest.mark.parametrize(
    "text",
    [
        "Hello, I am looking for a job. I need it soon because I have a family.",
        "Bonjour, je cherche un emploi depuis mars. Je suis comptable.",
        "Hi there, I am a welder and I am looking for people to talk with.",
    ],
)
def test_who_writes_only_of_themselves_is_not_praised_for_writing_of_others(text):
    assert Fault.ABOUT_THEM not in read(text).good


def test_who_writes_to_one_person_about_their_work_is_praised_for_it():
    assert {Fault.ABOUT_THEM, Fault.REASON} <= set(read(GOOD).good)
    assert {Fault.ABOUT_THEM, Fault.REASON} <= set(read(GOOD.replace("Hello Dana", "Dear Madam Roy")).good)


ASKED = {
    "Hello Dana, your oud made me write to you.": (
        [
            "How did you begin?",
            "Who pays for the strings?",
            "Did you work 12 hours a day?",
            "Which songs do children like?",
        ],
        [
            "Could we talk for 20 minutes?",
            "Would you have 15 minutes for a call?",
            "Do you have half an hour?",
            "Can I call you?",
            "May we meet for a coffee?",
            "Is a short call possible?",
        ],
    ),
    "Bonjour Dana, votre oud m'a donné envie de vous écrire.": (
        ["Comment avez-vous commencé ?", "Qui paie ?", "Travaillez-vous 12 heures ?", "Quelles chansons plaisent ?"],
        [
            "Pourrions-nous parler 20 minutes ?",
            "Auriez-vous 15 minutes pour un appel ?",
            "Avez-vous une demi-heure ?",
            "Puis-je vous appeler ?",
            "On peut se voir autour d'un café ?",
            "Un court appel est-il possible ?",
        ],
    ),
}
FIVE = [
    (hello, [*others[:at], request, *others[at:]], request)
    for hello, (others, requests) in ASKED.items()
    for request in requests
    for at in range(5)
]


@pytest.mark.parametrize(("hello", "questions", "request_"), FIVE)
def test_of_five_questions_the_one_for_the_talk_is_never_the_one_that_can_wait(hello, questions, request_):
    later = faults(" ".join([hello, *questions]))[Fault.TOO_MANY]
    assert later in questions
    assert later != request_


@pytest.mark.parametrize(("letters", "shouted"), [(19, False), (20, True), (21, True)])
def test_a_few_big_letters_are_no_shouting(letters, shouted):
    words = ["I", "AM", "OK", "IN", "A", "TO"]
    text = " ".join(words) + " " + "W" * (letters - len("".join(words)))
    assert sum(c.isalpha() for c in text) == letters
    assert (Fault.CAPITALS in faults(text)) is shouted


@pytest.mark.parametrize(("big", "shouted"), [(59, False), (60, False), (61, True)])
def test_most_letters_must_be_big_before_it_is_shouting(big, shouted):
    text = "i am in a to of " + "w" * (100 - big - 10) + " " + "W" * big
    assert sum(c.isalpha() for c in text) == 100
    assert (Fault.CAPITALS in faults(text)) is shouted


def test_five_words_are_no_message_and_six_are_read():
    assert review("I am in to of") is NotAMessage.TOO_SHORT
    assert isinstance(review("I am in to of it"), Review)


@pytest.mark.parametrize(("small_words", "others", "read_"), [(2, 8, True), (2, 9, False)])
def test_a_text_with_fewer_small_words_than_one_in_five_is_in_another_language(small_words, others, read_):
    answer = review(" ".join(["you", "the"][:small_words] + ["zug"] * others))
    assert (answer is not NotAMessage.OTHER_LANGUAGE) is read_


@pytest.mark.parametrize(("words", "long"), [(75, False), (76, True)])
def test_seventy_five_words_are_enough(words, long):
    start = GOOD.split()
    text = " ".join([*start, *["and"] * (words - len(start))])
    assert (Fault.LENGTH in faults(text)) is long


def test_two_questions_are_enough_and_three_are_too_many():
    two = GOOD.replace("Do you", "How cold was it? Do you")
    assert Fault.TOO_MANY not in faults(two)
    assert Fault.TOO_MANY in faults(two.replace("Do you", "How wet was it? Do you"))


@pytest.mark.parametrize(("about", "named"), [("baker", True), ("bake", False)])
def test_only_a_long_word_of_what_was_noted_is_a_reason(about, named):
    text = f"Hello Dana. The {about} interests me. Could we talk? If not, that is fine."
    assert (Fault.REASON not in faults(text, about=about)) is named


@pytest.mark.parametrize(
    ("before", "request_for_talk"),
    [
        ("Hi Ana, I saw your film about wolves in Banff.", "Could you tell me more about it in 15 minutes?"),
        ("Bonjour Ana, j'ai vu votre film sur les loups de Banff.", "Pourriez-vous m'en parler 15 minutes ?"),
    ],
)
def test_what_is_said_of_the_reader_before_is_the_topic_of_about_that(before, request_for_talk):
    assert Fault.TOPIC not in faults(f"{before} {request_for_talk}")
    assert Fault.TOPIC in faults(f"Hello Ana, bonjour. {request_for_talk}")
