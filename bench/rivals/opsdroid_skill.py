"""`/lead add NAME` for Opsdroid: a plain insert in its handler."""

from opsdroid.events import Message
from opsdroid.matchers import match_regex
from opsdroid.skill import Skill
from storing import LEADS


class Leads(Skill):
    """Adds leads."""

    @match_regex(r"/lead add (?P<name>.+)")
    async def lead_add(self, message: Message) -> None:
        """Add a lead."""
        name = message.entities["name"]["value"]
        LEADS.add(message.user, name)
        await message.respond(f"Added: {name}")
