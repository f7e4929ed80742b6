"""The rows of the benchmark's one table, and how it is printed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, beside what, and whether the aim was reached (None: there is no aim)."""

    name: str
    figure: str
    floor: str = ""
    ratio: str = ""
    aim: str = ""
    reached: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the row to the process that prints the table."""
        return asdict(self)


def milliseconds(seconds: float) -> str:
    """Write a short time."""
    return f"{seconds * 1000:,.2f} ms"


def at_most(name: str, figure: float, limit: float) -> Row:
    """Compare a time with a limit, both in seconds."""
    return Row(name, milliseconds(figure), aim=f"<= {limit * 1000:g} ms", reached=figure <= limit)


def times_floor(name: str, figure: float, floor: float, limit: float) -> Row:
    """Compare a time with a floor; the aim is at most `limit` times the floor."""
    ratio = figure / floor
    written = milliseconds(figure), milliseconds(floor), f"{ratio:.2f} x"
    return Row(name, *written, f"<= {limit:g} x", ratio <= limit)


def times_rate(name: str, figure: float, floor: float, limit: float) -> Row:
    """Compare a rate with a floor, both a second; the aim is at least `limit` times the floor."""
    ratio = figure / floor
    return Row(name, f"{figure:,.0f}/s", f"{floor:,.0f}/s", f"{ratio:.1f} x", f">= {limit:g} x", ratio >= limit)


def spread(name: str, samples: Sequence[float]) -> Row:
    """Show how far single times lie from their median; it has no aim."""
    cuts = quantiles(samples, n=100)
    return Row(name, f"{milliseconds(median(samples))} (p95 {milliseconds(cuts[94])}, p99 {milliseconds(cuts[98])})")


def printed(rows: Sequence[Row]) -> str:
    """Write the table."""
    head = ("what", "figure", "floor", "ratio", "aim", "reached")
    verdicts = {True: "yes", False: "NO", None: "-"}
    lines = [head, *((r.name, r.figure, r.floor, r.ratio, r.aim, verdicts[r.reached]) for r in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    written = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    written.insert(1, "  ".join("-" * width for width in widths))
    missed = sum(row.reached is False for row in rows)
    return "\n".join([*written, "", "Every aim was reached." if not missed else f"{missed} of the aims were missed."])
