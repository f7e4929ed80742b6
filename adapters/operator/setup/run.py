"""Goes through the steps of set-up, each of which keeps what is right and asks only for what is missing or wrong."""

import asyncio
import sys
from contextlib import suppress

from adapters.log import set_up_logging
from adapters.operator.doctor.run import as_text, examine
from adapters.operator.env_file import EnvFile
from adapters.operator.program import line as typed
from adapters.operator.setup import backups, data, key, platforms, returning, service
from adapters.operator.setup.dialogue import Dialogue, Unattended, Unsettled
from adapters.operator.setup.work import Options, SetUpRun
from adapters.slack.manifest import PAGE_PATH
from adapters.wording import worded
from bot.config import SettingsError, settings_file
from bot.engine.clock import SystemClock
from bot.features import everything
from bot.store.errors import StoreError
from bot.ui.text import Text, t
from bot.ui.values import UserText
from bot.ui.voice import say

DONE, WRONG, STOPPED = 0, 2, 130
STEPS = (data, returning, key, platforms, backups, service)
AFTER_THE_START = {"bot", "backups", "drill", "discord-commands", "discord-channels", "slack-channels", "waiting"}
"""What can only be well once the bot runs; before that it is no news, and would frighten whoever did all right."""
OPTIONS = (
    "--discord-token-file FILE",
    "--slack-bot-token-file FILE",
    "--slack-app-token-file FILE",
    "--data DIR",
    "--backups DIR",
    "--recovery-sheet FILE",
    "--restore FILE",
    "--platforms discord|slack|both|terminal",
    "--for circle|everybody",
    "--slack-address URL",
    "--slack-port PORT",
    "--slack-client-id ID",
    "--slack-client-secret-file FILE",
    "--slack-signing-secret-file FILE",
    "--privacy URL",
    "--yes",
)


def set_up(options: Options, language: str, *, unattended: bool) -> tuple[int, str | None]:
    """Set up; returns how it ended, and the problem if there was one."""
    if not unattended and not (sys.stdin.isatty() and sys.stdout.isatty()):
        return WRONG, _no_terminal(language)
    if (wrong := _not_right(options)) is not None:
        return WRONG, wrong
    set_up_logging("WARNING")
    dialogue = Unattended(language) if unattended else Dialogue(language)
    work = SetUpRun(dialogue, options, EnvFile(settings_file()), SystemClock(), everything())
    try:
        asyncio.run(_go_through(work))
    except (KeyboardInterrupt, EOFError):
        dialogue.head(t("Stopped. What was right is kept. To go on, type: {line}", line=typed("setup")))
        return STOPPED, None
    except Unsettled as unsettled:
        return WRONG, f"{say(unsettled.what, language)} {say(unsettled.mend, language)}"
    except (SettingsError, StoreError) as problem:
        return WRONG, worded(problem, language)
    return DONE, None


def _not_right(options: Options) -> str | None:
    """Name an option that is none of its choices."""
    chosen = (("--platforms", options.platforms, platforms.CHOICES), ("--for", options.who, platforms.FOR))
    wrong = next(((name, choices) for name, choice, choices in chosen if choice not in {None, *choices}), None)
    return None if wrong is None else f"{wrong[0]} is not right; write one of {', '.join(wrong[1])}."


async def _go_through(work: SetUpRun) -> None:
    work.env.keep_private()
    for step in STEPS:
        await step.settle(work)
    await _close(work)


def _no_terminal(language: str) -> str:
    words = t("There is no terminal here, so I cannot ask. Say --yes, with what you need of these:")
    return "\n".join([say(words, language), *(f"  {option}" for option in OPTIONS)])


async def _close(work: SetUpRun) -> None:
    """Show what was set up, how everything stands, and what to do now."""
    dialogue = work.dialogue
    dialogue.head(t("What is set up"))
    for line in work.transcript:
        dialogue.say(line, before="  ")
    dialogue.say(t("The settings are in {file}.", file=UserText(str(work.env.path))), before="  ")
    dialogue.head(t("How it stands (the same comes with {line})", line=typed("doctor")))
    with suppress(SettingsError, StoreError):
        findings = [
            finding for finding in await examine(work.clock) if work.running or finding.check not in AFTER_THE_START
        ]
        dialogue.show(as_text(findings, dialogue.language).rstrip())
    dialogue.head(t("What now"))
    for line in _now(work):
        dialogue.say(line)


def _now(work: SetUpRun) -> list[Text]:
    """Say what to do now: start the bot, and what to type in the chat."""
    settings = work.settings
    lines: list[Text] = [] if work.running else [t("Start the bot: {line}", line=typed("run"))]
    if settings.discord_token.get_secret_value():
        lines.append(t("In Discord, type: {line}", line=UserText("/community setup")))
    if settings.slack_bot_token.get_secret_value():
        lines.append(t("In Slack, type: {line}", line=UserText("/hello community setup")))
    if settings.slack_client_id:
        page = UserText(f"{settings.slack_public_url}{PAGE_PATH}")
        lines.append(t("On Slack's page, under Manage Distribution, activate public distribution."))
        lines.append(t("Then give people this page: {page}", page=page))
    return lines
