"""/week: a promise for the week, an honest report, and the weeks before."""

import pytest


async def plan_and_agree(circle, asks=2):
    await circle.run(f"@amina /week plan asks:{asks}", '@amina press "Yes, ask me on Sunday"')


async def test_a_plan_is_asked_with_the_usual_number(circle):
    seen = await circle.one("@amina /week plan")
    assert {field.name: field.value for field in seen.form.fields} == {
        "asks": "2",
        "leads": "",
        "meetings": "",
        "sentence": "",
    }
    seen = await circle.one('@amina fill asks:3 leads:2 meetings:1 sentence:"I write on Tuesday."')
    assert "My week of 9 March 2026" in seen.text
    assert "Asks: 3\nNew names: 2\nMeetings: 1\nHow: I write on Tuesday." in seen.text
    assert "A small number that you reach is better than a big number that you miss." in seen.text
    again = await circle.one("@amina /week plan")
    assert [field.value for field in again.form.fields] == ["3", "2", "1", "I write on Tuesday."]


async def test_the_number_of_the_member_is_the_usual_one(circle):
    await circle.run('@amina /start language:en zone:"Toronto" number:4')
    seen = await circle.one("@amina /week plan")
    assert seen.form.fields[0].value == "4"


async def test_the_sunday_question_comes_only_to_who_agrees(circle):
    seen = await circle.one("@amina /week plan asks:2")
    assert "May I ask you on Sunday, in private, how it went?" in seen.text
    seen = await circle.one('@amina press "Yes, ask me on Sunday"')
    assert "Good. I ask you on Sunday, and once more on Monday." in seen.text
    seen = await circle.one("@amina /week plan asks:1")
    assert "I ask you on Sunday how it went." in seen.text
    assert "Yes, ask me on Sunday" not in [label for label, _ in seen.buttons]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/week plan asks:many", "please give a whole number from 0 to 50"),
        ("/week plan asks:51", "please give a whole number from 0 to 50"),
        ("/week plan asks:2 week:last", "Please choose one of these: this week and next week."),
        ("/week report asks:-1", "please give a whole number from 0 to 50"),
        ("/week report asks:1 week:next", "Please choose one of these: last week and this week."),
        (f'/week plan asks:1 sentence:"{"x" * 201}"', "The limit is 200."),
    ],
)
async def test_what_is_not_understood_is_said(circle, line, sentence):
    seen = await circle.one(f"@amina {line}")
    assert seen.error in {"bad-value", "too-long"}
    assert sentence in seen.text


async def test_a_zero_that_is_reported_keeps_the_promise(circle):
    await circle.run("@amina /week plan asks:2")
    seen = await circle.one("@amina /week report asks:0")
    assert "Thank you for telling me. Your promise is kept." in seen.text
    assert "Now choose the one person for next week." in seen.text
    assert "9 March 2026: 0 leads, 0 asks, 0 meetings, promise kept" in (await circle.one("@amina /week history")).text


async def test_reaching_the_number_is_praised(circle):
    await circle.run("@amina /week plan asks:2")
    assert "Well done. You reached your number." in (await circle.one("@amina /week report asks:2")).text


async def test_a_report_without_a_plan_is_kept_too(circle):
    assert "Thank you. I kept your report." in (await circle.one("@amina /week report asks:1")).text


async def test_the_report_form_knows_what_was_logged(circle):
    await circle.run(
        '@amina /lead add name:"Dana" organisation:"Nordik" why:"x"',
        "@amina /ask sent dana",
        "@amina /meeting log dana reached:yes",
        "@amina /week plan asks:2",
    )
    seen = await circle.one("@amina /week report")
    assert {field.name: field.value for field in seen.form.fields} == {"asks": "1", "meetings": "1", "help": ""}
    assert "My week of 9 March 2026" in (await circle.one("@amina fill asks:1")).text


