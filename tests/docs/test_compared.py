"""The page that sets us beside others: each word of ours is shown by a page and a test, each of theirs by their own."""

import re
from datetime import date
from pathlib import Path

import pytest

PATH = Path(__file__).parent.parent.parent / "docs" / "operators" / "compared.md"
PAGE = PATH.read_text(encoding="utf-8")
HEAD, _, *ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line[:1] == "|"]
SOURCES = dict(re.findall(r"^\[([a-z-]+)\]: (https://\S+)$", PAGE, re.MULTILINE))

HOLDS = {
    "a set-up that asks, and can be run again": "test_right_at_once_for_both_platforms",
    "each token tried at once; a wrong one is named": "test_every_wrong_token_of_discord_is_named_and_asked_again",
    "one command that says what is wrong and how to mend it": "test_discord_good_and_bad",
    "a backup each night by itself, while it runs": "test_one_backup_a_night_and_one_drill_a_week",
    "each backup opened and checked; its age watched": "test_the_newest_that_was_checked_is_the_newest",
    "a restore tried by itself each week": "test_one_backup_a_night_and_one_drill_a_week",
    "a backup of another version can be restored": "test_a_newer_backup_is_refused_and_an_older_one_is_brought_up",
    "a restore posts nothing twice": "test_a_saturday_backup_on_a_tuesday_posts_mondays_digest_in_slack_once",
    "who was erased stays erased, in every copy": "test_on_day_31_no_file_of_ours_holds_anything_of_who_was_forgotten",
    "names sealed on the disk; the key can be changed": "test_a_change_puts_a_new_key_in_front_and_the_bot_starts_with_it",
    "an address that says whether it is well, and what is not": "test_a_disk_that_takes_nothing_more",
    "figures for Prometheus, and a dashboard": "test_the_dashboard_and_the_alerts_ask_for_figures_that_there_are",
    "a hardened unit for systemd": "test_systemd_finds_the_unit_of_setup_hardly_exposed",
    "an image with a health check, that runs without root": "test_the_image_is_pinned_runs_as_nobody_and_says_whether_it_is_ready",
    "an upgrade that keeps a way back": "test_a_migration_makes_a_backup_in_the_same_place",
    "said plainly what the operator can see": "test_no_word_of_a_member_is_in_a_log_or_readable_in_the_file",
    "tried in a terminal, with no account anywhere": "test_amina_is_greeted_and_adds_a_person_field_by_field",
    "tried in a browser, as on Discord and Slack": "test_a_visitor_is_amina_on_a_thursday_evening",
    "taking it away with everything in it": "test_removing",
}
"""The test in the named file by which each row is true."""


def test_the_peers_are_named_and_the_day_of_the_look_is_said() -> None:
    assert HEAD[1:] == ["Hello Circle", "Red-DiscordBot", "Zulip", "linkding", "Healthchecks", "Uptime Kuma"]
    (day, month, year) = re.findall(r"Looked up on (\d+) (\w+) (\d{4})", PAGE)[0]
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    assert date(int(year), [*months, "November", "December"].index(month) + 1, int(day))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_ours_leads_to_a_page_and_to_a_test_that_are_there(row: list[str]) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", row[1])
    assert any("/tests/" in link for link in links)
    assert any(link.endswith(".md") for link in links)
    assert [link for link in links if not (PATH.parent / link).exists()] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_test_that_is_named_holds_what_the_row_says(row: list[str]) -> None:
    (file,) = re.findall(r"\]\(([^)]+/tests/[^)]+)\)", row[1])
    assert f"def {HOLDS[row[0]]}(" in (PATH.parent / file).read_text(encoding="utf-8")


def test_each_row_has_a_test() -> None:
    assert set(HOLDS) == {row[0] for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_of_theirs_names_its_source_or_says_that_we_found_none(row: list[str]) -> None:
    for cell in row[2:]:
        assert cell == "not documented" or re.search(r"\]\[[a-z-]+\]", cell)


def test_every_source_is_used_and_every_use_has_a_source() -> None:
    assert set(re.findall(r"\]\[([a-z-]+)\]", PAGE)) == set(SOURCES)
