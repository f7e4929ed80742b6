"""Sends one claimed post, exactly once: every step is on record before the next is taken.

`due → claimed (lease) → sending → posted`. After a crash a post that was being sent is looked for on the platform;
it is sent again only when it is surely not there, and when nobody can tell, the organiser is asked. What was put off
is surely not there. A request that has not left in the first half of its lease does not leave any more, so that a process
which stood still sends nothing that another one sends by then. One that stood still between that question and the wire sends
a second post all the same; the first that is on record stays, and whoever has another one takes it back.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.engine.clock import Clock
from bot.engine.departure import leaving_by, moment_after
from bot.engine.messenger import Messenger, Outcome, Posted, PutOff, Refused, ToChannel, Unknown
from bot.engine.schedule import Schedule, Skip
from bot.engine.tokens import Signer
from bot.faults import recorded
from bot.scheduling.insisting import insist
from bot.scheduling.outcomes import attempt, is_absent, log_fields, word
from bot.scheduling.pulse import Pulse
from bot.scheduling.taking_back import take_back
from bot.scheduling.tempo import Tempo
from bot.scheduling.weekly import WeeklyPost, is_too_late
from bot.store import communities, posts
from bot.store.database import Database, Tx
from bot.store.errors import LostClaim
from bot.store.posts import Claim
from bot.store.reach import place_of
from bot.store.turns import on_behalf_of
from bot.ui.codec import decode, encode

TAKEN_UP, AT_ONCE = 60, 60
"""Posts that are claimed together, and those of them that are sent at the same time; each gets a new lease then.

