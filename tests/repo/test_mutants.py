"""What the run of changed programs says is counted right; the run itself is `make mutants`."""

import tomllib
from pathlib import Path

from tests import mutants

ROOT = Path(__file__).parent.parent.parent
RESULTS = """
    bot.domain.week.x_next_daily__mutmut_3: survived
    bot.domain.week.x_next_daily__mutmut_4: not checked
    bot.domain.week.x_next_daily__mutmut_13: killed
    bot.store.posts.x_claim__mutmut_1: timeout
    bot.store.posts.x_claim__mutmut_2: no tests
"""


def test_what_nobody_noticed_is_counted_and_named_and_what_was_not_tried_is_neither() -> None:
    outcomes = mutants.tried(RESULTS)
    assert mutants.noticed(outcomes) == 50
    lines = mutants.report(outcomes).splitlines()
    assert lines == [
        "   1 of    2  bot.domain.week",
        "   1 of    2  bot.store.posts",
        "not noticed: bot.domain.week.x_next_daily__mutmut_3 (survived)",
        "not noticed: bot.store.posts.x_claim__mutmut_2 (no tests)",
        "2 of 4 changes were noticed: 50.0 %",
    ]


def test_the_rules_the_access_and_the_ledger_are_changed_and_the_tests_are_there() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    changed = [path.removesuffix(".py").replace("/", ".") for path in settings["source_paths"]]
    assert [pattern.split("*")[0].rstrip(".") for pattern in mutants.SAMPLE] == changed
    for path in (*settings["source_paths"], *settings["also_copy"], *settings["pytest_add_cli_args_test_selection"]):
        assert (ROOT / path).exists(), path
