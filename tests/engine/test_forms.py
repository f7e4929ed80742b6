"""A form is another way to collect the values of a command; nothing a person typed is lost on the way."""

from dataclasses import replace

import pytest

from bot.engine.invocation import PressedButton, SubmittedForm, TypedLine
from bot.ui.voice import say
from tests.support.console import Console, button, said

DANA = '/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


def shown(form) -> dict[str, str]:
    return {field.name: field.value for field in form.fields}


def problems(form) -> dict[str, str]:
    return {field.name: say(field.problem, "en") for field in form.fields if field.problem}


async def test_a_form_opens_for_what_is_missing_with_what_was_given(circle: Console) -> None:
    seen = await circle.one('@amina /lead add name:"Dana R."')
    assert seen.form is not None
    assert shown(seen.form) == {"name": "Dana R.", "organisation": "", "why": ""}
    assert [field.required for field in seen.form.fields] == [True, True, True]
    sent = await circle.one('@amina fill organisation:"Nordik" why:"built the river sensor"')
    assert "Dana R., Nordik is on your list." in sent.text


async def test_what_a_form_can_carry_is_not_asked_again(circle: Console) -> None:
    seen = await circle.one('@amina /lead add name:"Dana R." knows_term:yes')
    assert "knows_term" not in shown(seen.form)
    sent = await circle.one('@amina fill organisation:"Nordik" why:"built the river sensor"')
    assert sent.error is None
    assert shown((await circle.one("@amina /lead edit lead:dana")).form)["knows_term"] == "yes"


@pytest.mark.parametrize("channel", ["général", "the-monday-digest-of-our-circle"])
async def test_a_value_that_no_form_can_carry_stands_in_the_form(circle: Console, channel: str) -> None:
    seen = await circle.one(f"@organiser /community setup channel:#{channel} language:en")
    assert shown(seen.form)["channel"] == f"#{channel}"
    assert "language" not in shown(seen.form)
    assert f"#{channel}" in (await circle.one("@organiser fill zone:Toronto")).text


async def test_changing_what_was_typed_asks_for_all_of_it(circle: Console) -> None:
    line = "/community setup channel:#digest zone:Toronto language:en digest_at:late"
    refused = await circle.answer(TypedLine(line), who="omar", organiser=True)
    edit = await circle.answer(PressedButton(refused.again or ""), who="omar", organiser=True)
    assert shown(edit.form) == {
        "channel": "#digest",
        "zone": "Toronto",
        "language": "en",
        "second_language": "",
        "digest_at": "late",
    }


async def test_problems_stand_at_their_field_and_everything_typed_stays(circle: Console) -> None:
    await circle.run("@amina /lead add")
    seen = await circle.one(f'@amina fill name:"Dana R." organisation:"{"x" * 81}" why:"dana@example.com"')
    assert seen.error == "too-long"
    assert seen.form is not None
    assert shown(seen.form) == {"name": "Dana R.", "organisation": "x" * 81, "why": "dana@example.com"}
    assert set(problems(seen.form)) == {"organisation", "why"}
    again = await circle.one('@amina fill organisation:"Nordik" why:"built the river sensor"')
    assert again.error is None
    assert "Dana R., Nordik" in again.text


async def test_the_edit_button_opens_the_form_with_everything_typed(circle: Console) -> None:
    refused = await circle.answer(TypedLine('/lead add name:"Dana R." organisation:Nordik why:"' + "x" * 301 + '"'))
    assert refused.again is not None
    edit = await circle.answer(PressedButton(refused.again))
    assert edit.form is not None
    assert shown(edit.form) == {"name": "Dana R.", "organisation": "Nordik", "why": "x" * 301}
    saved = await circle.answer(SubmittedForm(edit.form.token, {**shown(edit.form), "why": "built the river sensor"}))
    assert "Dana R., Nordik is on your list." in said(saved)


async def test_the_edit_button_asks_again_for_a_person_who_is_not_on_the_list(circle: Console) -> None:
    await circle.run(f"@amina {DANA}")
    refused = await circle.answer(TypedLine('/meeting plan lead:zebra when:"tomorrow 15:00" place:phone'))
    edit = await circle.answer(PressedButton(refused.again or ""))
    assert edit.form is not None
    assert shown(edit.form) == {"lead": "zebra", "when": "tomorrow 15:00", "place": "phone"}
    assert problems(edit.form) == {"lead": "I could not find this person on your list."}
    planned = await circle.answer(SubmittedForm(edit.form.token, {**shown(edit.form), "lead": "dana"}))
    assert "You meet Dana R., Nordik." in said(planned)


