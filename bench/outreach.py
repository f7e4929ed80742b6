"""How well `/ask check` reads messages: on examples that were never looked at while its rules were made."""

from pathlib import Path

from bench.table import Row
from tests.support.corpus import HELD_OUT, LANGUAGES, TUNED, examples, scored

LEAST_FOUND = 0.95
MOST_FALSE = 0.03
LEAST_UNTOUCHED = 0.9


async def measure(_: Path, *, quick: bool) -> list[Row]:
    """Compare with the labels of a careful reader, in each language; there is no quicker way."""
    return [row for language in LANGUAGES for row in _rows(language)]


def _rows(language: str) -> list[Row]:
    held = examples(language, HELD_OUT)
    score, tuned = scored(held), scored(examples(language, TUNED))
    name = f"/ask check, {language}, {len(held)} unseen messages:"
    return [
        Row(
            f"{name} faults found",
            f"{score.recall:.1%} of {score.labelled}",
            f"{tuned.recall:.1%} on the seen",
            aim=f">= {LEAST_FOUND:.0%}",
            reached=score.recall >= LEAST_FOUND,
        ),
        Row(
            f"{name} false alarms",
            f"{score.false_alarm_rate:.1%} of {score.clear}",
            f"{tuned.false_alarm_rate:.1%} on the seen",
            aim=f"<= {MOST_FALSE:.0%}",
            reached=score.false_alarm_rate <= MOST_FALSE,
        ),
        Row(
            f"{name} of those without a fault, nothing to mend",
            f"{score.untouched_rate:.1%} of {score.faultless}",
            f"{tuned.untouched_rate:.1%} on the seen",
            aim=f">= {LEAST_UNTOUCHED:.0%}",
            reached=score.untouched_rate >= LEAST_UNTOUCHED,
        ),
        Row(f"{name} of what it says, wrong", f"{score.wrong_words:.1%}", f"{tuned.wrong_words:.1%} on the seen"),
    ]
