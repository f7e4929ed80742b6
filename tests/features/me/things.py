"""What members can take back: here a word for a person, and the thing before their good news."""

from adapters.console.screen import PLATFORM
from bot.engine.tokens import Audience
from bot.ui.reply import Buttons
from tests.support.present import present
from tests.support.world import SIGNER, Person, World


async def things(world: World, who: Person) -> dict[str, str]:
    """Give a change, and what a person told that may stay."""
    lead = world.things[who.user]["lead"]
    tagged = (await world.call(who, "lead tag", lead=lead, words=f"{who.canary} word")).reply
    row = [part for part in tagged.parts if isinstance(part, Buttons)][-1]
    change = present(SIGNER.open(row.buttons[-1].token, Audience(PLATFORM, who.community, who.user)).values[0])
    return {"stays": world.things[who.user]["win"], "change": change}
