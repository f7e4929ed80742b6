"""Messages that could not be delivered show at the member's next command."""

from bot.core.call import Call
from bot.store import notices
from bot.ui.reply import Note, Reply
from bot.ui.text import tn
from bot.ui.values import CommandRef

COMMAND = "me inbox"


def with_inbox(call: Call, command: str, reply: Reply) -> Reply:
    """Add a word about waiting messages to a reply."""
    waiting = 0 if command == COMMAND else notices.count_inbox(call.tx, call.who)
    if not waiting:
        return reply
    note = tn(
        "You have {n} message. Read it with {inbox}.",
        "You have {n} messages. Read them with {inbox}.",
        waiting,
        inbox=CommandRef(COMMAND),
    )
    return Reply((*reply.parts, Note(note)), reply.error)
