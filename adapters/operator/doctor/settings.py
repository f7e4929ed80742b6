"""Looks at the settings file and at the key."""

from collections.abc import Iterator
from pathlib import Path

from adapters.findings import Finding, fail, ok, warn
from adapters.operator.answers import SetUpAnswers
from adapters.operator.doctor.look import CheckContext
from adapters.operator.env_file import OTHERS
from adapters.operator.program import line as typed
from bot.config import settings_file, unknown_names
from bot.store.looking import key_problem, looking, schema
from bot.store.migrate import HEAD
from bot.ui.text import Text, t
from bot.ui.values import Together, UserText


def settings_findings(look: CheckContext) -> Iterator[Finding]:
    """Look at the settings file: what is unknown in it, and who may read it."""
    path = settings_file()
    if not path.is_file():
        yield ok("settings", t("All settings come from the environment."))
        return
    problems = list(_problems(path))
    yield from problems
    if not problems:
        yield ok("settings", t("{file} can be read, and every name in it is known.", file=UserText(path.name)))
    if not _platforms(look):
        seen = t("No token is set, so the bot is only in this terminal.")
        yield warn("platforms", seen, t("For Discord or Slack, type: {line}", line=typed("setup")))


def _problems(path: Path) -> Iterator[Finding]:
    for unknown in unknown_names(path):
        name = UserText(unknown.name)
        mend: Text = t("Take this line out of the file, if no other program needs it.")
        if unknown.meant is not None:
            mend = t("Did you mean {name}? Correct it in the file.", name=UserText(unknown.meant))
        yield warn("settings", t("{name} is no setting.", name=name), mend)
    if path.stat().st_mode & OTHERS:
        seen = t("Others on this machine can read {file}, and your tokens are in it.", file=UserText(path.name))
        yield warn("settings", seen, t("Type: {line}", line=UserText(f"chmod 600 {path}")))


def _platforms(look: CheckContext) -> bool:
    settings = look.settings
    tokens = (settings.discord_token, settings.slack_bot_token, settings.slack_app_token)
    return bool(settings.slack_client_id.strip()) or any(token.get_secret_value().strip() for token in tokens)


def key_findings(look: CheckContext) -> Iterator[Finding]:
    """Look whether the key opens the database, and whether somebody has a copy of it."""
    if look.readable and look.begun:
        with looking(look.path, look.ring) as tx:
            problem = key_problem(tx, look.ring) if schema(tx) == HEAD else None
        if problem is not None:
            names = Together(tuple(UserText(key_name) for key_name in look.ring.names))
            seen = t("What is in ENCRYPTION_KEYS ({names}) does not open the database.", names=names)
            mend = t("Put the key of your recovery sheet into ENCRYPTION_KEYS.")
            if isinstance(look.path, str):
                mend = t("Put the same ENCRYPTION_KEYS here as on the machine where the key was changed.")
            yield fail("key", seen, mend)
            return
    copied_on = SetUpAnswers.beside(look.path).has_copy(look.ring)
    name = UserText(look.ring.current)
    if copied_on is None:
        seen = t("The key {name} fits. Nobody has said yet that there is a copy of it.", name=name)
        mend = t("Without a copy a lost disk loses everything. Type: {line}", line=typed("setup"))
        yield warn("key", seen, mend)
        return
    yield ok("key", t("The key {name} fits, and has a copy ({day}).", name=name, day=UserText(copied_on)))


def not_loaded(problem: Text) -> Finding:
    """Say that the settings cannot be used at all, so that nothing else was looked at."""
    mend = t(
        "Correct it in {file}, or type: {line}",
        file=UserText(str(settings_file())),
        line=typed("setup"),
    )
    return fail("settings", t("I cannot use the settings. {why}", why=problem), mend)
