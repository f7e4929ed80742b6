"""A private word to a member at the hour at which a plant is dry."""

from datetime import datetime

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.engine.schedule import MemberSchedule, Prompt
from bot.store.database import Tx
from bot.ui.reply import Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import UserText
from tests.toy import plants
from tests.toy.plant.commands import water
from tests.toy.registry import schedule


@schedule
class Thirst(MemberSchedule):
    """What is said of a plant that is dry."""

    kind = "thirst"

    def next(self, tx: Tx, community: Community, member: Member, now: datetime) -> datetime | None:
        """Say when the next plant of a member is dry."""
        dry = (plant.dry for plant in plants.of_member(tx, Who(community.id, member.id)))
        return min((at for at in dry if at > now), default=None)

    def key(self, prompt: Prompt) -> str:
        """Name it by its hour."""
        return f"{self.kind}:{prompt.due.isoformat()}"

    def compose(self, prompt: Prompt) -> Reply | None:
        """Name the plant that is dry now, unless it was watered meanwhile."""
        dry = next((plant for plant in plants.of_member(prompt.tx, prompt.who) if plant.dry == prompt.due), None)
        if dry is None:
            return None
        water_it = water.button(prompt.stamp, t("Water it"), plant=dry.id)
        return reply(t("{name} is thirsty.", name=UserText(dry.name)), buttons(water_it))
