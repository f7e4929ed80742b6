"""Whether somebody organises the community they ask in, and so may be told of what only organisers do."""

from bot.engine.call import Call
from bot.store import communities


def organises(call: Call) -> bool:
    """Tell whether who asks organises the place they ask in, whoever they act as elsewhere."""
    asker = call.asker or call.sender
    return bool(asker.organiser) or call.own.member in communities.named(call.tx, call.own.community)
