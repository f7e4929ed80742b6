"""Somebody who is merely alike is asked about: the same or another; an organisation alone is asked for the person."""

import pytest

DUNG = '/lead add name:"Nguyễn Văn Dũng" organisation:"Bell" why:"built the network"'
ALIKE = '/lead add name:"Nguyễn Văn Dung" organisation:"Bell" why:"runs the tests" knows_term:yes'


@pytest.fixture
async def amina(circle):
    await circle.run(f"@amina {DUNG}")
    return circle


async def test_who_is_alike_is_asked_about_and_nothing_is_added_yet(amina):
    seen = await amina.one(f"@amina {ALIKE}")
    assert "You have Nguyễn Văn Dũng, Bell on your list." in seen.text
    assert "Is it the same person?" in seen.text
    assert [label for label, _ in seen.buttons] == ["Yes, the same person", "No, another person"]
    assert "1 person on your list" in (await amina.one("@amina /lead list")).text


async def test_another_person_is_added_with_everything_that_was_typed_and_is_not_asked_about_again(amina):
    await amina.run(f"@amina {ALIKE}")
    seen = await amina.one('@amina press "No, another person"')
    assert "Nguyễn Văn Dung, Bell is on your list." in seen.text
    shown = await amina.one('@amina /lead show lead:"Nguyễn Văn Dung"')
    assert "Why: runs the tests" in shown.text
    assert "Why: built the network" in (await amina.one('@amina /lead show lead:"nguyễn văn dũng"')).text
    assert "2 people on your list" in (await amina.one("@amina /lead list")).text
    assert "is on your list already" in (await amina.one(f"@amina {ALIKE}")).text
    assert "is on your list already" in (await amina.one(f"@amina {DUNG}")).text


async def test_the_same_person_changes_nothing_keeps_the_new_words_at_hand_and_is_asked_once(amina):
    await amina.run(f"@amina {ALIKE}")
    seen = await amina.one('@amina press "Yes, the same person"')
    assert "Nguyễn Văn Dũng, Bell is on your list already. Nothing changed." in seen.text
    form = (await amina.one('@amina press "Use my new words"')).form
    assert {field.name: field.value for field in form.fields}["why"] == "runs the tests"
    assert {field.name: field.value for field in form.fields}["name"] == "Nguyễn Văn Dũng"
    assert "Why: runs the tests" in (await amina.one("@amina fill")).text
    assert "is on your list already" in (await amina.one(f"@amina {ALIKE}")).text
    assert "1 person on your list" in (await amina.one("@amina /lead list")).text


async def test_the_answer_can_be_typed_with_the_name(amina):
    assert "Bell is on your list." in (await amina.one(f"@amina {ALIKE} same:autre")).text
    line = '/lead add name:"Nguyen Van Dung" organisation:"Bell" why:"x"'
    seen = await amina.one(f"@amina {line}")
    assert "Is it one of them?" in seen.text
    labels = [label for label, _ in seen.buttons]
    assert sorted(labels) == [
        "No, another person",
        "The same as Nguyễn Văn Dung, Bell",
        "The same as Nguyễn Văn Dũng, Bell",
    ]
    seen = await amina.one('@amina press "The same as Nguyễn Văn Dung, Bell"')
    assert "Nguyễn Văn Dung, Bell is on your list already." in seen.text


async def test_a_name_from_another_keyboard_is_asked_about(circle):
    await circle.run('@amina /lead add name:"علی کریمی" organisation:"Nordik" why:"x"')
    seen = await circle.one('@amina /lead add name:"علي كريمي" organisation:"Nordik" why:"x"')
    assert "Is it the same person?" in seen.text


async def test_one_members_answer_is_not_anothers(amina):
    await amina.run(f"@amina {ALIKE}", '@amina press "Yes, the same person"', f"@omar {DUNG}")
    assert "Is it the same person?" in (await amina.one(f"@omar {ALIKE}")).text
    assert "Bell is on your list." in (await amina.one(f"@li {ALIKE}")).text


async def test_a_changed_name_is_asked_about_too(amina):
    await amina.run('@amina /lead add name:"Tom" organisation:"Bell" why:"x"')
    seen = await amina.one('@amina /lead edit tom name:"Nguyen Van Dung" notes:"likes rivers"')
    assert "Is it the same person?" in seen.text
    seen = await amina.one('@amina press "Yes, the same person"')
    assert "Two entries cannot be the same person." in seen.text
    await amina.run('@amina /lead edit tom name:"Nguyên Van Dung" notes:"likes rivers"')
    seen = await amina.one('@amina press "No, another person"')
    assert "Nguyên Van Dung, Bell" in seen.text
    assert "Notes: likes rivers" in seen.text
    assert "Saved." in (await amina.one('@amina /lead edit "Nguyễn Văn Dũng Bell" name:"nguyễn văn dũng"')).text


async def test_another_person_stays_another_when_a_name_is_changed_back(amina):
    await amina.run(f"@amina {ALIKE}", '@amina press "No, another person"')
    await amina.run('@amina /lead edit lead:"Nguyễn Văn Dung" name:"Tom"')
    seen = await amina.one('@amina /lead edit lead:"Tom" name:"Nguyễn Văn Dung"')
    assert "Saved." in seen.text


@pytest.mark.parametrize("name", ["Nordik", "NORDIK", "Nordik Inc.", "Nordik ltée"])
async def test_an_organisation_alone_is_asked_for_the_person(circle, name):
    seen = await circle.one(f'@amina /lead add name:"{name}" organisation:"Nordik" why:"builds sensors"')
    assert seen.error == "bad-value"
    assert f"{name} is an organisation. Who is the person there?" in seen.text.replace("..", ".")
    assert "Your list is empty." in (await circle.one("@amina /lead list")).text
    assert {field.name: field.value for field in seen.form.fields} == {
        "name": name,
        "organisation": "Nordik",
        "why": "builds sensors",
    }
    seen = await circle.one('@amina fill name:"Dana R."')
    assert "Dana R., Nordik is on your list." in seen.text


async def test_a_title_alone_is_asked_for_the_name(circle):
    seen = await circle.one('@amina /lead add name:"Mr." organisation:"Nordik" why:"builds sensors"')
    assert (seen.error, "Mr. is a title. What is the name of this person?" in seen.text) == ("bad-value", True)
    assert {field.name: field.value for field in seen.form.fields}["name"] == "Mr."
    seen = await circle.one('@amina fill name:"Dr Strange"')
    assert "Dr Strange, Nordik is on your list." in seen.text


async def test_a_person_cannot_be_changed_into_a_title(amina):
    seen = await amina.one('@amina /lead edit "Nguyễn Văn Dũng" name:"Dr."')
    assert "Dr. is a title." in seen.text
    await amina.run("@amina speaks fr")
    seen = await amina.one('@amina /personne ajouter nom:"Me" employeur:"Nordik" pourquoi:"conseille"')
    assert "« Me » est un titre. Quel est le nom de cette personne ?" in seen.text


async def test_a_person_cannot_be_changed_into_their_organisation(amina):
    seen = await amina.one('@amina /lead edit "Nguyễn Văn Dũng" name:"Bell Inc."')
    assert "Who is the person there?" in seen.text
    assert "Nguyễn Văn Dũng, Bell" in (await amina.one("@amina /lead list")).text
