"""Platforms whose first answer may take its time: how fast the machine is at a moment is nothing that tests are about.

Discord and Slack wait three seconds for a first answer, so the bot acknowledges after one that finds the store slow.
A busy machine is slow by chance; tests of slowness say themselves that the bot has no patience.
"""

from adapters.discord import answering as on_discord
from adapters.slack import answering as on_slack, intake

FOR_EVER = 3600.0


def unhurried() -> None:
    """Let the bot wait for its own store as long as it takes, in this process and from now on."""
    on_discord.AT_ONCE = on_discord.FORM_SECONDS = on_discord.SUGGEST_SECONDS = FOR_EVER
    on_slack.AT_ONCE = intake.AT_ONCE = FOR_EVER
