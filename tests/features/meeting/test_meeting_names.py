"""/meeting log names: each name is read, or put into a form to be checked; nothing that was typed is lost."""

import pytest


async def fields(circle, label: str) -> dict[str, str]:
    form = (await circle.one(f'@amina press "{label}"')).form
    assert [field.name for field in form.fields] == ["name", "organisation", "why"]
    return {field.name: field.value for field in form.fields}


async def test_names_with_particles_and_two_people_of_one_place_are_added_in_one_press(amina):
    seen = await amina.one(
        '@amina /meeting log dana reached:yes names:"María de la Cruz at Nordik; Tom and Ana at Bell"'
    )
    assert "New names:\n\n- María de la Cruz, Nordik\n- Tom, Bell\n- Ana, Bell" in seen.text
    seen = await amina.one('@amina press "Add 3 names to my list"')
    assert "3 new people are on your list." in seen.text
    assert "Ana, Bell" in (await amina.one("@amina /lead show ana")).text
    assert "María de la Cruz, Nordik" in (await amina.one("@amina /lead show maría")).text


async def test_names_with_two_readings_are_checked_one_by_one(amina):
    seen = await amina.one('@amina /meeting log dana reached:yes names:"Priya, Tom, Lee"')
    assert "- Priya, Nordik (please check)\n- Tom, Nordik (please check)\n- Lee, Nordik (please check)" in seen.text
    assert "I am not sure of 3 names. Please check them." in seen.text
    labels = [label for label, _ in seen.buttons]
    assert labels[:3] == ["Check Priya", "Check Tom", "Check Lee"]
    assert not any(label.startswith("Add") for label in labels)
    assert await fields(amina, "Check Priya") == {
        "name": "Priya",
        "organisation": "Nordik",
        "why": "Dana R. gave me this name.",
    }
    seen = await amina.one('@amina fill organisation:"Bell" why:"tests rivers"')
    assert "Priya is on your list." in seen.text
    assert [label for label, _ in seen.buttons][:2] == ["Check Tom", "Check Lee"]
    await fields(amina, "Check Tom")
    await amina.run("@amina fill")
    await fields(amina, "Check Lee")
    seen = await amina.one('@amina fill name:"Lee Wong"')
    assert "Lee Wong is on your list." in seen.text
    assert not any(label.startswith("Check") for label, _ in seen.buttons)
    shown = (await amina.one("@amina /lead list")).text
    assert all(new_name in shown for new_name in ("Priya, Bell", "Tom, Nordik", "Lee Wong, Nordik"))
    assert "Name given by: Dana R." in (await amina.one("@amina /lead show priya")).text


async def test_what_turns_out_to_be_a_place_is_not_asked_about_as_a_person(amina):
    await amina.run('@amina /meeting log dana reached:yes names:"Tom, Hydro; Ana at Bell"')
    seen = await amina.one('@amina press "Add 1 name to my list"')
    assert [label for label, _ in seen.buttons][:2] == ["Check Tom", "Check Hydro"]
    assert (await fields(amina, "Check Tom"))["organisation"] == "Hydro"
    seen = await amina.one("@amina fill")
    assert "Tom is on your list." in seen.text
    assert not any(label.startswith("Check") for label, _ in seen.buttons)


async def test_a_second_name_stays_to_be_checked_when_it_is_no_place(amina):
    await amina.run('@amina /meeting log dana reached:yes names:"Tom, Ana"')
    await fields(amina, "Check Tom")
    seen = await amina.one('@amina fill organisation:"Bell"')
    assert [label for label, _ in seen.buttons][:1] == ["Check Ana"]


async def test_a_name_that_is_alike_or_an_organisation_is_checked_too(amina):
    await amina.run('@amina /lead add name:"Nguyễn Văn Dũng" organisation:"Bell" why:"x"')
    seen = await amina.one(
        '@amina /meeting log dana reached:yes names:"Nguyễn Văn Dung at Bell; Hydro at Hydro; Noor at Bell"'
    )
    assert [label for label, _ in seen.buttons][:3] == [
        "Add 1 name to my list",
        "Check Nguyễn Văn Dung",
        "Check Hydro",
    ]
    await amina.run('@amina press "Check Nguyễn Văn Dung"')
    assert "Is it the same person?" in (await amina.one("@amina fill")).text
    seen = await amina.one('@amina press "No, another person"')
    assert "Nguyễn Văn Dung is on your list." in seen.text
    await amina.run('@amina press "Check Hydro"')
    seen = await amina.one("@amina fill")
    assert "Hydro is an organisation. Who is the person there?" in seen.text
    assert "Rosa is on your list." in (await amina.one('@amina fill name:"Rosa"')).text


