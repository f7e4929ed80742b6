"""What a community reads of its garden on Fridays."""

from datetime import datetime, time, timedelta

from bot.domain.community import Community, Rhythm
from bot.engine.schedule import Skip
from bot.engine.tokens import Signer
from bot.scheduling.weekly import WeeklyPost
from bot.store.database import Tx
from bot.ui.reply import Heading, Note, Reply, reply
from bot.ui.text import t, tn
from bot.ui.values import CommandRef
from tests.toy import plants
from tests.toy.registry import schedule


@schedule
class Garden(WeeklyPost):
    """How the garden does."""

    kind = "garden"

    def hour(self, rhythm: Rhythm) -> tuple[int, time]:
        """Say the day, counted from Monday, and the hour in the community's zone."""
        return 4, time(17)

    def compose(self, tx: Tx, community: Community, period: str, due: datetime, signer: Signer) -> Reply | Skip:
        """Say how many plants there are; of no plants nothing is posted."""
        number, watered = plants.count(tx, community.id, due - timedelta(days=7))
        if not number:
            return Skip("no plants")
        return reply(
            Heading(t("The garden this week")),
            tn("{n} plant grows here.", "{n} plants grow here.", number),
            tn("{n} plant got water this week.", "{n} plants got water this week.", watered),
            Note(t("Add yours with {command}.", command=CommandRef("plant add"))),
        )
