"""/ask: what a member tells of their own messages; the bot never writes to anybody."""

import pytest

WORDINGS = ("chat", "call", "coffee", "meeting", "discussion", "term", "other")


async def test_a_message_is_told_and_a_follow_up_is_promised(amina):
    seen = await amina.one("@amina /ask sent lead:dana wording:chat")
    assert "Good. You asked Dana R. on Monday 9 March 2026." in seen.text
    assert "This was your first message to them." in seen.text
    assert "I remind you on: Monday 16 March 2026" in seen.text
    assert "Because: no answer yet, so send one more short message" in seen.text
    assert [label for label, _ in seen.buttons] == ["They answered", "What do I do now?", "Take it back"]
    assert "The one thing" not in (await amina.one('@amina press "What do I do now?"')).text
    assert "Dana R. answered. Well done." in (await amina.one('@amina press "They answered"')).text


@pytest.mark.parametrize("wording", WORDINGS)
async def test_every_wording_is_taken(amina, wording):
    assert (await amina.one(f"@amina /ask sent dana wording:{wording}")).error is None


async def test_the_form_asks_whom(amina):
    seen = await amina.one("@amina /ask sent")
    assert [field.name for field in seen.form.fields] == ["lead", "wording", "when"]
    seen = await amina.one("@amina fill lead:dana when:yesterday")
    assert "You asked Dana R. on Sunday 8 March 2026." in seen.text


async def test_the_third_message_is_followed_by_a_goodbye(amina):
    await amina.run("@amina /ask sent dana", "at 2026-03-09T09:02", "@amina /ask sent dana", "at 2026-03-09T09:04")
    seen = await amina.one("@amina /ask sent dana")
    assert "This was your message number 3." in seen.text
    assert "three messages and no answer, so write to the next person" in seen.text


async def test_a_message_told_late_is_still_followed_up_tomorrow(amina):
    seen = await amina.one('@amina /ask sent dana when:"2026-02-27"')
    assert "I remind you on: Tuesday 10 March 2026" in seen.text
    messages = await amina.run("at 2026-03-10T09:00")
    assert [message.to for message in messages] == ["@amina"]
    assert "Dana R.: no answer yet" in messages[0].text


@pytest.mark.parametrize(
    ("line", "error", "sentence"),
    [
        ("/ask sent nobody", "not-found", "I could not find this person on your list."),
        ("/ask sent dana wording:shout", "bad-value", "Please choose one of these: a casual chat"),
        ("/ask sent dana when:tomorrow", "bad-value", "This is in the future"),
        ("/ask sent dana when:never", "bad-value", "Please write it like"),
        ("/ask replied nobody", "not-found", "I could not find this person on your list."),
        ("/ask replied dana answer:perhaps", "bad-value", "Please choose one of these: yes, later, and no."),
    ],
)
async def test_what_is_not_understood_is_said(amina, line, error, sentence):
    seen = await amina.one(f"@amina {line}")
    assert seen.error == error
    assert sentence in seen.text


async def test_two_people_of_one_name_are_asked_about(amina):
    await amina.run('@amina /lead add name:"Dana K." organisation:"Hydro" why:"x"')
    seen = await amina.one("@amina /ask sent dana")
    assert "dana fits more than one." in seen.text
    assert [label for label, _ in seen.buttons] == ["Dana K. · Hydro", "Dana R. · Nordik"]
    assert "You asked Dana R. on" in (await amina.one('@amina press "Dana R. · Nordik"')).text


async def test_an_answer_needs_a_message_first(amina):
    seen = await amina.one("@amina /ask replied dana")
    assert seen.error == "not-now"
    assert "You have not told me that you asked Dana R." in seen.text
    assert "You asked Dana R. on" in (await amina.one('@amina press "I asked them"')).text


async def test_an_answer_makes_a_time_due_in_two_working_days(amina):
    await amina.run("@amina /ask sent dana", "at 2026-03-13T10:00")
    seen = await amina.one("@amina /ask replied dana answer:yes")
    assert "Now propose a day and an hour to them." in seen.text
    assert "I remind you on: Tuesday 17 March 2026" in seen.text
    assert (await amina.one('@amina press "Plan a meeting"')).form is not None


