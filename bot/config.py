"""The settings: the only reader of the environment and of `.env`, built once at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from bot.faults import Explained

_ENV = Path(".env")
_ENCODING = "utf-8-sig"
"""UTF-8, also with the mark in front that some editors write."""
_SQLITE = "sqlite+aiosqlite:///"
_SERVER = ("postgresql://", "postgresql+psycopg://", "postgres://")


class SettingsError(Explained):
    """A setting is missing or wrong; the message names it and the fix, and never its value."""


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(
        env_file=_ENV, env_file_encoding=_ENCODING, extra="ignore", hide_input_in_errors=True
    )

    database_url: Annotated[
        str,
        Field(
            description="where the data is kept, such as "
            "sqlite+aiosqlite:///hello-circle.db or postgresql://USER:PASSWORD@HOST/NAME"
        ),
    ] = f"{_SQLITE}hello-circle.db"
    encryption_keys: Annotated[
        SecretStr, Field(description="the keys that seal personal texts, as name:base64; the first is the current one")
    ] = SecretStr("")
    backup_dir: Annotated[str, Field(description="the folder of the backups; none means backups, beside the data")] = ""
    backup_keep_days: Annotated[
        int, Field(description="how many days a backup is kept; 1 to 30, which members are promised", ge=1, le=30)
    ] = 30
    default_zone: Annotated[str, Field(description="the time zone of a new community, such as America/Toronto")] = (
        "America/Toronto"
    )
    discord_token: Annotated[
        SecretStr, Field(description="the bot token from Discord's developer page; none leaves Discord out")
    ] = SecretStr("")
    discord_api_url: Annotated[
        str, Field(description="where Discord's API is, such as https://discord.com/api/v10")
    ] = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[
        str, Field(description="where Discord's gateway is, such as wss://gateway.discord.gg")
    ] = "wss://gateway.discord.gg"
    discord_shards: Annotated[
        int | None,
        Field(
            description="in how many parts I hear Discord; none takes as many as Discord recommends", ge=1, le=10_000
        ),
    ] = None
    slack_bot_token: Annotated[
        SecretStr, Field(description="the bot token of Slack, which begins with xoxb-; none leaves Slack out")
    ] = SecretStr("")
    slack_app_token: Annotated[
        SecretStr, Field(description="the app-level token of Slack for Socket Mode, which begins with xapp-")
    ] = SecretStr("")
    slack_signing_secret: Annotated[
        SecretStr, Field(description="the signing secret of the Slack app, for HTTP mode")
    ] = SecretStr("")
    slack_http_port: Annotated[
        int | None, Field(description="the port where Slack reaches me; none means Socket Mode", ge=1, le=65535)
    ] = None
    slack_client_id: Annotated[
        str, Field(description="the client id of a Slack app that everybody may add, and no bot token")
    ] = ""
    slack_client_secret: Annotated[SecretStr, Field(description="the client secret of that Slack app")] = SecretStr("")
    slack_public_url: Annotated[
        str, Field(description="where browsers and Slack reach that app, such as https://circle.example.org")
    ] = ""
    slack_privacy_url: Annotated[
        str,
        Field(description="your privacy text, such as https://circle.example.org/privacy; that app's page links to it"),
    ] = ""
    slack_api_url: Annotated[str, Field(description="where Slack's API is, such as https://slack.com/api/")] = (
        "https://slack.com/api/"
    )
    health_port: Annotated[
        int | None, Field(description="the port where I tell how I am; none keeps it to myself", ge=1, le=65535)
    ] = None
    health_host: Annotated[
        str, Field(description="the address of that port, such as 127.0.0.1, which only this machine reaches")
    ] = "127.0.0.1"
    environment: Annotated[Literal["production", "development"], Field(description="production or development")] = (
        "production"
    )
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(description="DEBUG, INFO, WARNING or ERROR")
    ] = "INFO"
    log_format: Annotated[Literal["text", "json"], Field(description="text or json")] = "text"

    @field_validator("database_url")
    @classmethod
    def _a_known_database(cls, url: str) -> str:
        if url == _SQLITE or not url.startswith((_SQLITE, *_SERVER)):
            message = "it must be a SQLite file or a database on a PostgreSQL server"
            raise ValueError(message)
        return url

    @field_validator("discord_api_url", "discord_gateway_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if not url.startswith(("https://", "wss://", "http://", "ws://")):
            message = "it must be a web address"
            raise ValueError(message)
        return url.rstrip("/")

    @field_validator("slack_http_port", "health_port", "discord_shards", mode="before")
    @classmethod
    def _no_number(cls, number: object) -> object:
        return None if isinstance(number, str) and not number.strip() else number

    @field_validator("slack_api_url")
    @classmethod
    def _a_folder(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            message = "it must be a web address"
            raise ValueError(message)
        return url.rstrip("/") + "/"

    @field_validator("default_zone")
    @classmethod
    def _a_known_zone(cls, zone: str) -> str:
        # To list all zones, as others do to offer them, reads six hundred files at every start.
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            message = "there is no such time zone"
            raise ValueError(message) from None
        return zone


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment and from `.env`.

    Raises:
        SettingsError: one is wrong; the message is one line.
    """
    try:
        return Settings(**overrides)
    except ValidationError as wrong:
        # Neither its text nor its traceback is shown: both may hold the value, which may be a secret.
        name = str(wrong.errors()[0]["loc"][0]).lower()
        expected = Settings.model_fields[name].description
        raise SettingsError(
            "{name} is not right; it is {expected}.", name=name.upper(), expected=Explained(expected or "")
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            "The file {file} is not text in UTF-8. Save it as UTF-8, then try again.", file=_ENV.resolve()
        ) from None
    except OSError as problem:
        raise SettingsError(
            "The file {file} cannot be read: {reason}. Look at its rights.",
            file=_ENV.resolve(),
            reason=problem.strerror,
        ) from None


