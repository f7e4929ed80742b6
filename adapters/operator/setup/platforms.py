"""The third step: Discord, Slack, both, or only this terminal."""

from adapters.operator.setup import discord, slack
from adapters.operator.setup.work import Work
from bot.ui.text import t

CHOICES = ("discord", "slack", "both", "terminal")
ANSWER = "platforms"


async def settle(work: Work) -> None:
    """Find out where the bot shall be, and bring it there."""
    work.dialogue.head(t("3. Where your community is"))
    wanted = await _wanted(work)
    if wanted in {"discord", "both"}:
        await discord.settle(work)
    if wanted in {"slack", "both"}:
        await slack.settle(work)
    if wanted == "terminal":
        said = t("The bot is in this terminal only.")
        work.dialogue.say(said)
        work.transcript.append(said)


async def _wanted(work: Work) -> str:
    """Tell where the bot shall be: as said on the command line, as answered before, or as answered now."""
    given, settings = work.given, work.settings
    if given.platforms is not None:
        work.note(ANSWER, given.platforms)
        return given.platforms
    on_discord = bool(given.discord_token or settings.discord_token.get_secret_value())
    on_slack = bool(given.slack_bot_token or given.slack_app_token or settings.slack_bot_token.get_secret_value())
    known = work.progress.known(ANSWER)
    there = {(True, True): "both", (True, False): "discord", (False, True): "slack"}.get((on_discord, on_slack))
    if known in CHOICES:
        return "both" if there is not None and {there, known} == {"discord", "slack"} else _wider(known, there)
    if there is None:
        options = (t("Discord"), t("Slack"), t("Both"), t("Only this terminal, to try it"))
        default = 1 if work.dialogue.there else CHOICES.index("terminal") + 1
        there = CHOICES[await work.dialogue.choose(t("Where shall the bot be?"), options, default) - 1]
    work.note(ANSWER, there)
    return there


def _wider(known: str, there: str | None) -> str:
    """Take what was answered, unless more has been set since."""
    if there is None or known == "both":
        return known
    return there if known == "terminal" or there == "both" else known
