"""Messages that could not be delivered show at the member's next command."""

from bot.core.call import Call
from bot.core.linked import everywhere
from bot.store import notices
from bot.ui.reply import Note, Reply
from bot.ui.text import tn
from bot.ui.values import CommandRef

COMMAND = "me inbox"


def with_inbox(call: Call, command: str, reply: Reply) -> Reply:
    """Add a word about waiting messages to a reply."""
    waiting = 0 if command == COMMAND else sum(notices.count_inbox(call.tx, each) for each in everywhere(call))
    if not waiting:
        return reply
    note = tn(
        "You have {n} message. Read it with {inbox}.",
        "You have {n} messages. Read them with {inbox}.",
        waiting,
        inbox=CommandRef(COMMAND),
    )
    return Reply((*reply.parts, Note(note)), reply.error)
