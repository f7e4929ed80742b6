"""What members can take back the thing before of: here their good news."""

from tests.support.world import Person, World


async def things(world: World, who: Person) -> dict[str, str]:
    """Give what a person told that may stay."""
    return {"stays": world.things[who.user]["win"]}