async def test_a_draft_is_for_its_owner_and_for_a_day(circle: Console) -> None:
    refused = await circle.answer(TypedLine("/week plan asks:many"))
    token = refused.again or ""
    assert (await circle.answer(PressedButton(token), who="omar")).reply.error == "stale-button"
    assert (await circle.answer(PressedButton(token), community="elsewhere")).reply.error == "stale-button"
    assert (await circle.answer(PressedButton(token))).form is not None
    await circle.run("@amina /week plan asks:2", "at 2026-03-18T12:30")
    gone = await circle.answer(PressedButton(token))
    assert gone.reply.error == "stale-button"
    assert "Please type it again." in said(gone)


async def test_a_draft_works_after_a_restart(circle: Console) -> None:
    refused = await circle.answer(TypedLine("/week plan asks:many sentence:slowly"))
    await circle.run("restart")
    edit = await circle.answer(PressedButton(refused.again or ""))
    assert edit.form is not None
    assert shown(edit.form) == {"asks": "many", "leads": "", "meetings": "", "sentence": "slowly"}


async def test_of_what_could_be_meant_the_member_presses_one(circle: Console) -> None:
    await circle.run(f"@amina {DANA}", f"@amina {DANA.replace('Nordik', 'Hydro')}")
    asked = await circle.one("@amina /ask sent lead:dana wording:chat")
    assert asked.error == "bad-value"
    assert [label for label, _ in asked.buttons] == ["Dana R. · Hydro", "Dana R. · Nordik"]
    reply = await circle.one('@amina press "Dana R. · Hydro"')
    assert "You asked Dana R." in reply.text
    assert "Hydro: asked" in (await circle.one("@amina /lead list")).text
    assert "Nordik: new" in (await circle.one("@amina /lead list")).text


async def test_a_doubtful_hour_is_asked_and_the_press_keeps_the_rest(circle: Console) -> None:
    await circle.run(f"@amina {DANA}")
    asked = await circle.one('@amina /meeting plan lead:dana when:"tomorrow 3:00" place:"phone"')
    assert [label for label, _ in asked.buttons] == [
        "Tuesday 10 March 2026 at 3:00 PM, Toronto time",
        "Tuesday 10 March 2026 at 3:00 AM, Toronto time",
    ]
    reply = await circle.one('@amina press "Tuesday 10 March 2026 at 3:00 PM, Toronto time"')
    assert "phone" in reply.text


async def test_a_choice_beyond_those_offered_is_gone(circle: Console) -> None:
    await circle.run(f"@amina {DANA}")
    asked = await circle.answer(TypedLine('/meeting plan lead:dana when:"tomorrow 3:00"'))
    label = "Tuesday 10 March 2026 at 3:00 PM, Toronto time"
    assert said(await circle.answer(PressedButton(button(asked, label).token))).startswith("You meet")


async def test_a_prefilled_form_shows_what_is_kept(circle: Console) -> None:
    await circle.run(f"@amina {DANA}")
    await circle.run("@amina /lead show lead:dana")
    edit = await circle.one('@amina press "Edit"')
    assert edit.form is not None
    assert shown(edit.form)["why"] == "built the river sensor"
    saved = await circle.one('@amina fill notes:"likes rivers"')
    assert "likes rivers" in saved.text
    assert "built the river sensor" in saved.text


async def test_a_form_takes_only_what_it_asks_for(circle: Console) -> None:
    await circle.run(f"@amina {DANA}", f"@amina {DANA.replace('Dana R.', 'Priya')}")
    await circle.run("@amina /lead show lead:dana")
    edit = await circle.one('@amina press "Edit"')
    assert edit.form is not None
    seen = await circle.answer(SubmittedForm(edit.form.token, {"lead": "priya", "why": "new words", "evil": "1"}))
    assert "Dana R." in said(seen)
    assert "built the river sensor" in (await circle.one("@amina /lead show lead:priya")).text


async def test_an_empty_form_is_told_what_is_missing(circle: Console) -> None:
    opened = await circle.one("@amina /lead add")
    assert opened.form is not None
    seen = await circle.answer(SubmittedForm(opened.form.token, {"name": "  ", "organisation": "", "why": ""}))
    assert seen.reply.error == "missing-value"
    assert said(seen).count("please write an answer") == 3


