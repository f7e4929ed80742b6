from typing import Any

from bot.features import everything
from tests.support.present import present
from tests.support.simulated import Simulated, drawn

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}


async def test_missing_values_open_a_form(server: Simulated):
    amina = server.someone("Amina")
    form = await server.type(amina, "lead add")
    assert form.form["title"] == "Add a person"
    assert list(form.asked) == ["name", "organisation", "why"]
    reply = await server.send(amina, form, DANA)
    assert "Dana R., Nordik is on your list." in reply.text
    assert reply.private


async def test_what_was_typed_already_stands_in_the_form(server: Simulated):
    form = await server.type(server.someone("Amina"), "lead add", name="Dana R.")
    assert form.asked["name"]["value"] == "Dana R."
    assert "value" not in form.asked["why"]


async def test_hints_beside_a_question_are_sentences_of_their_own(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    form = await server.type(amina, "ask draft", lead="dana")
    hints = {field["component"]["custom_id"]: field.get("description", "") for field in form.form["components"]}
    assert hints["share"] == "A place, a school, a person you both know, a hobby. At most 200 characters."
    assert hints["minutes"] == "From 5 to 60."


async def test_a_form_sent_after_a_restart_still_works(server: Simulated):
    amina = server.someone("Amina")
    form = await server.type(amina, "lead add")
    await server.restart()
    assert "Dana R., Nordik is on your list." in (await server.send(amina, form, DANA)).text


async def test_two_people_with_the_same_form_open_each_get_their_own(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    hers, his = await server.type(amina, "lead add"), await server.type(omar, "lead add")
    await server.send(amina, hers, DANA)
    await server.send(omar, his, {**DANA, "name": "Tom W."})
    assert "Dana R." in (await server.type(amina, "lead list")).text
    assert "Tom W." not in (await server.type(amina, "lead list")).text
    assert "Tom W." in (await server.type(omar, "lead list")).text


async def test_refused_values_come_back_behind_a_button(server: Simulated):
    amina = server.someone("Amina")
    why = "my number is 12, not +1 514 555 0199"
    form = await server.type(amina, "lead add")
    refused = await server.send(amina, form, {**DANA, "why": why})
    assert "I do not keep e-mail addresses or phone numbers" in refused.text
    assert refused.private
    assert refused.labels == ["Change what I typed"]
    await server.restart()
    again = await server.press(amina, refused, "Change what I typed")
    assert again.asked["name"]["value"] == "Dana R."
    assert again.asked["why"]["value"] == "my number is 12, not ", "but nothing that is never kept"
    reply = await server.send(amina, again, DANA)
    assert "Dana R., Nordik is on your list." in reply.text


async def test_a_typed_line_that_is_refused_comes_back_too(server: Simulated):
    amina = server.someone("Amina")
    refused = await server.type(amina, "lead add", **{**DANA, "why": "write to dana@nordik.example"})
    assert "I do not keep e-mail addresses" in refused.text
    again = await server.press(amina, refused, "Change what I typed")
    assert again.asked["name"]["value"] == DANA["name"]
    assert again.asked["why"]["value"].strip() == "write to", "but nothing that is never kept"


async def test_who_is_alike_is_asked_about_and_both_answers_keep_what_was_typed(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **{**DANA, "name": "José"})
    form = await server.type(amina, "lead add")
    asked = await server.send(amina, form, {**DANA, "name": "Jose", "why": "runs the tests"})
    assert "You have José, Nordik on your list." in asked.text
    assert asked.labels == ["Yes, the same person", "No, another person", "Change what I typed"]
    assert "Jose, Nordik is on your list." in (await server.press(amina, asked, "No, another person")).text
    assert "runs the tests" in (await server.type(amina, "lead show", lead="Jose")).text


async def test_an_organisation_alone_comes_back_in_the_form(server: Simulated):
    amina = server.someone("Amina")
    form = await server.type(amina, "lead add")
    refused = await server.send(amina, form, {**DANA, "name": "Nordik Inc."})
    assert "Who is the person there?" in refused.text
    again = await server.press(amina, refused, "Change what I typed")
    assert again.asked["why"]["value"] == DANA["why"]
    assert "Dana R., Nordik is on your list." in (await server.send(amina, again, DANA)).text


async def test_a_form_offers_ones_own_people_to_choose_from(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    for name in ("Dana R.", "Tom W."):
        await server.type(amina, "lead add", **{**DANA, "name": name})
    form = await server.type(amina, "lead show")
    options = {option["label"]: option["value"] for option in form.asked["lead"]["options"]}
    assert set(options) == {"Dana R. · Nordik", "Tom W. · Nordik"}
    assert "Tom W., Nordik" in (await server.send(amina, form, lead=[options["Tom W. · Nordik"]])).text
    nobody = await server.type(omar, "lead show")
    assert "Your list is empty." in nobody.text, "with nobody to choose from, no form asks whom"
    assert nobody.labels == ["Add a person"]


async def test_more_people_than_a_list_holds_are_typed_by_name(server: Simulated):
    amina = server.someone("Amina")
    for number in range(26):
        await server.type(amina, "lead add", **{**DANA, "name": f"Person {number:02}"})
    form = await server.type(amina, "lead show")
    assert form.asked["lead"]["type"] == 4
    doubtful = await server.send(amina, form, lead="person 1")
    assert "fits more than one" in doubtful.text
    first = doubtful.labels[0]
    chosen = await server.press(amina, doubtful, first)
    assert first.replace(" · ", ", ") in chosen.text
    # Which person is meant was the doubt, so the form asks for it again.
    again = await server.press(amina, doubtful, "Change what I typed")
    assert again.asked["lead"]["value"] == "person 1"


async def test_choices_are_chosen_and_what_was_kept_is_shown(server: Simulated):
    amina = server.someone("Amina")
    form = await server.type(amina, "start")
    assert form.asked["language"]["type"] == 21
    chosen = {
        "language": "en",
        "zone": "Montreal",
        "work": "I want to test software.",
        "number": "3",
        "board": ["name"],
    }
    reply = await server.send(amina, form, chosen)
    assert "Welcome, Amina" in reply.text
    again = await server.type(amina, "start")
    assert again.asked["work"]["value"] == "I want to test software."
    assert [option["value"] for option in again.asked["board"]["options"] if option["default"]] == ["name"]


async def test_a_form_behind_a_button_knows_what_the_button_meant(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    card = await server.type(amina, "lead show", lead="dana")
    form = await server.press(amina, card, "Edit")
    assert form.asked["why"]["value"] == DANA["why"]
    reply = await server.send(amina, form, {**values(form), "notes": "likes rivers"})
    assert "likes rivers" in reply.text


async def test_somebody_elses_form_is_refused_in_plain_words(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    hers, his = await server.type(amina, "lead add"), await server.type(omar, "lead add")
    present(his.result._interaction.modal)["custom_id"] = present(hers.form)["custom_id"]
    reply = await server.send(omar, his, DANA)
    assert "This button does not work any more." in reply.text
    assert "Your list is empty" in (await server.type(amina, "lead list")).text


async def test_every_form_of_the_bot_is_one_that_discord_takes(server: Simulated):
    olga = server.someone("Olga")
    opened = 0
    for command in everything().listed:
        if command.form is None or any(param.required and not param.rule.asked for param in command.params):
            continue
        shown = await server.type(olga, command.name)
        if shown.result.modal is None:
            assert shown.private, "there is nothing to ask yet, which is said privately"
            continue
        assert 1 <= len(shown.asked) <= 5, command.name
        opened += 1
    assert opened > 10


def values(form: Any) -> dict[str, Any]:
    """What a person sends who changes nothing."""
    filled: dict[str, Any] = {}
    for name, control in form.asked.items():
        chosen = [option["value"] for option in control.get("options", ()) if option.get("default")]
        if chosen or control.get("value"):
            filled[name] = (chosen if control["type"] == 3 else chosen[0]) if chosen else control["value"]
    return filled


async def test_drawing_leaves_no_marks(server: Simulated):
    reply = await server.set_up()
    assert "**" not in drawn(reply.message.components)
    assert "\\" not in reply.text