async def test_two_names_of_one_meeting_that_are_alike_are_not_both_added_at_once(amina):
    await amina.run('@amina /meeting log dana reached:yes names:"Priya Sharma at Bell; Prya Sharma at Bell"')
    seen = await amina.one('@amina press "Add 2 names to my list"')
    assert "1 new person is on your list.\n\n- Priya Sharma" in seen.text
    assert [label for label, _ in seen.buttons][:1] == ["Check Prya Sharma"]


async def test_many_doubtful_names_each_get_a_button_in_turn(amina):
    seen = await amina.one('@amina /meeting log dana reached:yes names:"Ana, Bo, Cem, Dee, Eli"')
    assert [label for label, _ in seen.buttons][:4] == ["Check Ana", "Check Bo", "Check Cem", "Show the other names"]
    seen = await amina.one('@amina press "Show the other names"')
    assert [label for label, _ in seen.buttons][:3] == ["Check Dee", "Check Eli", "Show the other names"]
    seen = await amina.one('@amina press "Show the other names"')
    assert [label for label, _ in seen.buttons][:3] == ["Check Ana", "Check Bo", "Check Cem"]


async def test_a_name_that_was_dealt_with_says_so(amina):
    await amina.run('@amina /meeting log dana reached:yes names:"Tom, Hydro"')
    await amina.run('@amina press "Check Tom"', "@amina fill")
    seen = await amina.one('@amina press "Check Hydro"')
    assert "You already answered for this name." in seen.text


async def test_a_checked_name_is_thanked_for_as_it_was_put_right(amina):
    await amina.run('@amina /meeting log dana reached:yes names:"Tom, Hydro"')
    await amina.run('@amina press "Check Tom"', '@amina fill name:"Tom Roy"')
    exported = (await amina.one("@amina /me export")).files[0].content
    assert "Tom Roy | Hydro" in exported


async def test_names_that_wait_are_found_again_until_they_are_added_or_left_out(amina):
    await amina.run(
        '@amina /meeting log dana reached:yes when:yesterday names:"Priya at Acme; someone in HR; Lee Wong, Hydro"'
    )
    await amina.run("@amina /followup done dana", "restart")
    seen = await amina.one("@amina /lead next")
    assert "Dana R. gave you names that are not on your list yet." in seen.text
    assert "Dana R. gave you names" in (await amina.one("@amina /lead show dana")).text
    seen = await amina.one('@amina press "Show these names"')
    assert [label for label, _ in seen.buttons][:3] == [
        "Add 1 name to my list",
        "Check someone in HR",
        "Check Lee Wong",
    ]
    await amina.run('@amina press "Add 1 name to my list"')
    await fields(amina, "Check Lee Wong")
    seen = await amina.one("@amina fill")
    assert "- someone in HR, Nordik (please check)" in seen.text
    await amina.run('@amina press "Leave them out"')
    assert "gave you names" not in (await amina.one("@amina /lead show dana")).text
    assert "Priya" in (await amina.one("@amina /lead next")).text
    thanks = (await amina.one('@amina press "Draft a thank-you"')).text
    assert "Hello Dana,\n" in thanks
    assert "I will write to Priya and Lee Wong, as you said." in thanks
    assert (await fields(amina, "Check someone in HR"))["name"] == "someone in HR", "an old button still means them"
    assert "someone in HR is on your list." in (await amina.one("@amina fill")).text


async def test_nobody_is_left_out_without_a_word(amina):
    await amina.run('@amina /lead add name:"Tom" organisation:"Hydro" why:"x"', "@amina /lead close tom")
    seen = await amina.one(
        '@amina /meeting log dana reached:yes names:"Tom at Hydro; Dana R.; Priya at Acme; Tom at Hydro"'
    )
    assert "On your list already: Tom (closed) and Dana R." in seen.text
    assert "New names:\n\n- Priya, Acme" in seen.text
    await amina.run("@amina /meeting undo")
    seen = await amina.one('@amina /meeting log dana reached:yes names:"Dana R."')
    assert "On your list already: Dana R." in seen.text
    assert "New names" not in seen.text
    assert "gave you names" not in (await amina.one("@amina /lead show dana")).text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ana at Bell, Inc.", ["Ana, Bell, Inc."]),
        ("Ana at Bell, inc and Tom at Hydro", ["Ana, Bell, inc", "Tom, Hydro"]),
        ("Ana chez Café, Ltée", ["Ana, Café, Ltée"]),
    ],
)
async def test_a_legal_form_is_no_person(amina, typed, read):
    seen = await amina.one(f'@amina /meeting log dana reached:yes names:"{typed}"')
    assert "New names:\n\n" + "\n".join(f"- {new_name}" for new_name in read) + "\n" in seen.text + "\n"
    assert not any(label.startswith("Check") for label, _ in seen.buttons)
