"""A round on a bad day: one faulty community or member holds nobody up, and two processes never do a thing twice."""

import asyncio
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.week import Week
from bot.engine.messenger import Posted, PutOff, Refused, Unknown
from bot.engine.replanning import replan_community, replan_member, replan_touched
from bot.engine.schedule import MemberSchedule
from bot.features import everything
from bot.features.digest.schedule import upcoming
from bot.measures import Measures
from bot.scheduling import planning, posting, rounds as turns
from bot.scheduling.rounds import Rounds
from bot.scheduling.ticker import Ticker
from bot.store import agenda, communities, members, posts, tips
from bot.store.present import present as present_of
from bot.store.tables import agenda as agenda_table, members as member_table, posts as post_table, tips as tip_table
from tests.support.leases import LATER, QUICK, run_out
from tests.support.moody import moody
from tests.support.present import present

ADD = '@{who} /lead add name:"{who} x" organisation:"Nordik" why:"x"'
PLAN = "@{who} /week plan asks:1"
AGREE = '@{who} press "Yes, ask me on Sunday"'


@pytest.fixture
def circle(circle):
    """The circle, with leases that a test can wait for."""
    object.__setattr__(circle.session.circle.rounds, "tempo", QUICK)
    return circle


async def agreed(circle, *names):
    for who in names:
        await circle.run(PLAN.format(who=who), AGREE.format(who=who))


def another_process(circle, **more) -> Rounds:
    """Start a second process on the same database; it has another name."""
    rounds = circle.session.circle.rounds
    return Rounds(rounds.db, rounds.clock, rounds.signer, rounds.schedules, rounds.messengers, tempo=QUICK, **more)


async def write(circle, work):
    return await circle.session.circle.db.write(work)


def home(tx):
    community = communities.find(tx, "console", "circle")
    assert community is not None
    return community


async def test_one_member_whose_row_is_broken_holds_no_other_member_up(circle, logged):
    await agreed(circle, "amina", "omar")

    def spoil(tx):
        amina = present(members.find(tx, home(tx).id, "amina"))
        tx.execute(sa.update(member_table).where(member_table.c.id == amina.id).values(appearance="nobody"))

    await write(circle, spoil)
    with pytest.raises(ValueError, match="nobody"):
        await circle.session.circle.db.read(lambda tx: members.find(tx, home(tx).id, "amina"))
    messages = await circle.run("at 2026-03-15T18:00")
    assert [message.to for message in messages] == ["@omar"]
    assert [record["fault"] for record in logged if record["event"] == "message failed"] == ["ValueError"]


def second(tx, now):
    other = communities.ensure(tx, "console", "second", "Second", now)
    who = members.ensure(tx, other.id, "zoe", "Zoe", now)
    settings = {"zone": "America/Toronto", "language": "en", "second_language": None, "digest_at": None}
    communities.set_up(tx, Who(other.id, who.id), digest_channel="other", **settings)
    replan_touched(tx, everything().schedules, now)
    tips.seed(tx, other.id, now)
    return other.id


async def test_a_platform_that_is_slow_for_one_community_is_not_slow_for_the_next(circle):
    await write(circle, lambda tx: second(tx, circle.clock.now()))
    mood = moody(circle)
    mood.waits_for_another = "digest"
    messages = await circle.run("at 2026-03-16T12:31")
    assert [message.to for message in messages] == ["#other", "#digest"]


async def test_one_community_that_cannot_be_posted_holds_no_other_up(circle, logged):
    other = await write(circle, lambda tx: second(tx, circle.clock.now()))
    topic = sa.update(tip_table).where(tip_table.c.community_id == other)
    await write(circle, lambda tx: tx.execute(topic.values(topic="nonsense")))
    messages = await circle.run("at 2026-03-16T12:31")
    assert [message.to for message in messages] == ["#digest"]
    assert "ValueError" in [record.get("fault") for record in logged if record["event"] == "post failed"]
    await write(circle, lambda tx: tx.execute(topic.values(topic="other")))
    assert [message.to for message in await circle.run("at 2026-03-16T12:40")] == ["#other"]


async def test_a_post_that_another_process_took_over_is_not_sent(circle, logged):
    rounds = circle.session.circle.rounds
    await circle.run("at 2026-03-16T12:29")
    poster = posting.Poster(rounds.db, rounds.clock, rounds.signer, rounds.schedules, rounds.messengers, "slow")
    now = circle.clock.now() + timedelta(minutes=1)
    circle.clock.move(now)

    def enter(tx):
        posts.enter(tx, [posts.PostEntry(home(tx).id, "digest", "2026-W12", now)])
        (claim,) = posts.claim(tx, now, "slow", QUICK.lease, platforms=("console",), limit=5)
        return claim

    claim = await write(circle, enter)
    circle.clock.move(now + LATER)
    await run_out()
    await another_process(circle, owner="quick").tick()
    await poster._send_alone(claim, asyncio.Semaphore())
    digests = [message for message in circle.session.screen.seen if message.to == "#digest"]
    assert len(digests) == 1
    assert [record["period"] for record in logged if record["event"] == "post taken over"] == ["2026-W12"]


