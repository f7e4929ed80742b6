"""`!lead add NAME` for Errbot: a plain insert in its handler."""

from errbot import BotPlugin, botcmd
from errbot.backends.base import Message
from storing import LEADS


class Leads(BotPlugin):
    """Adds leads."""

    @botcmd
    def lead_add(self, msg: Message, args: str) -> str:
        """Add a lead."""
        LEADS.add(str(msg.frm), args)
        return f"Added: {args}"
