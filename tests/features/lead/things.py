"""What members bring: a list that is kept, two entries of it that became one, and a list that waits for their yes."""

from adapters.console.screen import PLATFORM
from bot.engine.tokens import Audience
from bot.features import everything
from bot.ui.reply import Buttons, Reply
from tests.support.world import SIGNER, Person, World


async def things(world: World, who: Person) -> dict[str, str]:
    """Bring two lists, say yes to the first, and make one person of two of it."""
    word = who.canary
    names = ("Listeda", "Listedb", "Listedc"), ("Waits",)
    shown = [
        (
            await world.call(
                who, "lead import", rows="\n".join(f"{word} {name}; {word} Mill; {word}" for name in name_pair)
            )
        ).reply
        for name_pair in names
    ]
    listed = (await world.submit(who, everything().get("lead bring"), {"waiting": _of_button(who, shown[0], 0)})).reply
    merged = (await world.call(who, "lead merge", lead="Listedb", other="Listedc")).reply
    return {
        "waiting": _of_button(who, shown[1], 0),
        "brought": _of_button(who, listed, 2),
        "undo": _of_button(who, merged, 1),
    }


def _of_button(who: Person, reply: Reply, place: int) -> str:
    """Read the thing that a button of the last row carries."""
    row = [part for part in reply.parts if isinstance(part, Buttons)][-1]
    return SIGNER.open(row.buttons[place].token, Audience(PLATFORM, who.community, who.user)).values[0]