Nobody claims more than can be sent at once, so that several bots share what is due to its end."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Poster:
    """Sends the posts that are due."""

    db: Database
    clock: Clock
    signer: Signer
    schedules: Mapping[str, Schedule]
    messengers: Mapping[str, Messenger]
    owner: str
    pulse: Pulse = field(default_factory=Pulse)
    tempo: Tempo = field(default_factory=Tempo)

    async def send_due(self) -> int:
        """Send every post that is due; returns how many were taken up."""
        taken, turns = 0, asyncio.Semaphore(AT_ONCE)
        while True:
            claims = await self.db.row_by_row(self._claim)
            await asyncio.gather(*(self._send_alone(claim, turns) for claim in claims))
            taken += len(claims)
            if len(claims) < TAKEN_UP:
                return taken

    def _claim(self, tx: Tx) -> list[Claim]:
        on, lease = tuple(self.messengers), self.tempo.lease
        return posts.claim(tx, self.clock.now(), self.owner, lease, platforms=on, limit=TAKEN_UP)

    async def _send_alone(self, claim: Claim, turns: asyncio.Semaphore) -> None:
        """Send a post in its turn; what is wrong with one community must not keep the others waiting."""
        try:
            async with turns:
                with on_behalf_of(place_of(claim.platform, claim.platform_community)):
                    await self._send(claim)
        except LostClaim:
            log.warning("post taken over", kind=claim.kind, community=claim.community, period=claim.period)
        except Exception as error:  # noqa: BLE001 - the lease runs out, and a later round tries again
            which = {"kind": claim.kind, "community": claim.community, "period": claim.period}
            log.error("post failed", **which, **recorded(error))  # noqa: TRY400 - a traceback may hold names

    async def _send(self, claim: Claim) -> None:
        messenger = self.messengers[claim.platform]
        to = _channel_of(claim)
        if claim.is_looked_for:
            # It may be there although the bot never heard so; sending it blindly could post it twice.
            outcome = await attempt("look-up", messenger.find(to, claim.key))
            if not is_absent(outcome):
                await self._settle(claim, outcome, looked=True)
                return
        # Before the mark, whose lease so ends later than this allows.
        moment = moment_after(self.tempo.leaves_within)
        payload = await self._freeze(claim)
        if payload is not None:
            with leaving_by(moment):
                outcome = await attempt("post", messenger.post(to, decode(payload), claim.language, claim.key))
            if isinstance(outcome, Unknown) and not await insist(lambda: self._is_held(claim)):
                # Whoever has it now may have looked before this one came, and does not look again.
                outcome = await attempt("look-up", messenger.find(to, claim.key))
                if not isinstance(outcome, Posted):
                    return
            await self._settle(claim, outcome, looked=False)

    async def _is_held(self, claim: Claim) -> bool:
        return await self.db.read(lambda tx: posts.is_held(tx, claim))

    async def _freeze(self, claim: Claim) -> str | None:
        """Freeze the week and keep the text before the first attempt, so that a repeat sends the same."""
        now = self.clock.now()
        return await self.db.write(lambda tx: self._prepare(tx, claim, now))

    def _prepare(self, tx: Tx, claim: Claim, now: datetime) -> str | None:
        if claim.payload is not None:
            posts.sending(tx, claim, claim.payload, now, self.tempo.lease)
            return claim.payload
        community = communities.get(tx, claim.community)
        schedule = self._schedule(claim)
        # One that was looked for after a restore, and is not there.
        is_late = claim.sent_before and is_too_late(claim.due, now)
        reply = Skip("late") if is_late else schedule.compose(tx, community, claim.period, claim.due, self.signer)
        if isinstance(reply, Skip):
            posts.skip(tx, claim, reply.reason)
            self.db.measures.posted(claim.kind, "skipped")
            schedule.refused(tx, community, claim.period, Refused(reply.reason), self.signer, now)
            return None
        payload = encode(reply)
        posts.sending(tx, claim, payload, now, self.tempo.lease)
        return payload

    def _schedule(self, claim: Claim) -> WeeklyPost:
        schedule = self.schedules[claim.kind]
        assert isinstance(schedule, WeeklyPost), claim.kind  # noqa: S101 - only weekly posts are entered
        return schedule

    async def _settle(self, claim: Claim, outcome: Outcome, *, looked: bool) -> None:
        now = self.clock.now()
        # If this one was overtaken, nobody else comes to know that it is there.
        too_many = await insist(lambda: self.db.write(lambda tx: self._record(tx, claim, outcome, now, looked=looked)))
        self.db.measures.posted(claim.kind, _counted(outcome, too_many, looked=looked))
        self.pulse.beat()
        if too_many and not await take_back(self.messengers[claim.platform], _channel_of(claim), too_many):
            log.warning("post is there twice", kind=claim.kind, community=claim.community, period=claim.period)
            await self.db.write(lambda tx: self._schedule(claim).came_twice(tx, claim, self.signer, now))

    def _record(self, tx: Tx, claim: Claim, outcome: Outcome, now: datetime, *, looked: bool) -> Sequence[str]:
        """Record what came of a post; returns where it stands besides the one that stays."""
        log.info("post", kind=claim.kind, community=claim.community, period=claim.period, **log_fields(outcome))
        match outcome:
            case Posted():
                return self._is_there(tx, claim, outcome, now)
            case Refused():
                # Where the bot is not there, nobody can be told.
                if posts.fail(tx, claim, outcome.reason) and outcome.reason != posts.LEFT:
                    community = communities.get(tx, claim.community)
                    self._schedule(claim).refused(tx, community, claim.period, outcome, self.signer, now)
            case PutOff():
                posts.put_off(tx, claim, now, outcome.after, doubted=looked and claim.sent_before)
            case Unknown() if looked:
                if posts.uncertain(tx, claim):
                    self._schedule(claim).uncertain(tx, claim, self.signer, now)
            case Unknown():
                pass  # the lease runs out, and the next round looks for the post
        return ()

    def _is_there(self, tx: Tx, claim: Claim, outcome: Posted, now: datetime) -> Sequence[str]:
        stays = posts.posted(tx, claim, outcome.reference)
        if stays == outcome.reference:
            self._schedule(claim).lacked(tx, claim, outcome.lack, self.signer, now)
        return [reference for reference in (outcome.reference, *outcome.again) if reference != stays]


def _channel_of(claim: Claim) -> ToChannel:
    return ToChannel(claim.platform_community, claim.channel or "")


def _counted(outcome: Outcome, too_many: Sequence[str], *, looked: bool) -> str:
    """Name what came of a post for the metrics."""
    match outcome:
        case Posted() if outcome.reference in too_many:
            return "taken back"
        case Unknown() if looked:
            return "uncertain"
        case _:
            return word(outcome)
