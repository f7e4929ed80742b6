"""/meeting undo: what happened with the person since the meeting was told stays as it is."""

from tests.support.console import Console

LOG = "@amina /meeting log dana reached:yes"
PLAN = '@amina /meeting plan dana when:"{when}"'


async def test_a_talk_that_was_planned_since_is_the_only_one_that_is_planned(amina: Console) -> None:
    await amina.run(PLAN.format(when="2026-03-12 15:00"), LOG, PLAN.format(when="2026-03-13 15:00"))
    await amina.run("@amina /meeting undo")
    listed = (await amina.one("@amina /meeting list")).text
    assert "1 meeting\n" in listed
    assert "Dana R.: planned for Friday 13 March 2026" in listed
    await amina.run("@amina /meeting cancel dana")
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text


async def test_who_was_closed_since_stays_closed(amina: Console) -> None:
    await amina.run(PLAN.format(when="2026-03-12 15:00"), LOG, "@amina /lead close dana reason:done")
    seen = await amina.one("@amina /meeting undo")
    assert "It counts no more." in seen.text
    assert "Open again" in [label for label, _ in seen.buttons]
    assert "Stage: closed" in (await amina.one("@amina /lead show dana")).text
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text


async def test_the_thank_you_for_a_later_talk_stays_due(amina: Console) -> None:
    await amina.run("@amina /ask sent dana", "@amina /meeting log dana reached:yes when:yesterday")
    first = await amina.one(LOG)
    assert "I remind you on: Tuesday 10 March 2026" in first.text
    await amina.run('@amina /meeting log dana reached:yes when:"friday"')
    await amina.run("@amina /meeting undo", "at 2026-03-09T09:02", "@amina /meeting undo")
    assert "Sunday 8 March 2026" in (await amina.one("@amina /meeting list")).text
    await amina.run("at 2026-03-09T09:04", "@amina /meeting undo")
    assert "Stage: asked" in (await amina.one("@amina /lead show dana")).text


async def test_taking_back_the_first_of_two_leaves_what_the_second_made_due(amina: Console) -> None:
    await amina.run("@amina /ask sent dana", "@amina /meeting log dana reached:yes when:yesterday")
    seen = await amina.one(LOG)
    assert "Because: you met, so say thank you" in seen.text
    doubt = await amina.one("@amina /meeting log dana reached:yes when:yesterday")
    assert "You told me already" in doubt.text
    await amina.run('@amina press "Take it back"')
    shown = (await amina.one("@amina /lead show dana")).text
    assert "Stage: met" in shown
    assert "you met, so say thank you" in shown
    await amina.run("@amina /meeting undo")
    assert "Stage: asked" in (await amina.one("@amina /lead show dana")).text


async def test_a_message_sent_since_is_still_waited_for(amina: Console) -> None:
    await amina.run(LOG, "@amina /ask sent dana")
    await amina.run("@amina /meeting undo")
    shown = (await amina.one("@amina /lead show dana")).text
    assert "Stage: asked" in shown
    assert "Due: Monday 16 March 2026" in shown


async def test_a_message_told_the_day_after_the_talk_is_waited_for_from_its_own_day(amina: Console) -> None:
    await amina.run(LOG, "at 2026-03-10T08:30", "@amina /ask sent dana when:yesterday")
    await amina.run("@amina /meeting undo")
    assert "Due: Monday 16 March 2026" in (await amina.one("@amina /lead show dana")).text
    await amina.run("@amina /ask undo")
    assert "Stage: new" in (await amina.one("@amina /lead show dana")).text


async def test_what_was_prepared_since_is_for_the_talk_that_is_planned_again(amina: Console) -> None:
    await amina.run(PLAN.format(when="2026-03-12 15:00"), LOG, '@amina /meeting prep dana goal:"how to begin"')
    await amina.run("@amina /meeting undo")
    listed = (await amina.one("@amina /meeting list")).text
    assert "1 meeting\n" in listed
    assert "planned for Thursday 12 March 2026" in listed
    assert "how to begin" in (await amina.run("at 2026-03-11T18:00"))[-1].text
