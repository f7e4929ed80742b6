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
        line = t("The bot is in this terminal only.")
        work.dialogue.say(line)
        work.transcript.append(line)


async def _wanted(work: Work) -> str:
    """Tell where the bot shall be: as said on the command line, as answered before, or as answered now."""
    options, settings = work.options, work.settings
    if options.platforms is not None:
        work.note(ANSWER, options.platforms)
        return options.platforms
    on_discord = bool(options.discord_token or settings.discord_token.get_secret_value())
    on_slack = bool(options.slack_bot_token or options.slack_app_token or settings.slack_bot_token.get_secret_value())
    answer = work.progress.known(ANSWER)
    there = {(True, True): "both", (True, False): "discord", (False, True): "slack"}.get((on_discord, on_slack))
    if answer in CHOICES:
        return "both" if there is not None and {there, answer} == {"discord", "slack"} else _wider(answer, there)
    if there is None:
        choices = (t("Discord"), t("Slack"), t("Both"), t("Only this terminal, to try it"))
        default = 1 if work.dialogue.there else CHOICES.index("terminal") + 1
        there = CHOICES[await work.dialogue.choose(t("Where shall the bot be?"), choices, default) - 1]
    work.note(ANSWER, there)
    return there


def _wider(answer: str, there: str | None) -> str:
    """Take what was answered, unless more has been set since."""
    if there is None or answer == "both":
        return answer
    return there if answer == "terminal" or there == "both" else answer
