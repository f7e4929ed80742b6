from datetime import timedelta

from bot.store import leases, processes, spacing
from bot.store.database import Tx
from bot.store.present import present
from bot.store.processes import Process

SECOND = timedelta(seconds=1)
NAMES = ("shard:0", "shard:1")


def process(name: str, tx: Tx, *, ago: timedelta = timedelta()) -> Process:
    now = present(tx)
    return Process(name, "1.0", ("discord",), now - ago, now - ago, leaving=False)


def test_the_database_says_what_time_it_is_and_goes_on(tx: Tx):
    first = present(tx)
    assert timedelta() <= present(tx) - first < 5 * SECOND


def test_a_lease_is_held_by_one_until_it_runs_out_and_each_holder_has_a_number(tx: Tx):
    now = present(tx)
    leases.provide(tx, NAMES)
    leases.provide(tx, NAMES)
    assert leases.take(tx, "shard:0", "a", now) == 1
    assert leases.take(tx, "shard:0", "b", now + leases.LASTS - SECOND) is None
    leases.keep(tx, "a", now + leases.LASTS - SECOND)
    assert leases.take(tx, "shard:0", "b", now + leases.LASTS) is None, "it was kept"
    assert leases.take(tx, "shard:0", "b", now + 2 * leases.LASTS) == 2
    leases.keep(tx, "a", now + 2 * leases.LASTS)
    (lease, _) = leases.under(tx, "shard:", now)
    assert (lease.holder, lease.fence) == ("b", 2), "who slept keeps nothing that another took"


def test_what_is_given_back_is_free_at_once_and_only_by_who_holds_it_now(tx: Tx):
    now = present(tx)
    leases.provide(tx, NAMES)
    leases.take(tx, "shard:0", "a", now)
    assert not leases.give_back(tx, "shard:0", "b", 1)
    assert not leases.give_back(tx, "shard:0", "a", 0), "a number of before is nobody's any more"
    assert leases.give_back(tx, "shard:0", "a", 1)
    assert leases.take(tx, "shard:0", "b", now) == 2


def test_an_heir_takes_over_from_an_instant_on_and_no_other_does(tx: Tx):
    now = present(tx)
    leases.provide(tx, NAMES)
    leases.take(tx, "shard:0", "a", now)
    assert leases.ask_for(tx, "shard:0", "b", now)
    assert not leases.ask_for(tx, "shard:0", "c", now)
    assert leases.inherit(tx, "shard:0", "c", now, since=now) is None
    assert leases.inherit(tx, "shard:0", "b", now, since=now + SECOND) == 2
    (lease, _) = leases.under(tx, "shard:", now)
    assert (lease.holder, lease.since, lease.heir) == ("b", now + SECOND, None)


def test_an_heir_who_does_not_come_makes_room_for_another(tx: Tx):
    now = present(tx)
    leases.provide(tx, NAMES)
    leases.ask_for(tx, "shard:0", "b", now)
    assert leases.ask_for(tx, "shard:0", "c", now + leases.HEIR_FOR)


def test_a_process_that_ends_gives_back_what_it_has_and_one_that_died_is_forgotten(tx: Tx):
    now = present(tx)
    leases.provide(tx, NAMES)
    for noted in (process("a", tx), process("dead", tx, ago=2 * processes.FORGOTTEN)):
        processes.note(tx, noted)
    leases.take(tx, "shard:0", "a", now)
    leases.ask_for(tx, "shard:1", "a", now)
    assert [noted.id for noted in processes.serving(processes.listed(tx), "discord", now)] == ["a"]
    processes.forget_dead(tx, now)
    assert [noted.id for noted in processes.listed(tx)] == ["a"]
    processes.end(tx, "a")
    assert processes.listed(tx) == []
    assert {(lease.holder, lease.heir) for lease in leases.under(tx, "shard:", now)} == {(None, None)}


def test_turns_come_one_after_the_other_and_a_pause_holds_for_all(tx: Tx):
    now = present(tx)
    assert [spacing.reserve(tx, "login:0", now, 5 * SECOND) for _ in range(3)] == [0 * SECOND, 5 * SECOND, 10 * SECOND]
    assert spacing.reserve(tx, "login:1", now, 5 * SECOND) == timedelta()
    assert spacing.reserve(tx, "login:0", now + 60 * SECOND, 5 * SECOND) == timedelta(), "nobody waits for the past"
    spacing.hold(tx, "calls", now + 3 * SECOND)
    spacing.hold(tx, "calls", now + SECOND)
    assert spacing.not_before(tx, "calls") == now + 3 * SECOND, "the longest pause counts"