def keys_of(settings: Settings) -> str:
    """Return the text of the key ring.

    Raises:
        SettingsError: there is none yet; the message tells how to make one.
    """
    keys = settings.encryption_keys.get_secret_value().strip()
    if not keys:
        raise SettingsError("ENCRYPTION_KEYS is not set; make a key with: hello-circle keys new, and keep it in .env.")
    return keys


def settings_file() -> Path:
    """Name the file that the settings are read from: `.env` in the present folder, by its real name."""
    return _ENV.resolve()


def read_settings_file(path: Path) -> Mapping[str, str]:
    """Read every name of a settings file, known or not, as the settings themselves read it.

    Raises:
        UnicodeDecodeError: it is no text.
        OSError: it cannot be read.
    """
    values = DotEnvSettingsSource(Settings, env_file=path, env_file_encoding=_ENCODING).env_vars
    return {name.upper(): value or "" for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name in a settings file that is no setting, and the one that was perhaps meant."""

    name: str
    meant: str | None


def unknown_names(path: Path) -> list[UnknownName]:
    """List the names of a settings file that mean nothing to this program.

    Raises:
        UnicodeDecodeError: it is no text.
        OSError: it cannot be read.
    """
    names = [name.upper() for name in Settings.model_fields]
    return [
        UnknownName(name, next(iter(get_close_matches(name, names, n=1)), None))
        for name in read_settings_file(path)
        if name not in names
    ]


def about(name: str) -> str:
    """Say in one line what a setting is; nothing for a name that is no setting."""
    field = Settings.model_fields.get(name.lower())
    return (field.description or "") if field is not None else ""


def from_surroundings(name: str) -> bool:
    """Tell whether the environment of the process gives a setting, which then wins over the file."""
    return any(variable.upper() == name for variable in os.environ)  # noqa: TID251 - the one reader


def wished_language() -> str | None:
    """Tell which language the terminal is set to, such as "fr_CA.UTF-8"."""
    return next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), None)  # noqa: TID251 - the one reader
