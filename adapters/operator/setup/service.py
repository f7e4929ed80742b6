"""The last step: let the bot start by itself, with a unit that is shown before it is written."""

import socket
from pathlib import Path

from adapters.operator.private_file import write_private
from adapters.operator.program import line as typed
from adapters.operator.setup.unit import NAME, Unit, is_root, manager, succeeds, unit_for
from adapters.operator.setup.work import SetUpRun
from bot.ui.text import Text, t
from bot.ui.values import UserText

ANSWER, PORT = "service", "HEALTH_PORT"
FIRST_PORT = 8470
YES, NO = "yes", "no"
READABLE = 0o644


async def settle(work: SetUpRun) -> None:
    """Give the bot a port where it tells how it is, and offer to let the machine start it.

    Where there is no systemd, it is said how the bot is started by hand.
    """
    if work.settings.health_port is None:
        work.keep({PORT: str(_free_port())})
    work.dialogue.head(t("5. Start by itself"))
    how_to_start = await _settled(work)
    work.dialogue.say(how_to_start)
    work.transcript.append(how_to_start)


async def _settled(work: SetUpRun) -> Text:
    by_hand = t(
        "To start the bot, type in {folder}: {line}",
        folder=UserText(str(work.env.path.parent)),
        line=typed("run"),
    )
    if not manager(own=not is_root()):
        return by_hand
    unit = _unit(work)
    if unit.file.is_file() and unit.file.read_text(encoding="utf-8", errors="replace") == unit.text:
        return t("The machine starts the bot by itself ({file}).", file=UserText(str(unit.file)))
    if work.progress.known(ANSWER) == NO or not work.dialogue.there:
        return by_hand
    work.dialogue.say(
        t("The machine can start the bot by itself. I would write {file}:", file=UserText(str(unit.file)))
    )
    work.dialogue.show(unit.text)
    work.dialogue.say(t("and then do this:"))
    work.dialogue.show("\n".join(" ".join(command) for command in unit.commands))
    if not await work.dialogue.yes(t("Shall I?")):
        work.note(ANSWER, NO)
        return by_hand
    work.note(ANSWER, YES)
    return _installed(work, unit) or t("The machine starts the bot by itself ({file}).", file=UserText(str(unit.file)))


def _free_port() -> int:
    """Find a port that nothing on this machine uses."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return FIRST_PORT


def _unit(work: SetUpRun) -> Unit:
    backups = work.settings.backup_dir.strip()
    writes = [work.home, *([Path(backups)] if backups else [])]
    return unit_for(work.env.path.parent, writes)


def _installed(work: SetUpRun, unit: Unit) -> Text | None:
    """Write the unit and start it; tells what did not work."""
    running = work.running
    try:
        unit.file.parent.mkdir(parents=True, exist_ok=True)
        write_private(unit.file, unit.text)
        unit.file.chmod(READABLE)
    except OSError as error:
        return t(
            "{file} cannot be written: {why}.",
            file=UserText(str(unit.file)),
            why=UserText(error.strerror or str(error)),
        )
    if running:
        work.dialogue.say(
            t("The bot runs already. Stop that one, then type: {line}", line=UserText(f"systemctl restart {NAME}"))
        )
    for command in unit.commands:
        if not succeeds(command):
            return t("This did not work: {line}. Type it yourself to see why.", line=UserText(" ".join(command)))
    return None
