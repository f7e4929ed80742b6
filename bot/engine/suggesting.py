"""What is offered for a value while a person types; an error means fewer suggestions, and is never shown."""

from dataclasses import dataclass
from datetime import datetime

from bot.engine.access import Access
from bot.engine.apology import report_fault
from bot.engine.call import Call
from bot.engine.errors import BotError
from bot.engine.gathering import FirstTime, Gathering
from bot.engine.invocation import Invocation
from bot.engine.organising import organises
from bot.engine.registry import Registry
from bot.engine.rule import Suggestion
from bot.store.database import Database

MOST = 25
"""Discord shows no more."""


@dataclass(frozen=True)
class Suggesting:
    """Asks the rule of a parameter what it knows."""

    db: Database
    registry: Registry
    gather: Gathering

    async def suggest(
        self, invocation: Invocation, command: str, param: str, typed: str, now: datetime
    ) -> tuple[Suggestion, ...]:
        """Offer values for a parameter; nothing when there is nothing to offer."""
        declared = self.registry.get(command)
        rules = {parameter.name: parameter.rule for parameter in declared.params} if declared else {}
        if param not in rules:
            return ()
        rule, gather = rules[param], self.gather
        for_all = declared is None or declared.access is Access.MEMBER

        def fitting(call: Call) -> tuple[Suggestion, ...]:
            return rule.suggest(call, typed)[:MOST] if for_all or organises(call) else ()

        try:
            try:
                return await self.db.read(lambda tx: fitting(gather.known(tx, invocation, now)))
            except FirstTime:
                # Somebody who types their very first command is offered cities too.
                return await self.db.write(lambda tx: fitting(gather.call(tx, invocation, now)))
        except BotError:
            return ()
        except Exception as error:  # noqa: BLE001 - a person who types sees no fault, only no suggestions
            report_fault(error, command=command, delivery=None)
            return ()
