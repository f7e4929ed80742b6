"""Looks at the processes that share a database on a server: which there are, what each serves, and when it was seen."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version

from adapters.findings import Finding, ok, warn
from adapters.operator.doctor.look import CheckContext
from adapters.operator.program import line as typed
from bot.store import leases, processes
from bot.store.leases import Lease
from bot.store.present import present
from bot.store.processes import Process
from bot.ui.text import t
from bot.ui.values import Count, UserText

CHECK = "processes"
PARTS, SOCKETS = ":part:", ":socket:"
"""What stands in the names of the leases that a process holds: parts of Discord, and sockets of Slack."""


def process_findings(look: CheckContext) -> Iterator[Finding]:
    """List the processes of a database on a server; a file has one at most."""
    if not isinstance(look.path, str):
        return
    with look.database() as tx:
        if tx is None:
            return
        now = present(tx)
        there, held = processes.listed(tx), leases.under(tx, "", now)
    for process in there:
        yield _process(process, [lease for lease in held if lease.holder == process.id], now)
    serving = [process for process in there if process.is_alive(now)]
    free = [lease for lease in held if PARTS in lease.name and lease.is_free(now) and _in_use(lease, held, now)]
    if serving and free:
        seen = t("Nobody hears {number} of Discord's shards at this moment.", number=Count(len(free)))
        yield warn(CHECK, seen, t("Look again in a minute. If it stays so, look at the logs."))


def _in_use(lease: Lease, held: Sequence[Lease], now: datetime) -> bool:
    """Tell whether others with the same number of shards are held: those of an earlier number are nobody's."""
    under = lease.name.rpartition(":")[0]
    return any(other.name.rpartition(":")[0] == under and not other.is_free(now) for other in held)


def _process(process: Process, held: Sequence[Lease], now: datetime) -> Finding:
    shards = [int(lease.name.rpartition(":")[2]) for lease in held if PARTS in lease.name]
    facts = {
        "id": UserText(process.id),
        "version": UserText(process.version),
        "platforms": UserText(", ".join(process.platforms) or "-"),
        "shards": UserText(_in_short(shards) or "-"),
        "sockets": Count(sum(SOCKETS in lease.name for lease in held)),
        "seconds": Count(max(0, int((now - process.seen_at).total_seconds()))),
    }
    seen = t(
        "{id}: version {version}, serves {platforms}. Shards of Discord: {shards}. Sockets of Slack: {sockets}. "
        "Seen {seconds} s ago.",
        **facts,
    )
    if not process.is_alive(now):
        return warn(
            CHECK, seen, t("It ended without a word. The others take over. Start it: {line}", line=typed("run"))
        )
    if process.version != version("hello-circle"):
        return warn(CHECK, seen, t("This program has another version. End the upgrade: give all the same one."))
    return ok(CHECK, seen)


def _in_short(numbers: Sequence[int]) -> str:
    """Write numbers in order as "0-3, 7"."""
    runs = list[list[int]]()
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