async def test_two_processes_at_once_post_one_digest_and_one_question(circle):
    await agreed(circle, "amina")
    await circle.run(ADD.format(who="amina"), "restart")
    rounds = [another_process(circle) for _ in range(3)]
    for moment in ("2026-03-15T21:00+00:00", "2026-03-16T14:00+00:00", "2026-03-16T16:30+00:00"):
        circle.clock.move(datetime.fromisoformat(moment))
        await asyncio.gather(*(process.tick() for process in rounds))
    seen = [message.to for message in circle.session.screen.seen if not message.command]
    assert seen == ["@amina", "@amina", "#digest"]


async def test_a_slow_answer_of_one_who_lost_the_post_changes_nothing(circle):
    mood = moody(circle)
    mood.channel, mood.finds = Unknown("post"), Posted("seen")
    await circle.run("at 2026-03-16T12:30")
    await run_out()
    await circle.run("at 2026-03-16T12:35")
    post = await circle.session.circle.db.read(lambda tx: posts.find(tx, home(tx).id, "digest", "2026-W12"))
    assert (post.state, post.reference) == (posts.PostState.POSTED, "seen")


async def test_a_look_up_that_fails_asks_the_organiser(circle, logged):
    mood = moody(circle)
    mood.channel, mood.finds = TimeoutError(), ConnectionError()
    messages = await circle.run("at 2026-03-16T12:40")
    assert [message.to for message in messages] == ["@organiser"]
    tries = [record["tried"] for record in logged if record["event"] == "post" and record["outcome"] == "unknown"]
    assert tries == ["post: TimeoutError", "look-up: ConnectionError"]


async def test_a_digest_put_off_is_not_tried_before_its_time_and_nobody_is_asked(circle, logged):
    mood = moody(circle)
    mood.channel = PutOff(timedelta(minutes=10), "ratelimited")
    assert await circle.run("at 2026-03-16T12:39") == []
    assert len(mood.tried) == 1
    (record_of_post,) = [record for record in logged if record["event"] == "post"]
    assert (record_of_post["outcome"], record_of_post["reason"], record_of_post["seconds"]) == (
        "put off",
        "ratelimited",
        600,
    )
    mood.channel, mood.finds = None, Unknown("nobody looks")
    messages = await circle.run("at 2026-03-16T12:41")
    assert [message.to for message in messages] == ["#digest"]


async def test_a_look_put_off_keeps_the_doubt_and_looks_again(circle):
    mood = moody(circle)
    mood.channel, mood.finds, mood.arrives = Unknown("post"), PutOff(timedelta(minutes=10), "no answer"), True
    (digest,) = await circle.run("at 2026-03-16T12:45")
    mood.finds, mood.channel = None, None
    assert await circle.run("at 2026-03-16T13:00") == []
    assert len(mood.tried) == 1, "it is looked for, and not sent again"
    assert digest.to == "#digest"


async def test_a_private_message_put_off_comes_when_its_time_has_come_and_only_once(circle):
    await circle.run("@amina /week plan asks:2", '@amina press "Yes, ask me on Sunday"')
    mood = moody(circle)
    mood.member, mood.finds = PutOff(timedelta(hours=2), "not connected"), Unknown("nobody looks")
    assert await circle.run("at 2026-03-15T18:59") == []
    assert len(mood.tried) == 1
    mood.member = None
    assert [message.to for message in await circle.run("at 2026-03-15T23:00")] == ["@amina"]
    assert "message" not in (await circle.one("@amina /lead list")).text


async def test_a_private_message_whose_look_is_put_off_is_not_sent_twice(circle):
    await circle.run("@amina /week plan asks:2", '@amina press "Yes, ask me on Sunday"')
    mood = moody(circle)
    mood.member, mood.finds, mood.arrives = Unknown("post"), PutOff(timedelta(hours=2), "no answer"), True
    assert [message.to for message in await circle.run("at 2026-03-15T17:30")] == ["@amina"]
    mood.finds, mood.member = None, None
    assert await circle.run("at 2026-03-15T23:00") == []
    assert len(mood.tried) == 1, "it is looked for, and not sent again"


async def test_a_bundle_that_was_due_before_a_pause_waits_for_its_end(circle):
    await circle.run(ADD.format(who="amina"), "@amina /ask sent amina", "@amina /me pause weeks:2")

    def due_now(tx):
        amina = present(members.find(tx, home(tx).id, "amina"))
        agenda.put(tx, home(tx).id, amina.id, "morning", circle.clock.now())
        return amina.id

    member = await write(circle, due_now)
    assert await circle.run("at 2026-03-09T10:00") == []
    waits = await circle.session.circle.db.read(lambda tx: agenda.when(tx, home(tx).id, member, "morning"))
    assert waits.astimezone(circle.session.zone).strftime("%a %d %H:%M") == "Mon 23 09:00"


