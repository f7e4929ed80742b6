"""Messages that could not be delivered show at the member's next command."""

from bot.engine.call import Call
from bot.engine.command import AnyCommand
from bot.engine.linked import everywhere
from bot.store import notices
from bot.ui.reply import Note, Reply
from bot.ui.text import tn
from bot.ui.values import CommandRef


def with_inbox(call: Call, inbox: AnyCommand | None, command: AnyCommand, reply: Reply) -> Reply:
    """Add a word about waiting messages to a reply; `inbox` is the command that shows them."""
    if inbox is None or command is inbox:
        return reply
    notices.expect_inbox(call.tx, call.who)
    waiting = sum(notices.count_inbox(call.tx, who) for who in everywhere(call))
    if not waiting:
        return reply
    note = tn(
        "You have {n} message. Read it with {inbox}.",
        "You have {n} messages. Read them with {inbox}.",
        waiting,
        inbox=CommandRef(inbox.name),
    )
    return Reply((*reply.parts, Note(note)), reply.error)
