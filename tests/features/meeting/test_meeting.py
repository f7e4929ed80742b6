"""/meeting: a talk is planned, told, learned from, and can be taken back."""

import pytest

from bot.engine.invocation import PressedButton

LOG = (
    '@amina /meeting log dana reached:partly talked:them human:"loves rivers" names:"Priya at Nordik; Tom at Hydro"'
    ' want:"field work" no_longer:"night work"'
)


async def test_a_meeting_is_planned_with_a_calendar_file(amina):
    seen = await amina.one('@amina /meeting plan dana when:"2026-03-12 15:00" place:"phone"')
    assert "You meet Dana R., Nordik." in seen.text
    assert "When: Thursday 12 March 2026 at 3:00 PM, Toronto time" in seen.text
    assert "Place: phone" in seen.text
    (file,) = seen.files
    assert file.media_type == "text/calendar"
    assert "DTSTART:20260312T190000Z" in file.content
    assert "SUMMARY:Talk with Dana R." in file.content
    assert "LOCATION:phone" in file.content
    assert "ATTENDEE" not in file.content
    seen = await amina.one('@amina press "We met"')
    assert [field.name for field in seen.form.fields] == ["reached", "talked", "human", "names"]


async def test_a_plan_can_be_changed_and_keeps_its_place(amina):
    await amina.run(
        '@amina /meeting plan dana when:"2026-03-12 15:00" place:"phone"',
        '@amina /meeting plan dana when:"2026-03-13 10:00"',
    )
    seen = await amina.one("@amina /meeting list")
    assert "1 meeting\n" in seen.text
    assert "Dana R.: planned for Friday 13 March 2026 at 10:00 AM, Toronto time" in seen.text


async def test_an_hour_that_could_be_two_is_asked_and_one_press_answers(amina):
    seen = await amina.one('@amina /meeting plan dana when:"thursday 3:00"')
    assert seen.error == "bad-value"
    assert "Which one do you mean?" in seen.text
    seen = await amina.one('@amina press "Thursday 12 March 2026 at 3:00 PM, Toronto time"')
    assert "You meet Dana R., Nordik." in seen.text


@pytest.mark.parametrize(
    ("line", "error", "sentence"),
    [
        ('/meeting plan nobody when:"2026-03-12 15:00"', "not-found", "this person on your list"),
        ('/meeting plan dana when:"yesterday 15:00"', "bad-value", "This is in the past"),
        ("/meeting plan dana when:thursday", "bad-value", "At what time?"),
        ('/meeting plan dana when:"2026-03-08 02:30"', "bad-value", "This is in the past"),
        ("/meeting log dana reached:maybe", "bad-value", "Please choose one of these: yes, partly, and no."),
        ("/meeting log dana reached:yes talked:nobody", "bad-value", "Who talked more?"),
        ("/meeting log dana reached:yes when:tomorrow", "bad-value", "This is in the future"),
        ('/meeting log dana reached:yes names:"tom@hydro.ca"', "bad-value", "I do not keep e-mail addresses"),
        ("/meeting undo", "not-now", "There is no meeting to take back."),
    ],
)
async def test_what_is_not_understood_is_said(amina, line, error, sentence):
    seen = await amina.one(f"@amina {line}")
    assert seen.error == error
    assert sentence in seen.text


async def test_no_meeting_yet_says_how_to_have_one(amina):
    seen = await amina.one("@amina /meeting list")
    assert "You have no meeting yet." in seen.text
    assert "When a person says yes, use /meeting plan." in seen.text
    assert "Dana R." in (await amina.one('@amina press "What do I do now?"')).text


async def test_a_meeting_is_told_whole(amina):
    seen = await amina.one(LOG)
    assert "Well done. You met Dana R." in seen.text
    assert "Day: Monday 9 March 2026" in seen.text
    assert "Goal reached: partly" in seen.text
    assert "They talked more. That is a good sign." in seen.text
    assert "I remind you on: Tuesday 10 March 2026\nBecause: you met, so say thank you" in seen.text
    assert "New names:\n\n- Priya, Nordik\n- Tom, Hydro" in seen.text
    exported = (await amina.one("@amina /me export")).files[0].content
    for word in ("loves rivers", "field work", "night work", '"reached": "partly"', '"talked": "them"'):
        assert word in exported


