"""Who is too fast is told at once, also for a form and a button, and what they wrote comes back to them."""

from pathlib import Path

from bot.engine.clock import ManualClock
from bot.engine.pace import UNLIMITED, Allowance, Rates
from tests.slack.test_forms import with_leads
from tests.support.slack_bot import a_workspace, running
from tests.support.store import NOW

FOUR = Rates(member=Allowance(4, 0.001))
WHY = "She built the sensor that is in the river."


async def test_a_form_that_came_too_fast_gives_back_what_was_written_and_a_button_does_nothing(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, ManualClock(NOW)) as world:
        async with running(world):
            await world.set_up()
            amina = await with_leads(world, "Priya")
        world.rates = FOUR
        async with running(world):
            added = await amina.types('/lead add name:"Lee W." organisation:"Nordik" why:"built the river sensor"')
            assert "Lee W., Nordik is on your list." in added.text
            await amina.types("/week last")
            await amina.types("/week last")
            await amina.types("/lead add")
            seen = await amina.submits(name="Dana R.", organisation="Nordik", why=WHY)
            assert "You sent many commands at once. I did not do this one yet." in seen.text
            for written in ("You typed this. You can copy it:", "Dana R.", WHY):
                assert written in seen.text
            label = added.last.pressables[0].label
            assert "You sent many commands at once." in (await amina.presses(label, on=added.last)).last.text
        world.rates = UNLIMITED
        async with running(world):
            listed = (await amina.types("/lead list")).last.text
            assert "Lee W." in listed
            assert "Dana R." not in listed
