"""Answers an invocation: finds the command, checks access, calls the handler; turns errors into replies."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import structlog

from bot.engine import access, drafts, form, pages, presses, twice, uploads
from bot.engine.answer import Answer, Plan, answer_of
from bot.engine.apology import apologise, refuse, report_fault
from bot.engine.call import Call
from bot.engine.clock import Clock
from bot.engine.errors import BotError, NotSetUp
from bot.engine.finding import Parsed, find
from bot.engine.gathering import Addressee, FirstTime, Gathering, language_of
from bot.engine.greeting import is_due, with_greeting
from bot.engine.inbox import with_inbox
from bot.engine.invocation import Invocation
from bot.engine.lacking import look_at_channels, with_lack
from bot.engine.pace import Pace, in_turn
from bot.engine.reading import Refusal, do
from bot.engine.registry import Registry
from bot.engine.replanning import replan_touched
from bot.engine.role import Role
from bot.engine.rule import Suggestion
from bot.engine.suggesting import Suggesting
from bot.engine.tokens import Signer
from bot.engine.typed_back import typed_back
from bot.store import communities, deliveries
from bot.store.database import Database, Tx
from bot.ui.codec import encode
from bot.ui.languages import best
from bot.ui.reply import Reply
from bot.ui.text import t
from bot.ui.values import CommandRef

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True)
class Dispatcher:
    """Answers invocations; the same for every platform. The time is read once for each, and passed on."""

    db: Database
    registry: Registry
    signer: Signer
    clock: Clock
    pace: Pace = field(default_factory=Pace)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a slow answer is made: the store reads two at once, and others shall not wait for two long papers."""

    @cached_property
    def _gather(self) -> Gathering:
        return Gathering(self.signer)

    def plan(self, invocation: Invocation) -> Plan:
        """Tell an adapter what it may know before the store is asked."""
        request = invocation.request
        try:
            parsed = self._find(invocation, self.clock.now())
        except BotError as error:
            afresh = error.for_organisers is not None
            return Plan(opens_form=False, needs_organiser=afresh, request=request, meant=error)
        except Exception:  # noqa: BLE001 - `answer` meets it again, and explains it
            return Plan(opens_form=False)
        opens = drafts.reopens(parsed.command) or parsed.opens_form
        organiser = parsed.command.access is access.Access.ORGANISER
        return Plan(opens, parsed.command.visibility, organiser, request, parsed)

    async def answer(self, invocation: Invocation, plan: Plan | None = None) -> Answer:
        """Answer one invocation; it never raises, and a repeated delivery gets the first answer.

        `plan` is what was told of the same request; with it, the command is not looked for a second time.
        """
        answer = await self.pace.let(invocation, lambda turn: self._answer(turn, plan))
        self.db.measures.answered(answer.command, answer.outcome)
        if answer.by is not None:
            # Not before it is durable: work that is not kept, or begun again, was not answered.
            log.info("answered", command=answer.command, community=answer.by.community, member=answer.by.member)
        return answer

    async def _answer(self, invocation: Invocation, plan: Plan | None = None) -> Answer:
        now = self.clock.now()
        try:
            parsed = self._planned(invocation, plan) or self._find(invocation, now)
        except BotError as error:
            return await self._apologise(invocation, now, error)
        except Exception as error:  # noqa: BLE001 - whatever was sent, the member gets an answer
            fault = self._explained(error, command=None, delivery=invocation.delivery)
            return await self._apologise(invocation, now, fault)
        try:
            return await self._execute(invocation, now, parsed)
        except drafts.Resume as resumed:
            return await self._resume(invocation, now, parsed, resumed)

    async def _resume(self, invocation: Invocation, now: datetime, pressed: Parsed, resumed: drafts.Resume) -> Answer:
        """Go on with what was kept, instead of the button that led to it."""
        try:
            restored = resumed.kept.found(self.registry)
        except BotError as error:
            return await self._apologise(invocation, now, error)
        parsed = restored.with_sent(pressed.sent) if resumed.filled else restored
        return await self._execute(invocation, now, parsed, as_form=resumed.as_form)

    async def _execute(self, invocation: Invocation, now: datetime, parsed: Parsed, *, as_form: bool = False) -> Answer:
        try:
            if parsed.command.access is access.Access.ORGANISER:
                invocation = await look_at_channels(self.db, invocation, parsed)
            try:
                if as_form or parsed.opens_form:
                    return await self._open_form(invocation, now, parsed, whole=as_form or parsed.ask)
                return await self._run(await uploads.read_files(invocation, parsed), now, parsed)
            except Refusal as refusal:
                return await self._refuse(invocation, now, parsed, refusal)
        except drafts.Resume:
            raise
        except BotError as error:
            return await self._apologise(invocation, now, error, parsed.command.name)
        except Exception as error:  # noqa: BLE001 - whatever it is, the member gets an answer
            fault = self._explained(error, command=parsed.command.name, delivery=invocation.delivery)
            return await self._apologise(invocation, now, fault, parsed.command.name)

    async def set_aside(self, invocation: Invocation) -> str:
        """Keep what was typed, and give the token of a button that opens its form: for a form that comes too late."""
        parsed = self._find(invocation, now := self.clock.now())
        with in_turn(invocation):
            return await self._write(invocation, now, lambda call: drafts.set_aside(call, invocation.delivery, parsed))

    async def in_pages(self, invocation: Invocation, split: Sequence[Reply]) -> Reply:
        """Keep a reply that is too long for the platform, and give its first page with a button to the next."""
        now = self.clock.now()
        with in_turn(invocation):
            return await self._write(invocation, now, lambda call: pages.keep(call, invocation.delivery, split))

    async def organises(self, invocation: Invocation) -> bool:
        """Tell whether who asks may be offered what only organisers do."""
        return (await self._addressee(invocation, self.clock.now())).organises

    async def suggest(self, invocation: Invocation, command: str, param: str, typed: str) -> tuple[Suggestion, ...]:
        """Offer values for a parameter while a person types; nothing when there is nothing to offer."""
        suggesting = Suggesting(self.db, self.registry, self._gather)
        return await self.pace.let_type(
            invocation, lambda: suggesting.suggest(invocation, command, param, typed, self.clock.now())
        )

    def _explained(self, error: Exception, **where: str | None) -> BotError:
        """Turn a fault into words: the product's own, where it knows this kind."""
        explanation = self.registry.explanations.get(type(error))
        return explanation(error) if explanation is not None else report_fault(error, **where)

    @staticmethod
    def _planned(invocation: Invocation, plan: Plan | None) -> Parsed | None:
        """Give the command that a plan found; None when the request is not the one that was planned.

        Raises:
            BotError: the request means no command.
        """
        if plan is None or plan.request is not invocation.request:
            return None
        if isinstance(plan.meant, BotError):
            raise plan.meant
        return plan.meant

    def _find(self, invocation: Invocation, now: datetime) -> Parsed:
        return find(invocation, self.registry, self.signer, now)

    async def _open_form(self, invocation: Invocation, now: datetime, parsed: Parsed, *, whole: bool) -> Answer:
        def work(call: Call) -> Answer:
            self._admit(call, parsed)
            new_form = form.build(
                call, parsed.command, parsed.raw, self._keep(call, invocation, parsed), whole=whole, wrong=parsed.wrong
            )
            return answer_of(parsed.command, Reply(()), call.language, form=new_form)

        return await self._write(invocation, now, work, parsed)

    async def _write(
        self, invocation: Invocation, now: datetime, work: Callable[[Call], T], parsed: Parsed | None = None
    ) -> T:
        """Do a unit of work, and replan what was moved: also who asks may have come from another zone."""

        def whole(tx: Tx) -> T:
            outcome = work(self._gather.call(tx, invocation, now, parsed))
            replan_touched(tx, self.registry.schedules, now)
            return outcome

        return await self.db.write(whole)

    async def _run(self, invocation: Invocation, now: datetime, parsed: Parsed) -> Answer:
        if parsed.command.reads:
            try:
                async with self._one_at_a_time if parsed.command.slow else nullcontext():
                    return await self.db.read(lambda tx: self._read(tx, invocation, now, parsed))
            except FirstTime:
                return await self._write(invocation, now, lambda call: self._work(call, parsed), parsed)
        try:
            return await self.db.write(lambda tx: self._once(tx, invocation, now, parsed))
        except twice.TypedTwice:
            # What would be refused anyway says so itself, so this is asked of what went well, and nothing of it stays.
            return await self._write(invocation, now, lambda call: twice.asked(call, invocation, parsed), parsed)

    def _read(self, tx: Tx, invocation: Invocation, now: datetime, parsed: Parsed) -> Answer:
        call = self._gather.unchanged(tx, invocation, now, parsed)
        if is_due(call, self.registry, parsed.command):
            raise FirstTime
        return self._work(call, parsed)

    def _once(self, tx: Tx, invocation: Invocation, now: datetime, parsed: Parsed) -> Answer:
        """Do the work and record the delivery with it, or give the answer that the first delivery or press got."""
        presses.expect(tx, invocation)
        arrival = self._gather.arrive(tx, invocation, now)
        community = arrival.community
        first_answer = presses.first_answer(tx, community.id, invocation, parsed.command)
        if first_answer is not None:
            return answer_of(parsed.command, *first_answer)
        call = self._gather.call(tx, invocation, now, parsed, arrival)
        answer = self._work(call, parsed)
        typed_line = presses.line_of(invocation, parsed.command, parsed.raw)
        if presses.is_twice(tx, community.id, typed_line, now):
            raise twice.TypedTwice
        replan_touched(tx, self.registry.schedules, call.now)
        if parsed.command.takes_back:
            deliveries.forget_lines(tx, call.own)
        press = presses.press_of(invocation, parsed.command) or typed_line
        deliveries.record(tx, call.own, invocation.delivery, encode(answer.reply), answer.language, call.now, press)
        return answer

    def _work(self, call: Call, parsed: Parsed) -> Answer:
        self._admit(call, parsed)
        reply = do(call, parsed.command, parsed.raw, submitted=parsed.submitted, around=self.registry.around)
        if parsed.command.access is access.Access.ORGANISER:
            reply = with_lack(call, reply)
        reply = with_inbox(call, self.registry.role(Role.INBOX), parsed.command, reply)
        reply = with_greeting(call, self.registry, parsed.command, reply)
        return answer_of(parsed.command, reply, language_of(call, parsed), by=call.own)

    def _admit(self, call: Call, parsed: Parsed) -> None:
        access.check(
            parsed.command.access,
            call.sender,
            call.place.platform.capitalize(),
            lambda: call.member.id in communities.named(call.tx, call.who.community),
        )
        setting_up = self.registry.role(Role.SET_UP)
        if setting_up is not None and not call.community.set_up and not parsed.command.before_set_up:
            raise NotSetUp(
                t("This community is not set up yet."),
                t("An organiser can type {command} first.", command=CommandRef(setting_up.name)),
            )

    async def _refuse(self, invocation: Invocation, now: datetime, parsed: Parsed, refusal: Refusal) -> Answer:
        """Say what is wrong, and keep everything that was typed."""

        def work(call: Call) -> Answer:
            draft = drafts.keep(call, invocation.delivery, parsed, refusal)
            reply, edit, form_again = refuse(refusal, parsed.command.example, draft.choices), draft.edit, None
            try:
                if parsed.command.form:
                    keep = self._keep(call, invocation, parsed)
                    form_again = form.build(
                        call, parsed.command, parsed.raw, keep, refusal.problems, submitted=parsed.submitted
                    )
            except BotError as no_choices:
                # There is nothing to choose from, so no form could mend it.
                reply, edit = Reply((*reply.parts, *apologise(no_choices).parts[1:]), reply.error), None
            return answer_of(parsed.command, reply, call.language, form=form_again, again=edit)

        return await self._write(invocation, now, work)

    @staticmethod
    def _keep(call: Call, invocation: Invocation, parsed: Parsed) -> form.Keep:
        return lambda raw: drafts.beside(call, invocation.delivery, parsed.command, raw)

    async def _apologise(self, invocation: Invocation, now: datetime, error: BotError, command: str = "") -> Answer:
        addressee = await self._addressee(invocation, now)
        told = (error.for_organisers if addressee.organises else None) or error
        return Answer(apologise(told, typed_back(invocation)), addressee.language, command=command)

    async def _addressee(self, invocation: Invocation, now: datetime) -> Addressee:
        try:
            return await self.db.read(lambda tx: self._gather.addressee(tx, invocation, now))
        except Exception:  # noqa: BLE001 - an apology matters more than its language
            return Addressee(best(invocation.sender.language), bool(invocation.sender.organiser))
