"""Somebody adds the bot to their workspace: the pages say what happens, and what comes back from Slack counts once."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.database import Tx
from tests.support.slack.cloud import Browser
from tests.support.slack_host import Host, open_host, organiser_of


@pytest.fixture
async def host(tmp_path: Path) -> AsyncGenerator[Host]:
    async with open_host(tmp_path) as host:
        yield host


@pytest.fixture
async def browser(host: Host) -> AsyncGenerator[Browser]:
    async with host.browser() as browser:
        yield browser


async def test_the_page_says_what_the_bot_may_do_before_anything_is_asked(browser: Browser) -> None:
    status, page, _ = await browser.opens("/slack/install")
    assert status == 200
    assert '<html lang="en" dir="ltr">' in page
    assert "It cannot read your messages." in page
    assert 'href="/slack/install/start"' in page
    assert 'href="https://circle.example.org/privacy"' in page
    assert page.count("<h1>") == 1
    assert "<script" not in page


async def test_the_page_speaks_the_language_of_the_browser_and_the_other_one_is_a_click_away(browser: Browser) -> None:
    _, page, _ = await browser.opens("/slack/install", **{"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.8"})
    assert '<html lang="fr" dir="ltr">' in page
    assert "Ajouter à Slack" in page
    assert 'href="/slack/install?lang=en"' in page
    _, page, _ = await browser.opens("/slack/install?lang=en", **{"Accept-Language": "fr"})
    assert "Add to Slack" in page


async def test_whoever_added_it_is_told_the_next_steps_and_nothing_was_posted(host: Host, browser: Browser) -> None:
    slack = host.workspace("T1")
    page = await browser.adds_to("T1")
    assert "Hello Circle is in your workspace" in page
    assert "/invite @Hello Circle" in page
    assert "/hello community setup" in page
    assert "app_redirect?app=A0APP&amp;team=T1" in page
    assert slack.workspace.messages == []
    olga = await organiser_of(slack)
    assert "Your community is ready" in olga.sees.last.text


async def test_the_address_of_the_last_page_holds_no_secret(host: Host, browser: Browser) -> None:
    host.workspace("T1")
    asked = await browser.sent_to_slack()
    code = host.cloud.allows(asked["redirect_uri"], "T1")
    _, _, address = await browser.comes_back(code=code, state=asked["state"])
    assert address == "/slack/installed?app=A0APP&team=T1"
    status, again, _ = await browser.opens(address + "&lang=fr")
    assert (status, "Hello Circle est dans votre espace de travail" in again) == (200, True)


async def test_an_admin_who_says_no_is_told_that_nothing_was_added(browser: Browser) -> None:
    asked = await browser.sent_to_slack()
    _, page, _ = await browser.comes_back(error="access_denied", state=asked["state"])
    assert "You stopped before the end." in page
    assert "Nothing was added." in page


async def test_only_the_browser_that_began_can_end_it_and_only_once(host: Host, browser: Browser) -> None:
    host.workspace("T1")
    asked = await browser.sent_to_slack()
    code = host.cloud.allows(asked["redirect_uri"], "T1")
    async with host.browser() as elsewhere:
        assert "another browser" in (await elsewhere.comes_back(code=code, state=asked["state"]))[1]
    for forged in ("", "x", asked["state"][:-1], asked["state"] + "x"):
        assert "another browser" in (await browser.comes_back(code=code, state=forged))[1], forged
    assert host.cloud.exchanges == []
    assert "is in your workspace" in (await browser.comes_back(code=code, state=asked["state"]))[1]
    assert "another browser" in (await browser.comes_back(code=code, state=asked["state"]))[1]
    assert len(host.cloud.exchanges) == 1


async def test_a_state_counts_once_even_where_a_browser_shows_it_again(host: Host, browser: Browser) -> None:
    host.workspace("T1")
    asked = await browser.sent_to_slack()
    cookie = {"Cookie": f"slack-app-oauth-state={asked['state']}"}
    pages = []
    for _ in range(2):
        code = host.cloud.allows(asked["redirect_uri"], "T1")
        back = f"/slack/oauth_redirect?code={code}&state={asked['state']}"
        pages.append((await browser.opens(back, **cookie))[2])
    assert pages == ["/slack/installed?app=A0APP&team=T1", "/slack/not-installed?why=too-late"]
    assert "Is Hello Circle in your workspace? Then all is well." in (await browser.opens(pages[1]))[1]


async def test_a_state_ends_after_an_hour(host: Host, browser: Browser) -> None:
    host.workspace("T1")
    for minutes, page in ((59, "installed?app=A0APP"), (60, "not-installed?why=too-late")):
        asked = await browser.sent_to_slack()
        await host.later(minutes=minutes)
        code = host.cloud.allows(asked["redirect_uri"], "T1")
        assert page in (await browser.comes_back(code=code, state=asked["state"]))[2], minutes


async def test_the_state_and_the_tokens_are_not_in_the_database_as_they_are(host: Host, browser: Browser) -> None:
    host.workspace("T1")
    asked = await browser.sent_to_slack()

    def kept(tx: Tx) -> str:
        rows = [tx.execute(sa.text(f"SELECT * FROM {name}")).all() for name in ("install_states", "installations")]  # noqa: S608 - our own names
        return repr(rows)

    assert asked["state"] not in await host.circle.db.read(kept)
    await browser.adds_to("T1")
    (token,) = host.cloud.tokens_of("T1")
    written = await host.circle.db.read(kept)
    assert "T1" in written
    assert token.value not in written
    assert "xoxe" not in written


WRONG = [
    ("not-a-code", "", "", "Slack did not let me in."),
    ("", "error", "invalid_code", "Slack did not let me in."),
    ("", "error", "bad_client_secret", "Slack did not let me in."),
    ("", "status", "", "Slack did not let me in."),
    ("", "lost", "", "Slack did not answer me."),
]


@pytest.mark.parametrize(("code", "fault", "error", "sentence"), WRONG)
async def test_what_goes_wrong_at_slack_is_told_and_can_be_begun_again(
    host: Host, browser: Browser, code: str, fault: str, error: str, sentence: str
) -> None:
    host.workspace("T1")
    asked = await browser.sent_to_slack()
    code = code or host.cloud.allows(asked["redirect_uri"], "T1")
    match fault:
        case "error":
            host.cloud.faults.error("oauth.v2.access", error)
        case "status":
            host.cloud.faults.status("oauth.v2.access", 503)
        case "lost":
            host.cloud.faults.lost("oauth.v2.access")
    _, page, _ = await browser.comes_back(code=code, state=asked["state"])
    assert sentence in page
    assert 'href="/slack/install"' in page
    assert "is in your workspace" in await browser.adds_to("T1")


async def test_a_code_that_waited_too_long_is_refused_by_slack(host: Host, browser: Browser) -> None:
    host.workspace("T1")
    asked = await browser.sent_to_slack()
    code = host.cloud.allows(asked["redirect_uri"], "T1")
    await host.later(minutes=11)
    assert "Slack did not let me in." in (await browser.comes_back(code=code, state=asked["state"]))[1]


async def test_no_page_says_what_somebody_put_into_its_address(browser: Browser) -> None:
    evil = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    for path in (
        "/slack/not-installed?why=",
        "/slack/installed?team=",
        "/slack/installed?app=",
        "/slack/install?lang=",
    ):
        status, page, _ = await browser.opens(path + evil)
        assert (status, "<script" in page) == (200, False), path
    _, page, _ = await browser.opens(f"/slack/oauth_redirect?error={evil}")
    assert "Slack did not let me in." in page