async def test_new_names_become_people_in_one_press_and_only_once(amina):
    await amina.run(LOG)
    seen = await amina.one('@amina press "Add 2 names to my list"')
    assert "2 new people are on your list.\n\n- Priya\n- Tom" in seen.text
    assert (await amina.one('@amina press "Add 2 names to my list"')).text == seen.text
    await amina.run("at 2026-03-09T10:00", "@amina /ask sent priya")
    seen = await amina.one('@amina press "Add 2 names to my list"')
    assert "These names are on your list already. Nothing changed." in seen.text
    assert "Name given by: Dana R." in (await amina.one("@amina /lead show priya")).text
    assert "Priya, Nordik" in (await amina.one("@amina /lead show priya")).text
    assert "New names this week: 3" in (await amina.one("@amina /board me")).text


async def test_what_was_learned_can_be_written_after(amina):
    await amina.run("@amina /meeting log dana reached:no talked:me")
    seen = await amina.one('@amina press "Write what I learned"')
    assert [field.name for field in seen.form.fields] == ["want", "no_longer"]
    assert "Saved. You know better now what you want." in (await amina.one('@amina fill want:"a small team"')).text
    assert "a small team" in (await amina.one("@amina /me export")).files[0].content


async def test_what_is_no_longer_wanted_is_not_lost_by_writing_again(amina):
    await amina.run(LOG, '@amina press "Write what I learned"', '@amina fill want:"day work"')
    exported = (await amina.one("@amina /me export")).files[0].content
    assert "day work" in exported
    assert "night work" in exported


async def test_a_meeting_told_days_later_is_dated_and_its_thank_you_is_due_at_once(amina):
    await amina.run("at 2026-03-13T16:00")
    seen = await amina.one("@amina /meeting log dana reached:yes when:tuesday")
    assert "Day: Tuesday 10 March 2026" in seen.text
    assert "Send your thank-you now." in seen.text
    assert "you met, so say thank you" in (await amina.one("@amina /lead next")).text
    assert "1 thing for today" in (await amina.one("@amina /followup list")).text
    (reminder,) = await amina.run("at 2026-03-15T00:00")
    assert reminder.at.strftime("%a %H:%M") == "Sat 13:00"
    assert "Dana R.: you met, so say thank you." in reminder.text


async def test_a_thank_you_that_is_due_at_once_can_be_drafted_at_once(amina):
    await amina.run("at 2026-03-13T16:00", "@amina /meeting log dana reached:yes when:yesterday")
    assert "Thank you for talking with me on" in (await amina.one('@amina press "Draft a thank-you"')).text


async def test_a_thank_you_that_is_done_is_not_asked_for_in_the_morning(amina):
    await amina.run("at 2026-03-13T16:00", "@amina /meeting log dana reached:yes when:yesterday")
    await amina.run("@amina /followup done dana")
    assert await amina.run("at 2026-03-14T12:00") == []


async def test_a_planned_meeting_is_told_for_the_day_it_was_planned(amina):
    await amina.run('@amina /meeting plan dana when:"2026-03-11 15:00"', "at 2026-03-12T10:00")
    seen = await amina.one("@amina /meeting log dana reached:yes")
    assert "Day: Wednesday 11 March 2026" in seen.text
    assert "Dana R.: held on Wednesday 11 March 2026" in (await amina.one("@amina /meeting list")).text


async def test_a_meeting_held_earlier_than_planned_is_told_for_today(amina):
    await amina.run('@amina /meeting plan dana when:"2026-03-20 15:00"')
    seen = await amina.one("@amina /meeting log dana reached:yes")
    assert "Day: Monday 9 March 2026" in seen.text
    assert "The talk planned for Friday 20 March 2026 at 3:00 PM, Toronto time is now this one." in seen.text
    assert (await amina.one('@amina press "Plan another day"')).form is not None
    assert "1 meeting\n" in (await amina.one("@amina /meeting list")).text


async def test_undo_takes_back_the_meeting_and_the_stage(amina):
    await amina.run("@amina /ask sent dana", LOG)
    seen = await amina.one('@amina press "Take it back"')
    assert "I took back your meeting with Dana R. It counts no more." in seen.text
    shown = await amina.one("@amina /lead show dana")
    assert "Stage: asked" in shown.text
    assert "Due: Monday 16 March 2026" in shown.text
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text
    assert "Meetings this week: 0" in (await amina.one("@amina /board me")).text
    assert (await amina.one('@amina press "Log it again"')).form is not None