async def test_secrets_and_contacts_are_not_even_kept_in_a_draft(circle: Console) -> None:
    line = '/lead add name:"Dana R." organisation:"{}" why:"met her, dana@example.com, +1 514 555 0199, at a fair"'
    refused = await circle.answer(TypedLine(line.format("xoxb-123456789012-abcdefgh")))
    assert refused.reply.error == "bad-value"
    edit = await circle.answer(PressedButton(refused.again or ""))
    assert edit.form is not None
    assert shown(edit.form)["organisation"] == ""
    assert shown(edit.form)["name"] == "Dana R."
    assert "example.com" not in str(shown(edit.form))
    assert "0199" not in str(shown(edit.form))
    assert "met her," in shown(edit.form)["why"]


@pytest.mark.parametrize("line", ["/lead next", "/lead list", "/week history", "/me inbox", "/help"])
async def test_a_command_that_needs_nothing_opens_no_form(circle: Console, line: str) -> None:
    assert (await circle.one(f"@amina {line}")).form is None


async def test_what_an_adapter_may_know_early_is_what_happens(circle: Console) -> None:
    """The plan, made from the declaration alone, agrees with the answer."""
    opened = await circle.one("@amina /lead add")
    invocation = circle.session.screen.last
    assert invocation is not None
    dispatcher = circle.session.circle.dispatcher
    assert dispatcher.plan(invocation).opens_form
    assert opened.form is not None
    sent = replace(invocation, request=SubmittedForm(opened.form.token, {}))
    assert not dispatcher.plan(sent).opens_form
    assert not dispatcher.plan(replace(invocation, request=TypedLine("/nonsense"))).opens_form
    assert dispatcher.plan(replace(invocation, request=TypedLine("/community tips"))).needs_organiser


async def test_what_only_the_whole_command_shows_to_be_wrong_is_kept_to_be_changed(circle: Console) -> None:
    await circle.run(f"@amina {DANA}", f"@amina {DANA.replace('Dana R.', 'Tom')}")
    refused = await circle.answer(TypedLine('/lead edit lead:tom name:"Dana R." notes:"likes rivers"'))
    assert "is on your list already." in said(refused)
    edit = await circle.answer(PressedButton(refused.again or ""))
    assert edit.form is not None
    assert (shown(edit.form)["name"], shown(edit.form)["notes"]) == ("Dana R.", "likes rivers")
    saved = await circle.answer(SubmittedForm(edit.form.token, {**shown(edit.form), "name": "Tom W."}))
    assert "Tom W., Nordik" in said(saved)
    assert "likes rivers" in said(saved)


async def test_what_a_form_neither_shows_nor_carries_comes_with_it_all_the_same(circle: Console) -> None:
    await circle.run(f"@amina {DANA}")
    opened = await circle.one('@amina /meeting log want:"to test software" no_longer:"night work"')
    assert opened.form is not None
    assert "want" not in shown(opened.form)
    await circle.run("restart")
    await circle.run("@amina fill lead:dana reached:yes")
    compass = (await circle.one("@amina /me compass")).text
    assert "to test software" in compass
    assert "night work" in compass


async def test_a_value_no_form_asks_for_is_asked_when_it_is_wrong(circle: Console) -> None:
    seen = await circle.one('@amina /lead add name:"Dana R." organisation:Nordik when:"31 february"')
    assert seen.form is not None
    assert (shown(seen.form)["why"], shown(seen.form)["when"]) == ("", "31 february")
    assert problems(seen.form) == {"when": "This day does not exist: 31 february."}
    added = await circle.one("@amina fill why:rivers when:yesterday")
    assert "Dana R., Nordik is on your list." in added.text


async def test_of_many_that_could_be_meant_all_are_offered(circle: Console) -> None:
    for n in range(7):
        await circle.run(f'@amina /lead add name:"Dana {chr(65 + n)}" organisation:"Nordik" why:"rivers"')
    asked = await circle.one("@amina /ask sent lead:dana wording:chat")
    assert {label for label, _ in asked.buttons} == {f"Dana {chr(65 + n)} · Nordik" for n in range(7)}
    assert "You asked Dana G" in (await circle.one('@amina press "Dana G · Nordik"')).text
