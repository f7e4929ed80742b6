"""Who is new reads a word of welcome above their first answer, once."""

from bot.engine.call import Call
from bot.engine.command import AnyCommand
from bot.engine.registry import Registry
from bot.engine.role import Role
from bot.store import members
from bot.ui.reply import Reply


def is_due(call: Call, registry: Registry, command: AnyCommand) -> bool:
    """Tell whether the answer to a command would be the first one; a page that opens by itself is no answer.

    Who acts as a member elsewhere is not new.
    """
    on_its_own = command is registry.role(Role.HOME)
    return registry.greeting is not None and not on_its_own and call.own == call.who and not call.member.greeted


def with_greeting(call: Call, registry: Registry, command: AnyCommand, reply: Reply) -> Reply:
    """Put the welcome above a reply that is the first; an error is none, so it waits for the next."""
    if registry.greeting is None or reply.error is not None or not is_due(call, registry, command):
        return reply
    members.greet(call.tx, call.own)
    return Reply((*registry.greeting(call), *reply.parts))
