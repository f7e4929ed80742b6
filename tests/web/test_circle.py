"""A visitor lives in a circle by the page: types, presses, fills forms, lets Monday come, is somebody else."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.slack.render import blocks_of
from adapters.web.circles import Circles
from adapters.web.server import STATIC
from adapters.web.words import WORDS
from bot.ui.reply import Heading
from bot.ui.text import t
from tests.web.client import Page, circles, serving, texts, token_of, visiting

pytestmark = pytest.mark.asyncio(loop_scope="module")
DANA = {"name": "Zora Q.", "organisation": "Nordik", "why": "built the river sensor"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def begun() -> AsyncGenerator[Circles]:
    async with circles() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def page(begun: Circles) -> AsyncGenerator[Page]:
    async with serving(begun) as base, visiting(base) as opened:
        await opened.open()
        yield opened


def discord_form(token: str, **values: str) -> dict[str, object]:
    components = [
        {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}} for name, value in values.items()
    ]
    return {"token": token, "components": components}


def slack_form(token: str, **values: str) -> dict[str, object]:
    return {"token": token, "state": {"values": {name: {"text": {"value": value}} for name, value in values.items()}}}


async def test_a_visitor_is_amina_on_a_thursday_evening(page: Page) -> None:
    state = page.one("state")
    assert (state["me"], state["time"], state["day"]) == ("amina", "6:00 PM", "Thursday 12 March 2026")
    assert {"omar", "organiser"} <= {person["id"] for person in state["people"]}
    assert page.one("view")["messages"] == []
    assert page.one("here")["seconds"] is None, "on one's own machine a circle does not end"


async def test_an_answer_is_drawn_by_the_real_renderers_of_both_platforms(page: Page) -> None:
    await page.type("/lead next")
    message = page.one("message")["message"]
    assert message["private"]
    assert message["payloads"][0]["components"][0]["components"][0]["content"] == "### The one thing to do now"
    await page.do("show", platform="slack")
    (shown,) = page.one("view")["messages"]
    assert shown["payloads"][0]["blocks"][0] == blocks_of(Heading(t("The one thing to do now")), "en", None)[0]


async def test_the_margin_tells_who_sees_an_answer(page: Page) -> None:
    await page.type("/lead next")
    assert page.told() == "You typed /lead next. The bot answered only you."
    await page.type("/lead show lead:Nobody")
    assert "What you typed is not lost." in page.told()
    await page.type("Good evening!")
    assert "The bot does not read it." in page.told()
    assert page.one("message")["message"]["own"]


async def test_a_form_opens_and_is_sent_as_on_discord(page: Page) -> None:
    await page.do("call", command="lead add", values={})
    form = page.one("form")["form"]
    assert form["title"] == "Add a person"
    assert "nothing is kept before you send it" in page.told()
    await page.do("send", **discord_form(form["custom_id"], **DANA))
    assert "Zora Q., Nordik is on your list." in texts(page.one("message"))
    assert page.told() == "You sent the form. The bot answered only you."


async def test_what_discord_refuses_offers_the_form_again(page: Page) -> None:
    await page.do("call", command="lead add", values={})
    await page.do("send", **discord_form(page.one("form")["form"]["custom_id"], **{**DANA, "why": "x" * 301}))
    again = token_of(page.events, "Change what I typed")
    await page.do("press", token=again, entry=page.one("message")["message"]["number"])
    assert "x" * 301 in texts(page.one("form")), "nothing typed is lost"


async def test_a_form_opens_in_a_window_and_its_answer_too_as_on_slack(page: Page) -> None:
    await page.do("show", platform="slack")
    await page.type("/lead add")
    view = page.one("window")["view"]
    assert view["title"]["text"] == "Add a person"
    await page.do("send", **slack_form(view["private_metadata"], **{**DANA, "why": "x" * 301}))
    assert set(page.one("problems")["problems"]) == {"why"}, "Slack says it beside the question"
    await page.do("send", **slack_form(view["private_metadata"], **DANA))
    assert "is on your list" in texts(page.one("window"))
    assert not page.has("message"), "it stands in the window, and not in the channel"


async def test_a_day_and_an_hour_are_those_of_the_circle(page: Page) -> None:
    await page.type("/lead add name:Zora organisation:Nordik why:rivers")
    await page.do("show", platform="slack")
    await page.type("/meeting plan lead:Zora")
    view = page.one("window")["view"]
    values = {"when": {"moment": {"selected_local": "2026-03-20T14:30"}}, "place": {"text": {"value": "phone"}}}
    await page.do("send", token=view["private_metadata"], state={"values": values})
    assert "1774031400" in texts(page.one("window")), "14:30 in Toronto"


async def test_an_answer_stands_in_the_row_of_its_button_where_the_platform_can_do_that(page: Page) -> None:
    await page.do("move", to="day")
    await page.do("go", room="bot")
    message = page.one("view")["messages"][-1]
    await page.do("press", token=token_of(message, "Done"), entry=message["number"])
    changed = page.one("message")["message"]
    assert changed["number"] == message["number"]
    assert len(texts(changed)) != len(texts(message))
    await page.do("show", platform="slack")
    drawn = next(
        drawn_message for drawn_message in page.one("view")["messages"] if drawn_message["number"] == message["number"]
    )
    assert len(drawn["payloads"]) == 1, "Slack can do it in a private message too"


async def test_monday_brings_the_digest_with_its_chart_and_the_page_goes_there(page: Page) -> None:
    await page.do("move", to="monday")
    assert (page.one("state")["room"], page.one("state")["time"]) == ("digest", "12:30 PM")
    newest = page.one("view")["messages"][-1]
    assert "The week of 9 March 2026" in texts(newest)
    (file,) = newest["payloads"][0]["files"].values()
    assert file["data"].startswith("data:image/png;base64,")
    assert "The bot posted in #digest. Everyone sees it." in page.told()
    await page.do("show", platform="slack")
    newest = page.one("view")["messages"][-1]
    image = next(block for block in newest["payloads"][0]["blocks"] if block["type"] == "image")
    assert image["slack_file"]["id"] in newest["payloads"][0]["files"]


async def test_days_pass_one_by_one_and_sunday_asks_how_it_went(page: Page) -> None:
    await page.do("move", to="day")
    assert page.one("state")["day"] == "Friday 13 March 2026"
    await page.do("move", to="sunday")
    assert page.one("state")["day"] == "Sunday 15 March 2026"
    assert next(room["unread"] for room in page.one("state")["rooms"] if room["id"] == "bot") > 0
    await page.do("go", room="bot")
    assert next(room["unread"] for room in page.one("state")["rooms"] if room["id"] == "bot") == 0


async def test_omar_sees_nothing_of_amina_and_she_finds_everything_again(page: Page) -> None:
    await page.type("/lead list")
    number = page.one("message")["message"]["number"]
    await page.do("be", who="omar")
    assert page.one("view")["messages"] == []
    assert "You are Omar now." in page.told()
    await page.do("press", token="forged", entry=number)
    assert page.one("message")["message"]["number"] != number
    await page.do("be", who="amina")
    assert number in {message["number"] for message in page.one("view")["messages"]}
    await page.do("be", who="stranger")
    assert page.one("state")["me"] == "amina"


async def test_what_others_get_in_private_is_told_and_not_shown(page: Page) -> None:
    await page.do("be", who="viktor")
    await page.do("move", to="monday")
    assert "in private. You cannot see it." in page.told()


async def test_only_an_organiser_is_offered_and_given_an_organisers_commands(page: Page) -> None:
    assert not [command for command in page.one("words")["menu"] if command["organisers"]]
    await page.do("be", who="organiser")
    assert "community report" in {command["name"] for command in page.one("words")["menu"]}
    await page.do("call", command="community digest preview", values={})
    assert "Only you see this." in texts(page.one("message"))
    assert page.one("message")["message"]["payloads"][0]["files"], "with its chart"


async def test_another_language_is_chosen_for_the_page_and_for_the_person(page: Page) -> None:
    await page.do("speak", language="fr")
    words = page.one("words")
    assert (words["lang"], words["dir"], words["words"]["again"]) == ("fr", "ltr", "Recommencer")
    assert "personne suivante" in texts([command["shown"] for command in words["menu"]])
    await page.type("/personne suivante")
    assert "La seule chose à faire maintenant" in texts(page.one("message"))
    await page.do("speak", language="tlh")
    assert page.one("words")["lang"] == "en"


async def test_a_browser_that_wishes_french_gets_it_from_the_first_word_on(begun: Circles) -> None:
    async with serving(begun) as base, visiting(base) as page:
        wish = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}
        async with page.http.get(f"{base}/", headers=wish) as asked:
            assert '<html lang="fr" dir="ltr">' in await asked.text()
        await page.connect(**wish)
        await page.type("/lead next")
        assert "La seule chose à faire maintenant" in texts(page.one("message"))


async def test_what_fits_is_offered_while_typing(page: Page) -> None:
    await page.do("offer", number=7, command="lead show", param="lead", typed="da")
    offers = page.one("offers")
    assert offers["number"] == 7
    assert offers["offers"][0]["shown"].startswith("Dana")


async def test_a_person_of_the_circle_can_be_named(page: Page) -> None:
    await page.do("call", command="buddy join", values={"field": "other", "never": "omar"})
    assert page.one("message")["message"]["payloads"]
    assert "I know nobody" not in texts(page.one("message"))


async def test_the_own_page_stands_on_slack_and_follows_what_is_done(page: Page) -> None:
    await page.do("show", platform="slack")
    await page.do("go", room="home")
    before = page.one("home")["blocks"]
    assert "people on your list" in texts(before)
    await page.do("press", token=token_of(before, "Show"), window=True)
    assert page.has("window")
    await page.do("show", platform="discord")
    assert "home" not in {room["id"] for room in page.one("state")["rooms"]}
    assert page.one("state")["room"] == "bot"


async def test_a_long_answer_comes_in_pages_on_either_platform(page: Page) -> None:
    for number in range(60):
        line = f'/lead add name:"Person {number:02}" organisation:"Organisation {number}" why:"{"why " * 60}"'
        await page.type(line)
    await page.type("/me export")
    message = page.one("message")["message"]
    await page.do("show", platform="slack")
    assert page.one("view")["messages"][-1]["number"] == message["number"]
    await page.do("show", platform="discord")
    again = page.one("view")["messages"][-1]
    assert again["payloads"] == message["payloads"], "each platform keeps its pages"


async def test_a_file_is_in_the_answer_on_discord_and_in_private_messages_on_slack(page: Page) -> None:
    await page.type("/me record")
    (payload,) = page.one("message")["message"]["payloads"]
    assert payload["files"]
    await page.do("show", platform="slack")
    assert "The files are in our private messages." in texts(page.one("view")["messages"][-1])
    await page.do("go", room="bot")
    assert [message for message in page.one("view")["messages"] if message["files"]]


@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_a_list_of_people_is_brought_as_a_file(page: Page, platform: str) -> None:
    await page.do("show", platform=platform)
    await page.type("/lead import")
    asked = page.one("form")["form"] if platform == "discord" else page.one("window")["view"]
    kind = 19 if platform == "discord" else "file_input"
    assert kind in [
        control.get("component", control.get("element", {})).get("type")
        for control in asked.get("components", asked.get("blocks"))
    ]
    _, name = await page.bring("people.csv", "name,organisation,why\nZoé Q.,Nordik,rivers\n".encode())
    if platform == "discord":
        components = [{"type": 18, "component": {"type": 19, "custom_id": "file", "values": [name]}}]
        await page.do("send", token=asked["custom_id"], components=components)
    else:
        state = {"values": {"file": {"file": {"files": [{"id": name, "name": "people.csv"}]}}}}
        await page.do("send", token=asked["private_metadata"], state=state)
    assert "Zoé Q." in texts(page.events)


async def test_a_file_is_an_option_too_and_is_gone_once_it_is_used(page: Page) -> None:
    (option,) = [
        option
        for command in page.one("words")["menu"]
        if command["name"] == "lead import"
        for option in command["options"]
        if option["kind"] == "file"
    ]
    _, name = await page.bring("people.csv", b"name,organisation\nZora,Nordik\n")
    await page.do("call", command="lead import", values={option["name"]: name})
    assert "Zora" in texts(page.one("message"))
    await page.do("call", command="lead import", values={option["name"]: name})
    assert "I could not get the file." in texts(page.one("message"))


@pytest.mark.parametrize(
    "named",
    ["{path}", "file://{path}", "../../{path}", "~/{name}", "/proc/self/environ", "/dev/zero", "circle.db", "held", ""],
)
async def test_a_path_brings_no_file_of_the_host(page: Page, tmp_path: Path, named: str) -> None:
    list_of_host = tmp_path / "list.csv"
    list_of_host.write_text("name,organisation\nSecret Person,Ministry\n", encoding="utf-8")
    named = named.format(path=list_of_host, name=list_of_host.name)
    await page.type(f'/lead import file:"{named}"')
    assert not named or "I could not get the file." in texts(page.events)
    await page.do("call", command="lead import", values={"file": named})
    assert not named or "I could not get the file." in texts(page.events)
    await page.do("call", command="lead import", values={})
    components = [{"type": 18, "component": {"type": 19, "custom_id": "file", "values": [named]}}]
    await page.do("send", token=page.one("form")["form"]["custom_id"], components=components)
    assert "Secret Person" not in texts(page.events)


async def test_a_file_is_only_for_who_brought_it(begun: Circles, page: Page) -> None:
    _, name = await page.bring("people.csv", b"name,organisation\nSecret Person,Ministry\n")
    async with serving(begun) as base, visiting(base) as other:
        await other.open()
        await other.do("call", command="lead import", values={"file": name})
        assert "I could not get the file." in texts(other.one("message"))


async def test_words_of_a_person_are_never_markup(page: Page) -> None:
    await page.type('/lead add name:"<img src=x> **B**" organisation:"[x](https://example.org)" why:"<script>"')
    await page.type("/lead list")
    shown = texts(page.one("message"))
    assert r"\*\*B\*\*" in shown
    assert r"\[x\](https" in shown


async def test_start_again_gives_a_new_circle(page: Page) -> None:
    await page.type("/lead add name:Zora organisation:Nordik why:rivers")
    await page.do("move", to="monday")
    await page.do("again")
    assert page.one("state")["day"] == "Thursday 12 March 2026"
    await page.type("/lead show lead:Zora")
    assert "could not find" in texts(page.one("message"))


async def test_a_page_that_is_loaded_again_shows_the_same_circle_and_an_older_tab_is_told(page: Page) -> None:
    await page.type("/lead next")
    other = Page(page.http, page.base)
    await other.connect()
    assert len(other.one("view")["messages"]) == 1
    await page.next()
    assert page.one("elsewhere")
    await other.type("/lead list")
    assert other.one("message")


async def test_only_a_circle_that_takes_the_place_of_another_one_is_told_as_new(begun: Circles) -> None:
    async with serving(begun) as base, visiting(base) as page:
        await page.open()
        assert page.one("here")["fresh"]
        await page.do("again")
        assert not page.one("here")["fresh"], "who starts again knows it"
        await page.connect()
        assert not page.one("here")["fresh"]


async def test_every_word_of_the_page_is_used_in_it() -> None:
    used = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.iterdir())
    named = {name for name in WORDS if f'"{name}"' in used or f"${name}" in used}
    assert set(WORDS) == named


async def test_slacks_shortcuts_open_their_forms_with_the_words_of_the_message(page: Page) -> None:
    assert page.one("words")["shortcuts"] == []
    await page.do("shortcut", name="log-a-lead")
    assert page.has("slow")
    await page.do("show", platform="slack")
    assert [shortcut["id"] for shortcut in page.one("words")["shortcuts"]] == ["log-a-lead", "share-as-a-tip"]
    await page.type("I write <to people> on Tuesday & call on Friday.")
    number = page.one("message")["message"]["number"]
    await page.do("shortcut", name="share-as-a-tip", entry=number)
    assert "I write <to people> on Tuesday & call on Friday." in texts(page.one("window"))
    await page.do("shortcut", name="log-a-lead")
    assert page.one("window")["view"]["title"]["text"] == "Add a person"
    await page.do("shortcut", name="no-such-thing")
    assert page.has("slow")
