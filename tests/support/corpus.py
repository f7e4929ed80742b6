"""The example messages with the faults a careful reader found in them, and how well the bot finds the same."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.outreach.review import Fault, MessageRecipient, NotAMessage, review

FOLDER = Path(__file__).parent.parent / "corpus" / "outreach"
LANGUAGES = ("en", "fr")
TUNED, HELD_OUT = "tuned", "held-out"
REFUSED = "not-a-message"
LABELS = (*(fault.value for fault in Fault), REFUSED)


@dataclass(frozen=True)
class Example:
    """One message, with the labels of its reader; where readers could differ, the label is unsure and not counted."""

    id: str
    kind: str
    text: str
    faults: frozenset[str]
    unsure: frozenset[str]
    knows_term: bool

    @property
    def found(self) -> frozenset[str]:
        """The faults the bot finds."""
        result = review(self.text, MessageRecipient(knows_term=self.knows_term))
        if isinstance(result, NotAMessage):
            return frozenset({REFUSED})
        return frozenset(fix.fault.value for fix in result.faults)


@dataclass
class Score:
    """How the bot's reading compares with the labels."""

    labelled: int = 0
    true_alarms: int = 0
    clear: int = 0
    """Labels that do not apply, over all examples."""
    false_alarms: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    faultless: int = 0
    untouched: int = 0
    """Messages without a fault in which nothing was found."""

    @property
    def recall(self) -> float:
        """The share of the labelled faults that were found."""
        return self.true_alarms / self.labelled

    @property
    def false_alarm_rate(self) -> float:
        """The share of the checks that should stay silent and did not."""
        return self.false_alarms / self.clear

    @property
    def untouched_rate(self) -> float:
        """The share of the messages without a fault in which nothing was found."""
        return self.untouched / self.faultless

    @property
    def wrong_words(self) -> float:
        """The share of everything the bot says that is wrong: the stricter way to count false alarms."""
        return self.false_alarms / (self.true_alarms + self.false_alarms)


def examples(language: str, part: str) -> list[Example]:
    """Read the examples of a language: those the rules were tuned on, or those held out."""
    with (FOLDER / f"{part}-{language}.toml").open("rb") as file:
        read = tomllib.load(file)["example"]
    return [
        Example(
            entry["id"],
            entry["kind"],
            entry["text"].strip(),
            frozenset(entry["faults"]),
            frozenset(entry.get("unsure", ())),
            entry.get("knows_term") == "yes",
        )
        for entry in read
    ]


def lines(part: str) -> list[tuple[Fault, str]]:
    """Read single lines with the fault they are about: those that say what is needed, or only sound like it."""
    with (FOLDER / "lines.toml").open("rb") as file:
        tables = tomllib.load(file)[part]
    return [(Fault(name), line) for name, text in tables.items() for line in text.strip().splitlines()]


def scored(chosen: Iterable[Example], labels: Sequence[str] = LABELS) -> Score:
    """Compare the bot's reading with the labels."""
    score = Score()
    for example in chosen:
        reported = example.found
        score.faultless += not example.faults
        score.untouched += not example.faults and not reported - example.unsure
        for label in labels:
            if label in example.unsure:
                continue
            if label in example.faults:
                score.labelled += 1
                score.true_alarms += label in reported
                score.missed[label] += label not in reported
            elif REFUSED not in example.faults or label == REFUSED:
                score.clear += 1
                score.false_alarms += label in reported
                score.false[label] += label in reported
    return score