async def test_undo_gives_a_plan_back(amina):
    await amina.run(
        '@amina /meeting plan dana when:"2026-03-12 15:00" place:"phone"',
        LOG,
        "@amina /meeting undo",
    )
    assert "Dana R.: planned for Thursday 12 March 2026" in (await amina.one("@amina /meeting list")).text
    assert "Stage: meeting planned" in (await amina.one("@amina /lead show dana")).text
    await amina.run(LOG)
    assert "Meetings this week: 1" in (await amina.one("@amina /board me")).text


async def test_pressing_undo_twice_takes_back_no_other_meeting(amina):
    await amina.run(
        '@amina /lead add name:"Tom" organisation:"Hydro" why:"x"',
        "@amina /meeting log tom reached:yes",
        "@amina /meeting log dana reached:yes",
    )
    seen = await amina.one('@amina press "Take it back"')
    assert (await amina.one('@amina press "Take it back"')).text == seen.text
    assert "Tom: held on Monday 9 March 2026" in (await amina.one("@amina /meeting list")).text


async def test_undo_by_command_takes_back_the_last_one(amina):
    await amina.run(
        '@amina /lead add name:"Tom" organisation:"Hydro" why:"x"',
        "@amina /meeting log tom reached:yes",
        "@amina /meeting log dana reached:yes",
    )
    assert "your meeting with Dana R." in (await amina.one("@amina /meeting undo")).text
    await amina.run("at 2026-03-09T09:02")
    assert "your meeting with Tom." in (await amina.one("@amina /meeting undo")).text


async def test_a_meeting_can_be_taken_back_for_one_day(amina):
    await amina.run(LOG, "at 2026-03-10T09:00")
    await amina.run("at 2026-03-10T09:02")
    seen = await amina.one("@amina /meeting undo")
    assert seen.error == "not-now"
    assert "for one day after you log or cancel it" in seen.text


async def test_buttons_of_a_meeting_that_was_taken_back_say_so(amina):
    await amina.run(LOG, "@amina /meeting undo")
    seen = await amina.one('@amina press "Add 2 names to my list"')
    assert seen.error == "stale-button"
    assert "This meeting is not there any more." in seen.text


async def test_a_long_list_of_meetings_tells_how_many_are_older(amina):
    for n in range(12):
        await amina.run(f"at 2026-03-{10 + n}T10:00", "@amina /meeting log dana reached:yes")
    seen = await amina.one("@amina /meeting list")
    assert "12 meetings" in seen.text
    assert seen.text.count("held on") == 10
    assert "And 2 older ones." in seen.text


async def test_somebody_else_cannot_see_or_take_back_a_meeting(amina):
    await amina.run(LOG)
    assert "You have no meeting yet." in (await amina.one("@omar /meeting list")).text
    assert (await amina.one("@omar /meeting undo")).error == "not-now"
    assert "1 meeting\n" in (await amina.one("@amina /meeting list")).text


async def test_a_talk_told_twice_for_one_day_is_asked_about_and_nothing_typed_is_lost(amina):
    card = await amina.one('@amina /meeting plan dana when:"2026-03-12 15:00"')
    await amina.run("at 2026-03-12T17:00")
    for answer in ("yes", "partly"):
        await amina.session.ask("amina", PressedButton(dict(card.buttons)["We met"].token))
        seen = await amina.one(f'@amina fill reached:{answer} human:"loves rivers"')
    assert "You told me already that you met Dana R. on Thursday 12 March 2026." in seen.text
    assert "Meetings this week: 1" in (await amina.one("@amina /board me")).text
    twice = PressedButton(dict(seen.buttons)["We met twice that day"].token)
    assert "Goal reached: partly" in (await amina.session.ask("amina", twice)).text
    assert "Meetings this week: 2" in (await amina.one("@amina /board me")).text


async def test_a_talk_told_twice_can_be_told_anew(amina):
    await amina.run("@amina /meeting log dana reached:yes", "@amina /meeting log dana reached:no")
    assert "It counts no more." in (await amina.one('@amina press "Take it back"')).text
    assert "Goal reached: no" in (await amina.one("@amina /meeting log dana reached:no")).text
