"""The third step: Discord, Slack, both, or only this terminal."""

from adapters.operator.answers import CIRCLE, EVERYBODY, WHO
from adapters.operator.setup import discord, slack, slack_host
from adapters.operator.setup.work import SetUpRun
from bot.ui.text import t

CHOICES = ("discord", "slack", "both", "terminal")
ANSWER = "platforms"
FOR = (CIRCLE, EVERYBODY)


async def settle(work: SetUpRun) -> None:
    """Find out where the bot shall be, and bring it there."""
    work.dialogue.head(t("3. Where your community is"))
    wanted = await _wanted(work)
    everybody = _who(work) == EVERYBODY
    if wanted in {"discord", "both"}:
        await discord.settle(work, everybody=everybody)
    if wanted in {"slack", "both"} and everybody:
        await slack_host.settle(work)
    elif wanted in {"slack", "both"}:
        _take_out_everybody(work)
        await slack.settle(work)
    if wanted == "terminal":
        line = t("The bot is in this terminal only.")
        work.dialogue.say(line)
        work.transcript.append(line)


async def _wanted(work: SetUpRun) -> str:
    """Tell where the bot shall be: as said on the command line, as answered before, or as answered now."""
    options, settings = work.options, work.settings
    if options.who is not None:
        work.note(WHO, options.who)
    if options.platforms is not None:
        work.note(ANSWER, options.platforms)
        return options.platforms
    on_discord = bool(options.discord_token or settings.discord_token.get_secret_value())
    of_slack = (options.slack_bot_token, options.slack_app_token, options.slack_client_id, options.slack_address)
    on_slack = any(of_slack) or bool(settings.slack_bot_token.get_secret_value() or settings.slack_client_id)
    answer = work.progress.known(ANSWER)
    there = {(True, True): "both", (True, False): "discord", (False, True): "slack"}.get((on_discord, on_slack))
    if answer in CHOICES:
        return "both" if there is not None and {there, answer} == {"discord", "slack"} else _wider(answer, there)
    if there is None:
        there = await _asked(work)
    work.note(ANSWER, there)
    return there


async def _asked(work: SetUpRun) -> str:
    """Ask where the bot shall be; whoever wants it for everybody is asked once more."""
    places = (t("Discord"), t("Slack"), t("Both"))
    everybody = t("For everybody: any community may add it to its Discord or Slack")
    if _who(work) == CIRCLE:
        choices = (*places, t("Only this terminal, to try it"), everybody)
        default = 1 if work.dialogue.there else CHOICES.index("terminal") + 1
        answer = await work.dialogue.choose(t("Where shall the bot be?"), choices, default)
        if answer <= len(CHOICES):
            return CHOICES[answer - 1]
        work.note(WHO, EVERYBODY)
    return CHOICES[await work.dialogue.choose(t("Where may everybody add it?"), places) - 1]


def _who(work: SetUpRun) -> str:
    """Tell for whom the bot is: as said on the command line, as answered, or as the settings say."""
    if work.options.who is not None:
        return work.options.who
    by_settings = EVERYBODY if work.settings.slack_client_id or work.options.slack_client_id else CIRCLE
    return work.progress.known(WHO) or by_settings


def _take_out_everybody(work: SetUpRun) -> None:
    """Take out the id of an app for everybody, which does not go together with the token of one workspace."""
    if work.settings.slack_client_id:
        work.dialogue.say(t("I take out the app for everybody. The bot answers in one workspace only."))
        work.keep({"SLACK_CLIENT_ID": ""})


def _wider(answer: str, there: str | None) -> str:
    """Take what was answered, unless more has been set since."""
    if there is None or answer == "both":
        return answer
    return there if answer == "terminal" or there == "both" else answer
