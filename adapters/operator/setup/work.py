"""What all steps of set-up share: who is asked, what was given beforehand, and what is written as it goes."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from adapters.operator.answers import SetUpAnswers
from adapters.operator.env_file import EnvFile
from adapters.operator.setup.dialogue import Dialogue
from bot.config import Settings, from_surroundings, load_settings
from bot.engine.clock import Clock
from bot.engine.registry import Registry
from bot.store.address import Origin, home_of, origin_of
from bot.store.errors import StartError
from bot.store.keyring import KeyRing
from bot.store.looking import is_held
from bot.ui.text import Text


@dataclass(frozen=True, slots=True)
class Options:
    """What was said on the command line."""

    data: Path | None = None
    discord_token: Path | None = None
    slack_bot_token: Path | None = None
    slack_app_token: Path | None = None
    recovery_sheet: Path | None = None
    backups: Path | None = None
    restore: Path | None = None
    platforms: str | None = None
    who: str | None = None
    """For whom the bot is: one circle, or everybody."""
    slack_client_id: str = ""
    slack_client_secret: Path | None = None
    slack_signing_secret: Path | None = None
    slack_address: str = ""
    slack_port: int | None = None
    privacy: str = ""


@dataclass
class SetUpRun:
    """One run of set-up."""

    dialogue: Dialogue
    options: Options
    env: EnvFile
    clock: Clock
    product: Registry
    transcript: list[Text] = field(default_factory=list[Text])
    """What was set up, without secrets, to be shown at the end."""

    @property
    def settings(self) -> Settings:
        """The settings as they are now.

        Raises:
            SettingsError: one is wrong.
        """
        return load_settings()

    @property
    def origin(self) -> Origin:
        """Where the database is: its file, or the URL of its server.

        Raises:
            StartError: the setting cannot be read.
        """
        return origin_of(self.settings.database_url)

    @property
    def home(self) -> Path:
        """The folder of what is kept beside the database."""
        return home_of(self.origin)

    @property
    def running(self) -> bool:
        """Whether a bot has the database open."""
        return is_held(self.origin)

    @property
    def progress(self) -> SetUpAnswers:
        """What was told so far and no setting holds."""
        return SetUpAnswers.beside(self.origin)

    def keep(self, values: Mapping[str, str]) -> None:
        """Write settings at once, so that nothing that was right is asked again.

        Raises:
            StartError: they cannot be written, or the environment says something else.
        """
        self.env.put(values)
        for name in values:
            if from_surroundings(name):
                raise StartError(
                    "{name} is set in the environment, which wins over {file}. Take it out there.",
                    name=name,
                    file=self.env.path,
                )

    def note(self, name: str, answer: str) -> None:
        """Keep an answer that no setting holds.

        Raises:
            StartError: it cannot be written.
        """
        with self._write_errors_explained():
            self.progress.note(name, answer)

    def note_copy(self, ring: KeyRing) -> None:
        """Keep that somebody has a copy of the key.

        Raises:
            StartError: it cannot be written.
        """
        with self._write_errors_explained():
            self.progress.note_copy(ring, self.clock.now().date().isoformat())

    @contextmanager
    def _write_errors_explained(self) -> Generator[None]:
        """Turn an error of writing the answers into a problem that names the fix."""
        try:
            yield
        except OSError as error:
            raise StartError(
                "{file} cannot be written: {reason}. Look for a full disk or missing rights.",
                file=self.progress.file,
                reason=error.strerror,
            ) from None