async def test_later_asks_which_week(amina):
    await amina.run("@amina /ask sent dana")
    assert "Ask them which week is good." in (await amina.one("@amina /ask replied dana answer:later")).text


async def test_a_no_closes_the_person_kindly(amina):
    await amina.run("@amina /ask sent dana")
    seen = await amina.one("@amina /ask replied dana answer:no")
    assert "A clear no is good to know. Dana R. is closed." in seen.text
    assert "Many people say no for reasons of their own." in seen.text
    assert "You closed every person on your list." in (await amina.one('@amina press "What do I do now?"')).text
    assert not [message for message in await amina.run("at 2026-04-30T12:00") if message.to == "@amina"]


async def test_an_answer_told_twice_counts_once(amina):
    await amina.run("@amina /ask sent dana", "@amina /ask replied dana", "@amina /ask replied dana answer:later")
    seen = await amina.one("@amina /lead show dana")
    assert "Stage: replied" in seen.text


async def test_a_message_of_last_week_told_after_the_digest_comes_in_late(amina):
    await amina.run("at 2026-03-16T12:31")
    seen = await amina.one("@amina /ask sent dana when:yesterday")
    assert "This came late for the week of 9 March 2026. Thank you." in seen.text


async def test_an_answer_cannot_come_before_the_message(amina):
    await amina.run("at 2026-03-12T10:00", "@amina /ask sent dana when:yesterday")
    seen = await amina.one("@amina /ask replied dana when:tuesday")
    assert "You asked Dana R. on Wednesday 11 March 2026. An answer cannot come before that day." in seen.text
    seen = await amina.one("@amina fill when:wednesday")
    assert "Dana R. answered. Well done." in seen.text


async def test_an_earlier_message_that_is_told_late_does_not_take_the_place_of_the_answer(amina):
    await amina.run("at 2026-03-12T10:00", "@amina /ask sent dana when:monday", "@amina /ask replied dana")
    seen = await amina.one("@amina /ask sent dana when:tuesday")
    assert "Because: they answered, so propose a time" in seen.text
    assert "Because: they answered, so propose a time" in (await amina.one("@amina /ask undo")).text


async def test_an_earlier_message_that_is_told_late_does_not_take_the_place_of_the_thank_you(amina):
    await amina.run("@amina /meeting log dana reached:yes", "at 2026-03-10T10:00")
    assert "Because: you met, so say thank you" in (await amina.one("@amina /ask sent dana when:sunday")).text
    assert "Because: no answer yet" in (await amina.one("@amina /ask sent dana")).text


@pytest.mark.parametrize("when", ["", " when:today"])
async def test_a_message_on_the_day_of_a_talk_does_not_take_the_place_of_the_thank_you(amina, when):
    await amina.run("@amina /ask sent dana", "@amina /ask replied dana", "at 2026-03-09T12:00")
    await amina.run("@amina /meeting log dana reached:yes")
    before = (await amina.one("@amina /lead show dana")).text
    assert "Because: you met, so say thank you" in (await amina.one(f"@amina /ask sent dana{when}")).text
    assert "say thank you" in (await amina.one("@amina /followup list")).text
    await amina.run("@amina /ask undo")
    assert (await amina.one("@amina /lead show dana")).text == before
    await amina.run("at 2026-03-09T14:00", "@amina /ask sent dana", "at 2026-03-10T10:00", "@amina /followup done dana")
    assert "Because: no answer yet" in (await amina.one("@amina /ask sent dana")).text


async def test_a_message_of_the_day_of_a_talk_that_is_told_later_leaves_what_is_due(amina):
    await amina.run("@amina /meeting log dana reached:yes", "at 2026-03-10T10:00")
    assert "Because: you met, so say thank you" in (await amina.one("@amina /ask sent dana when:yesterday")).text
    await amina.run("@amina /followup done dana")
    assert "Because: no answer yet" not in (await amina.one("@amina /ask sent dana when:monday")).text
