"""/ask check: a pasted message is read; good things first, then at most three to change."""

import pytest

GOOD = (
    "Hello Dana, your talk at the library made me write to you. We both came to Laval from far away. "
    "I would like to understand how you tested the sensor in winter. Do you have 20 minutes for a call? "
    "If not, that is fine."
)
TERM = GOOD.replace("a call", "an infomational intervew")


def check(text, more=""):
    return f'@amina /ask check {more} text:"{text}"'


async def test_good_things_come_first_and_then_at_most_three_to_change(amina):
    bad = "I am an engineer. I need a job. I want an informational interview. See my CV attached."
    seen = await amina.one(check(bad))
    good, change = seen.text.split("What to change, the most important first:")
    assert "Good:" in good
    assert "Your message is short enough." in good
    assert '1. This asks for a job: "I need a job."' in change
    assert '2. Many people do not know this term: "informational interview".' in change
    assert "3. You could write this to anybody:" in change
    assert "4." not in change
    assert "There are 7 more things to change. They are less important." in change


async def test_a_good_message_is_praised_and_sent_with_one_press(amina):
    seen = await amina.one(check(GOOD, "lead:dana"))
    assert "I see nothing to change. Send it when you are ready." in seen.text
    assert "You say why you write to this person." in seen.text
    assert "You asked Dana R. on" in (await amina.one('@amina press "I sent it"')).text
    assert '"wording": "call"' in (await amina.one("@amina /me export")).files[0].content


async def test_a_message_for_nobody_on_the_list_is_read_too_but_cannot_be_told_as_sent(amina):
    seen = await amina.one(check(GOOD))
    assert [label for label, _ in seen.buttons] == ["Change my text"]


async def test_the_form_asks_for_the_text_and_the_person(amina):
    seen = await amina.one("@amina /ask check")
    assert [field.name for field in seen.form.fields] == ["text", "lead"]
    assert "Your message" in (await amina.one(f'@amina fill text:"{GOOD}" lead:dana')).text


async def test_the_text_comes_back_to_be_changed(amina):
    await amina.run(check(TERM, "lead:dana"))
    seen = await amina.one('@amina press "Change my text"')
    assert [field.value for field in seen.form.fields] == [TERM]
    seen = await amina.one(f'@amina fill text:"{GOOD}"')
    assert "I see nothing to change." in seen.text


async def test_the_guard_offers_other_words_and_never_blocks(amina):
    seen = await amina.one(check(TERM, "lead:dana"))
    assert 'Many people do not know this term: "infomational intervew".' in seen.text
    assert "Say one of these: a casual chat, a short call, a coffee, a meeting, or a discussion." in seen.text
    assert "I sent it" in [label for label, _ in seen.buttons]
    await amina.run('@amina press "I sent it"')
    assert '"wording": "term"' in (await amina.one("@amina /me export")).files[0].content


async def test_who_knows_the_term_by_her_word_is_not_warned_of(amina):
    await amina.run("@amina /lead edit dana knows_term:yes")
    assert "do not know this term" not in (await amina.one(check(TERM, "lead:dana"))).text


@pytest.mark.parametrize("why", ["a recruiter for labs", "conseillère en emploi au centre"])
async def test_who_knows_the_term_by_their_work_is_not_warned_of_and_she_learns_why(circle, why):
    await circle.run(f'@amina /lead add name:"Rita" organisation:"Centre" why:"{why}"')
    seen = await circle.one(check(TERM, "lead:rita"))
    assert "do not know this term" not in seen.text
    assert 'So they know the term "infomational intervew".' in seen.text
    await circle.run("@amina /lead edit rita knows_term:no")
    assert "do not know this term" in (await circle.one(check(TERM, "lead:rita"))).text


async def test_an_organiser_names_other_work_and_can_go_back_to_the_usual_list(circle):
    await circle.run('@amina /lead add name:"Nia" organisation:"School" why:"a school nurse"')
    assert "do not know this term" in (await circle.one(check(TERM, "lead:nia"))).text
    seen = await circle.one('@organiser /community settings roles:"nurse, doctor"')
    assert "Jobs whose people know the special term: nurse and doctor" in seen.text
    assert "do not know this term" not in (await circle.one(check(TERM, "lead:nia"))).text
    seen = await circle.one("@organiser /community settings roles:standard")
    assert "Jobs whose people know the special term: the usual list" in seen.text
    assert "do not know this term" in (await circle.one(check(TERM, "lead:nia"))).text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "This is very short, so I cannot read it as a message."),
        ("Quiero hablar con ella sobre trabajo porque necesito consejos hoy", "English and French only."),
        ("The bridge was closed on Monday and the repair takes two months.", "a message to a person."),
    ],
)
async def test_what_is_no_message_is_refused_politely(amina, text, sentence):
    seen = await amina.one(check(text))
    assert seen.error == "bad-value"
    assert sentence in seen.text
    assert "Please paste the whole message you want to send." in seen.text


async def test_in_french_it_answers_in_french(circle):
    await circle.run("@omar speaks fr")
    text = "Bonjour Luc, je suis soudeur. Je cherche un emploi. Pouvez-vous m'aider à trouver un poste ?"
    seen = await circle.one(f'@omar /ask check text:"{text}"')
    assert "Ce qui est bien :" in seen.text
    assert "Cette phrase demande un emploi : « Je cherche un emploi. »" in seen.text


async def test_a_text_with_an_address_in_it_is_read_but_not_kept(amina):
    seen = await amina.one(check(GOOD + " Write to zqcanary@nordik.example"))
    assert [label for label, _ in seen.buttons] == ["Check again"]
    again = await amina.one('@amina press "Check again"')
    assert [field.value for field in again.form.fields] == ["", ""]


async def test_a_text_that_is_kept_for_a_change_is_locked(amina):
    await amina.run(check(GOOD.replace("library", "Zqcanary")))
    assert b"Zqcanary" not in amina.stored