async def test_on_monday_morning_a_report_is_about_last_week_until_the_digest(circle):
    await circle.run("@amina /week plan asks:2", "at 2026-03-16T12:29")
    assert "My week of 9 March 2026" in (await circle.one("@amina /week report asks:1")).text
    await circle.run("@omar /week plan asks:2")
    assert "My week of 16 March 2026" in (await circle.one("@omar /week report asks:1")).text


async def test_a_report_after_the_digest_came_in_late_and_still_keeps_the_promise(circle):
    await circle.run("@amina /week plan asks:2", "at 2026-03-16T12:31")
    assert "My week of 16 March 2026" in (await circle.one("@amina /week report asks:1")).text
    seen = await circle.one("@amina /week report asks:0 week:last")
    assert "This came late for the week of 9 March 2026. Thank you." in seen.text
    assert "Your promise was kept." in (await circle.one("@amina /week last")).text


@pytest.mark.parametrize(
    ("label", "answer", "history"),
    [
        ("I reached it", "Well done. You reached your number.", "promise kept"),
        ("None yet", "Thank you for telling me. Your promise is kept.", "promise kept"),
        ("Pause a week", "The week of 9 March 2026 is a pause. You keep your weeks in a row.", "pause"),
    ],
)
async def test_the_sunday_question_is_answered_by_one_press(circle, label, answer, history):
    await plan_and_agree(circle)
    (question,) = await circle.run("at 2026-03-15T17:00")
    assert [shown for shown, _ in question.buttons] == ["I reached it", "I did some", "None yet", "Pause a week"]
    assert answer in (await circle.one(f'@amina press "{label}"')).text
    weeks = (await circle.one("@amina /week history")).text
    assert next(line for line in weeks.splitlines() if "9 March" in line).endswith(history)
    assert not [message for message in await circle.run("at 2026-03-16T10:30") if message.to == "@amina"]


async def test_some_asks_how_many(circle):
    await plan_and_agree(circle, 3)
    await circle.run("at 2026-03-15T17:00")
    seen = await circle.one('@amina press "I did some"')
    assert [field.name for field in seen.form.fields] == ["asks"]
    assert "Your promise is kept." in (await circle.one("@amina fill asks:1")).text


async def test_after_sunday_the_next_week_is_planned_and_help_can_be_asked(circle):
    await plan_and_agree(circle)
    await circle.run("at 2026-03-15T17:00")
    seen = await circle.one('@amina press "I reached it"')
    assert [label for label, _ in seen.buttons] == [
        "Who is next?",
        "Plan my week",
        "I need help with something",
        "Take it back",
    ]
    await circle.run('@amina press "Plan my week"')
    assert "My week of 16 March 2026" in (await circle.one("@amina fill asks:1")).text
    await circle.run('@amina press "I need help with something"')
    seen = await circle.one('@amina fill help:"I need names."')
    assert "I noted it for you." in seen.text
    exported = (await circle.one("@amina /me export")).files[0].content
    assert "I need names." in exported
    assert '"outcome": "reached"' in exported
    assert "Your list is empty." in (await circle.one('@amina press "Who is next?"')).text
    assert "Tip" in (await circle.one('@amina press "Read a tip"')).text


async def test_help_can_be_asked_before_a_report(circle):
    await circle.run("@amina /week plan asks:2", "@amina /week report asks:1")
    await circle.run('@amina press "I need help with something"', '@amina fill help:"Where?"')
    seen = await circle.one('@amina /week report asks:0 help:"Names"')
    assert "I need help with something" not in [label for label, _ in seen.buttons]


async def test_a_plan_for_next_week_leaves_this_week_alone(circle):
    await plan_and_agree(circle)
    seen = await circle.one("@amina /week plan asks:5 week:next")
    assert "My week of 16 March 2026" in seen.text
    (sunday,) = await circle.run("at 2026-03-15T18:00")
    assert "You planned 2 asks." in sunday.text
    letters = [letter for letter in await circle.run("at 2026-03-22T18:00") if letter.to == "@amina"]
    assert ["You planned 2 asks." in letter.text for letter in letters] == [True, False]
    assert "You planned 5 asks." in letters[1].text


