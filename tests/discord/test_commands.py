import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from adapters.discord import commands, limits
from bot.features import everything
from bot.ui import languages
from tests.support.simulated import Simulated, drawn, simulated

NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
PAYLOADS = commands.payloads(everything())


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bot that got an Arabic catalog, with two names in it so far."""
    shutil.copytree(languages.LOCALES / "fr", tmp_path / "fr")
    (tmp_path / "ar" / "LC_MESSAGES").mkdir(parents=True)
    made = Catalog(locale="ar")
    made.add("/lead", "/شخص")
    made.add("/lead add", "/شخص أضف")
    with (tmp_path / "ar" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, made)
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    for kept in (languages.spoken, languages.catalog):
        kept.cache_clear()
    yield
    for kept in (languages.spoken, languages.catalog):
        kept.cache_clear()


def puts(server: Simulated) -> int:
    return sum(each.method == "PUT" and each.path.endswith("/commands") for each in server.env.http_requests)


def nodes(payload: dict) -> list[dict]:
    inner = (*payload.get("options", ()), *payload.get("choices", ()))
    return [payload, *(node for each in inner for node in nodes(each))]


def test_every_command_people_can_type_is_on_discord():
    typed = {leaf for payload in PAYLOADS for leaf in commands.leaves(payload)}
    assert typed == {made.name for made in everything().listed}


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload["name"])
def test_a_command_keeps_discords_limits_in_every_language(payload: dict):
    for node in nodes(payload):
        if "description" in node:
            said = [node["description"], *node["description_localizations"].values()]
            assert all(1 <= len(words) <= 100 for words in said)
            names = [node["name"], *node["name_localizations"].values()]
            assert all(NAME.fullmatch(name) and name == name.lower() for name in names), names
        else:
            assert all(1 <= len(name) <= 100 for name in (node["name"], *node["name_localizations"].values()))
            assert len(node["value"]) <= 100
        needed = [each.get("required", False) for each in node.get("options", ())]
        assert needed == sorted(needed, reverse=True), "Discord wants the required options first"
        assert len(needed) <= 25
    for locale in ("", *limits.LOCALES):
        assert sum(commands._size(node, locale) for node in nodes(payload)) <= 8000


@pytest.mark.parametrize("locale", limits.LOCALES)
def test_no_two_commands_or_values_side_by_side_have_one_name(locale: str):
    for beside in (PAYLOADS, *(node["options"] for each in PAYLOADS for node in nodes(each) if node.get("options"))):
        names = [each["name_localizations"].get(locale, each["name"]) for each in beside]
        assert len(set(names)) == len(names), names


def test_a_command_that_is_too_big_is_refused_before_discord_sees_it():
    choice = {"name": "x" * 100, "name_localizations": {"fr": "y" * 100}, "value": "z" * 100}
    option = {"name": "o", "description": "d", "type": 3, "choices": [choice] * 25}
    with pytest.raises(commands.TooBig, match="/big"):
        commands.check({"name": "big", "description": "d", "options": [option] * 2})
    with pytest.raises(commands.TooBig, match="options"):
        commands.check({"name": "big", "description": "d", "options": [option | {"choices": []}] * 26})


def test_french_members_read_french_and_every_variant_of_a_language_is_served():
    start = next(each for each in PAYLOADS if each["name"] == "start")
    assert start["description_localizations"]["fr"] != start["description"]
    lead = next(each for each in PAYLOADS if each["name"] == "lead")
    add = next(each for each in lead["options"] if each["name"] == "add")
    names = [each["name_localizations"]["fr"] for each in (lead, add, *add["options"][:3])]
    assert names == ["personne", "ajouter", "nom", "employeur", "pourquoi"]
    assert lead["description_localizations"]["fr"].startswith("ajouter, terminer")
    assert commands.locales_of("es") == ["es-419", "es-ES"]
    assert commands.locales_of("ar") == ["ar"], "Discord takes Arabic, though its library does not know it"


@pytest.mark.usefixtures("arabic")
def test_a_new_catalog_brings_its_names_and_arabic_is_known_by_its_value():
    lead = next(each for each in commands.payloads(everything()) if each["name"] == "lead")
    assert lead["name_localizations"]["ar"] == "شخص"
    assert lead["name_localizations"]["fr"] == "personne"
    assert lead["options"][0]["name_localizations"]["ar"] == "أضف"
    assert lead["options"][0]["description_localizations"]["ar"] == "Add a person you would like to talk with."


async def test_the_commands_of_organisers_are_hidden_from_members(server: Simulated):
    assert "community setup" not in server.someone("Amina").available_commands(server.general)
    assert "community setup" in server.someone("Olga").available_commands(server.general)


async def test_commands_are_sent_once_and_again_only_when_they_changed(
    server: Simulated, monkeypatch: pytest.MonkeyPatch
):
    assert puts(server) == 1
    await server.restart()
    assert puts(server) == 1
    monkeypatch.setattr(commands, "fingerprint", lambda made: "another")
    await server.restart()
    assert puts(server) == 2
    await server.restart()
    assert puts(server) == 2


async def test_a_member_adds_a_person_with_one_line(server: Simulated):
    amina = server.someone("Amina")
    said = await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="built the river sensor")
    assert "Dana R., Nordik is on your list." in said.text
    assert said.private
    assert "I asked them" in said.labels
    shown = await server.type(amina, "lead list")
    assert "Dana R., Nordik: new" in shown.text


async def test_the_same_delivery_twice_adds_one_person(server: Simulated):
    amina = server.someone("Amina")
    said = await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="rivers")
    first = said.text
    for _ in range(3):
        await server.redeliver()
    assert said.text == first, "a repeat gets the first answer, not that the person is known"
    assert said.result.followups == []
    assert "1 person on your list" in (await server.type(amina, "lead list")).text


async def test_commands_that_are_named_can_be_pressed(server: Simulated):
    said = await server.type(server.someone("Amina"), "lead list")
    said = await server.type(server.someone("Amina"), "me inbox")
    assert "</lead next:" in said.source
    assert "/lead next" in said.text


async def test_an_arabic_member_is_understood_though_the_library_knows_no_arabic(server: Simulated):
    said = await server.type(server.someone("Huda", language="ar"), "me inbox")
    assert "No message waits for you." in said.text


async def test_a_french_member_is_answered_in_french(server: Simulated):
    said = await server.type(server.someone("Zoé", language="fr"), "lead list")
    assert said.text != (await server.type(server.someone("Amina"), "lead list")).text


async def test_help_says_what_a_command_is_called_in_the_french_menu(server: Simulated):
    said = await server.type(server.someone("Zoé", language="fr"), "help", command="lead add")
    assert "Aide pour /personne ajouter" in said.text
    assert "/lead" not in said.text
    assert '/personne ajouter nom:"Dana R."' in said.text
    english = await server.type(server.someone("Amina"), "help", command="lead add")
    assert "</lead add:" in english.source, "the English name is the one that can be pressed"
    assert "personne" not in english.text


async def test_a_member_with_a_french_menu_sends_what_every_member_sends(server: Simulated):
    zoe = server.someone("Zoé", language="fr")
    assert "lead add" in zoe.available_commands(server.general)
    said = await server.type(zoe, "lead add", name="Dana R.", organisation="Nordik", why="rivières")
    assert "Dana R., Nordik" in said.text


async def test_typing_the_name_of_a_person_offers_only_ones_own(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="rivers")
    await server.type(amina, "lead add", name="Tom W.", organisation="Hydro", why="tests")
    offered = await amina.autocomplete(server.general, "lead show", "lead", "dan")
    assert [each["name"] for each in offered] == ["Dana R. · Nordik"]
    assert await omar.autocomplete(server.general, "lead show", "lead", "dan") == []
    shown = await server.type(amina, "lead show", lead=offered[0]["value"])
    assert "Dana R., Nordik" in shown.text
    stolen = await server.type(omar, "lead show", lead=offered[0]["value"])
    assert "I could not find this person on your list." in stolen.text


async def test_two_shards_answer_and_post(tmp_path: Path):
    async with simulated(tmp_path, shards=2) as server:
        await server.set_up()
        other = server.env.create_guild("Elsewhere", shard_id=1 - (server.guild.id >> 22) % 2)
        channel = other.create_text_channel("general")
        zoe = other.add_member(server.env.create_user("zoe"))
        await server.env.settle()
        answered = await zoe.slash(channel, "help")
        assert answered.response is not None
        assert set(server.env.bot.shards) == {0, 1}


async def test_another_member_is_chosen_from_discords_own_list(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    said = await server.type(amina, "buddy join", field="health", never=omar.user)
    assert "I will never match you with" in said.text
    await server.type(omar, "buddy join", field="health")
    await server.move(server.clock.now() + timedelta(days=7))
    letters = "".join(drawn_all(server, amina)) + "".join(drawn_all(server, omar))
    assert letters.count("I found no buddy for you this week.") == 2


def drawn_all(server: Simulated, who) -> list[str]:
    return [drawn([each.to_dict() for each in message.components]) for message in server.letters(who)]


def test_every_option_shows_its_limit_while_it_is_typed():
    seen = 0
    for made in everything().listed:
        payload = next(each for each in PAYLOADS if each["name"] == made.family)
        for word in made.name.split()[1:]:
            payload = next(each for each in payload["options"] if each["name"] == word)
        options = {each["name"]: each for each in payload["options"]}
        assert set(options) == {param.name for param in made.params}
        for param in made.params:
            if param.rule.limit:
                assert options[param.name]["max_length"] == param.rule.limit
                seen += 1
            if param.rule.bounds:
                assert (options[param.name]["min_value"], options[param.name]["max_value"]) == param.rule.bounds
    assert seen > 20
