"""/ask draft: a first message from the member's own answers, which the bot never sends."""

ANSWERS = 'eye:"your talk about the river sensor" share:"Laval" want:"how you tested it in winter"'


async def test_amina_answers_five_questions_and_gets_two_lengths_to_copy(amina):
    seen = await amina.one("@amina /ask draft dana")
    assert [field.name for field in seen.form.fields] == ["eye", "share", "want", "minutes", "how"]
    assert [field.value for field in seen.form.fields] == ["built the river sensor", "", "", "20", "call"]
    seen = await amina.one(f"@amina fill {ANSWERS} how:coffee")
    message, note = seen.files
    assert (message.name, note.name) == ("message.txt", "note.txt")
    assert message.content.startswith("Hello Dana,\n")
    assert "Would you have 20 minutes for a coffee?" in message.content
    assert len(message.content.split()) <= 75
    assert len(note.content) <= 301
    assert message.content.strip() in seen.text
    assert note.content.strip() in seen.text
    assert "Copy it and send it yourself. I never write to anybody." in seen.text


async def test_what_she_did_not_answer_stands_in_brackets(amina):
    seen = await amina.one('@amina /ask draft dana share:"Laval"')
    assert "[what you like about their work]" in seen.text
    assert "Would you have [how many] minutes for [a call, a coffee]?" in seen.text
    assert "We also have something in common: Laval." in seen.text


async def test_one_press_tells_that_it_was_sent_and_with_which_words(amina):
    await amina.run(f"@amina /ask draft dana {ANSWERS} minutes:20 how:coffee")
    assert "You asked Dana R. on" in (await amina.one('@amina press "I sent it"')).text
    export = await amina.one("@amina /me export")
    assert '"wording": "coffee"' in export.files[0].content


async def test_she_changes_one_answer_and_keeps_the_others(amina):
    await amina.run(f"@amina /ask draft dana {ANSWERS} minutes:15 how:chat")
    seen = await amina.one('@amina press "Change my answers"')
    values = {field.name: field.value for field in seen.form.fields}
    assert values["want"] == "how you tested it in winter"
    assert values["minutes"] == "15"
    seen = await amina.one('@amina fill share:"rivers"')
    assert "We also have something in common: rivers." in seen.text
    assert "how you tested it in winter" in seen.text
    assert "15 minutes for a casual chat" in seen.text


async def test_a_draft_for_who_was_closed_since_shows_their_name_and_no_id(amina):
    await amina.run('@amina /lead add name:"Luc" organisation:"Hydro" why:"rivers"')
    await amina.run(f"@amina /ask draft dana {ANSWERS} minutes:15 how:chat", "@amina /lead close dana reason:done")
    seen = await amina.one('@amina press "Change my answers"')
    asked = {field.name: field for field in seen.form.fields}["lead"]
    assert asked.problem is not None
    assert asked.value == "Dana R."


async def test_the_message_may_be_in_the_other_language(amina):
    seen = await amina.one(f"@amina /ask draft dana {ANSWERS} minutes:20 how:call language:fr")
    assert "Auriez-vous 20 minutes pour un court appel ?" in seen.text
    assert "Copy it and send it yourself." in seen.text


async def test_without_a_name_the_form_first_asks_whom_and_then_for_the_answers(amina):
    seen = await amina.one("@amina /ask draft")
    assert [(field.name, [offer.label for offer in field.offers]) for field in seen.form.fields] == [
        ("lead", ["Dana R. · Nordik"])
    ]
    answers = await amina.one("@amina fill lead:dana")
    assert [field.name for field in answers.form.fields] == ["eye", "share", "want", "minutes", "how"]
    assert answers.form.fields[0].value == "built the river sensor"
    assert "Your draft for Dana R." in (await amina.one('@amina fill share:"rivers"')).text


async def test_with_an_empty_list_the_first_step_is_a_person(circle):
    seen = await circle.one("@omar /ask draft")
    assert "First add the person you want to talk with." in seen.text
    assert [label for label, _ in seen.buttons] == ["Add a person"]


async def test_a_request_for_a_job_in_the_answers_is_pointed_out(amina):
    seen = await amina.one('@amina /ask draft dana want:"if there is any vacancy in your company"')
    assert "This asks for a job:" in seen.text


async def test_another_member_cannot_draft_for_her_person(amina):
    lead = (await amina.one("@amina suggest /lead show lead:da")).suggestions
    assert lead
    assert (await amina.one("@omar /ask draft dana")).error == "not-found"


async def test_no_contact_goes_into_a_draft(amina):
    seen = await amina.one('@amina /ask draft dana share:"dana@nordik.example"')
    assert "I do not keep e-mail addresses or phone numbers" in seen.text
    assert not seen.files


async def test_what_is_kept_for_a_change_is_locked_and_does_not_stay(amina):
    await amina.run('@amina /ask draft dana eye:"Zqcanary talk" minutes:20')
    assert b"Zqcanary" not in amina.stored
    await amina.run("at 2026-03-16T13:00")
    seen = await amina.one('@amina press "Change my answers"')
    assert seen.error == "stale-button"