async def test_a_plan_made_on_monday_morning_leaves_the_reminder_for_last_week(circle):
    await plan_and_agree(circle)
    await circle.run("at 2026-03-16T09:00", "@amina /week plan asks:1")
    (reminder,) = await circle.run("at 2026-03-16T10:00")
    assert "Last week: how did it go?" in reminder.text
    assert "You planned 2 asks." in reminder.text


async def test_a_streak_counts_kept_weeks_and_waits_in_a_pause(circle):
    await circle.run("@amina /week plan asks:1", "@amina /week report asks:0")
    await circle.run("at 2026-03-16T13:00", "@amina /week plan asks:1")
    seen = await circle.one("@amina /week report asks:1")
    assert "2 weeks in a row with your promise kept." in seen.text
    await circle.run("at 2026-03-23T13:00", "@amina /me pause", "at 2026-03-30T13:00", "@amina /week plan asks:1")
    assert "3 weeks in a row" in (await circle.one("@amina /week report asks:0")).text
    assert "23 March 2026: pause" in (await circle.one("@amina /week history")).text


async def test_last_week_says_a_start_then_a_best(circle):
    weeks = ((9, 1), (16, 1), (23, 3))
    answers = []
    for day, number in weeks:
        await circle.run(f"at 2026-03-{day:02}T13:00")
        for n in range(number):
            await circle.run(f'@amina /lead add name:"{"abc"[n]}{day}" organisation:"Nordik" why:"x"')
        answers.append((await circle.one("@amina /board me")).text)
        await circle.run(f"at 2026-03-{day + 7}T13:00")
        answers.append((await circle.one("@amina /week last")).text)
    assert ["This is a start." in text for text in answers[1::2]] == [True, True, False]
    assert ["This is your personal best." in text for text in answers] == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((), "You had no plan for that week."),
        (("@amina /week plan asks:2",), "You can still report. A zero counts too."),
        (("@amina /week plan asks:0",), "Your promise was kept."),
        (("@amina /week plan asks:2", "@amina /me pause"), "You paused that week."),
    ],
)
async def test_last_week_is_told_without_blame(circle, lines, sentence):
    await circle.run(*lines, "at 2026-03-16T13:00")
    seen = await circle.one("@amina /week last")
    assert sentence in seen.text
    for label, _ in seen.buttons:
        assert (await circle.one(f'@amina press "{label}"')).form is not None


async def test_no_weeks_yet_says_what_to_do(circle):
    seen = await circle.one("@amina /week history")
    assert "There is nothing in your last eight weeks yet." in seen.text
    assert "Make your first plan. Two asks are enough." in seen.text
    assert (await circle.one('@amina press "Plan my week"')).form is not None


async def test_the_last_eight_weeks_are_listed_from_the_first_one_on(circle):
    await circle.run('@amina /lead add name:"Dana" organisation:"Nordik" why:"x"', "@amina /ask sent dana")
    seen = await circle.one("@amina /week history")
    assert seen.text.endswith("\n\n- 9 March 2026: 1 lead, 1 ask, 0 meetings")
    await circle.run("at 2026-03-23T10:00")
    seen = await circle.one("@amina /week history")
    assert seen.text.count("\n- ") == 3
    assert "- 16 March 2026: 0 leads, 0 asks, 0 meetings" in seen.text
    await circle.run("at 2026-06-01T10:00", "@amina /ask sent dana")
    assert (await circle.one("@amina /week history")).text.count("\n- ") == 8


async def test_settings_stop_the_sunday_question(circle):
    await plan_and_agree(circle)
    await circle.run("@amina /me settings checkins:no")
    assert not [message for message in await circle.run("at 2026-03-16T13:00") if message.to == "@amina"]