async def test_what_is_about_to_be_said_is_not_pushed_out_by_a_late_command(circle):
    await agreed(circle, "amina")
    await circle.run(ADD.format(who="amina"), "@amina /ask sent amina")
    sunday = datetime.fromisoformat("2026-03-16T14:00+00:00")

    def plan_late(tx):
        member = present(members.find(tx, home(tx).id, "amina"))
        replan_member(tx, everything().schedules, home(tx), member, sunday)
        replan_community(tx, everything().schedules, home(tx), home(tx), sunday + timedelta(days=1))

    await write(circle, plan_late)
    receivers = [message.to for message in await circle.run("at 2026-03-16T13:00")]
    assert receivers == ["@amina", "@amina", "#digest"]


async def test_a_digest_that_is_due_and_not_posted_yet_stays_where_it_is(circle):
    late = datetime.fromisoformat("2026-03-17T14:00+00:00")
    when = await write(circle, lambda tx: upcoming(tx, home(tx), home(tx), late))
    assert Week.at(when, circle.session.zone).iso == "2026-W12"
    assert when < late


async def test_the_bot_is_woken_and_says_when_a_round_failed(circle, logged, monkeypatch):
    rounds = circle.session.circle.rounds
    ticker = Ticker(rounds)
    await ticker.wake()
    assert rounds.pulse.is_steady
    monkeypatch.setattr(Rounds, "next_due", lambda *_: asyncio.sleep(-1, OSError("x")))  # noqa: TID251
    await ticker.wake()
    assert not rounds.pulse.is_steady
    assert [record["fault"] for record in logged if record["event"] == "round failed"] == ["TypeError"]
    monkeypatch.undo()
    await ticker.wake()
    assert rounds.pulse.is_steady


async def test_what_was_posted_keeps_no_words(circle):
    await circle.run(ADD.format(who="amina"), "at 2026-03-16T13:00")
    words = await circle.session.circle.db.read(lambda tx: tx.execute(sa.select(post_table.c.private)).scalars().all())
    assert words == [None]


async def test_more_than_fits_one_transaction_is_planned_in_several_and_said_once(circle, monkeypatch):
    for module in (planning, turns):
        monkeypatch.setattr(module, "BATCH", 2)
    await agreed(circle, "amina", "omar", "li", "sofia", "noor")
    messages = await circle.run("at 2026-03-15T18:00")
    assert sorted(message.to for message in messages) == ["@amina", "@li", "@noor", "@omar", "@sofia"]


MEETS = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'serialization_failure'; END $$"


@pytest.mark.server_only
async def test_a_message_that_meets_another_work_is_written_when_that_is_over(circle, logged, monkeypatch):
    await agreed(circle, "amina", "omar")
    morning = type(everything().schedules["morning"])
    assert issubclass(morning, MemberSchedule)
    compose, met = morning.compose, []

    def meet(self, prompt):
        if not met:
            met.append(prompt.to)
            prompt.tx.exec_driver_sql(MEETS)
        return compose(self, prompt)

    monkeypatch.setattr(morning, "compose", meet)
    messages = await circle.run("at 2026-03-15T18:00")
    assert met
    assert sorted(message.to for message in messages) == ["@amina", "@omar"]
    assert [record["event"] for record in logged if record["event"] == "message failed"] == []


@pytest.mark.server_only
async def test_what_another_process_plans_is_left_to_it_until_its_lease_is_over(circle):
    await agreed(circle, "amina")
    sunday = datetime.fromisoformat("2026-03-15T21:00+00:00")
    circle.clock.move(sunday)
    held = await circle.session.circle.db.row_by_row(lambda tx: agenda.hold(tx, sunday, timedelta(hours=1), 5))
    assert held
    await another_process(circle).tick()
    assert [message.to for message in circle.session.screen.seen if not message.command] == []
    await write(circle, lambda tx: tx.execute(sa.update(agenda_table).values(held_until=present_of(tx))))
    await another_process(circle).tick()
    assert [message.to for message in circle.session.screen.seen if not message.command] == ["@amina"]


class Heard(Measures):
    """Keeps what came of each post."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, str]] = []

    def posted(self, kind: str, outcome: str) -> None:
        self.posts.append((kind, outcome))


async def test_what_came_of_each_post_is_counted(circle):
    heard = Heard()
    circle.session.circle.db.measures = heard
    mood = moody(circle)
    mood.channel = PutOff(timedelta(minutes=5), "not connected")
    await circle.run("at 2026-03-16T12:31")
    mood.channel = Refused("missing")
    await circle.run("at 2026-03-16T12:40")
    mood.channel = None
    await circle.run("at 2026-03-23T12:31")
    mood.channel = mood.finds = Unknown("post")
    await circle.run("at 2026-03-30T12:40")
    circle.clock.move(circle.clock.now() + timedelta(days=10))
    await another_process(circle, owner="after a rest").tick()
    outcomes = [outcome for kind, outcome in heard.posts if kind == "digest"]
    assert outcomes == ["put off", "refused", "posted", "unknown", "uncertain", "late"]
