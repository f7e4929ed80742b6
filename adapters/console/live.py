"""The console on the operator's own database: the machine's clock, and the weekly round running."""

from adapters.console.prompt import talk
from adapters.console.session import open_session
from adapters.log import set_up_logging
from adapters.runtime import open_database, ticking
from bot.config import Settings, SettingsError, keys_of, load_settings
from bot.core.clock import SystemClock
from bot.store.errors import StoreError


async def run_live() -> str | None:
    """Run the bot with the settings until the person leaves; returns the problem that stopped it, if one did."""
    try:
        settings = load_settings()
        keys = keys_of(settings)
        set_up_logging(settings.log_level, settings.log_format)
        async with open_session(settings.database_url, keys, SystemClock(), settings.default_zone) as session:
            with ticking(session.circle):
                await talk(session, me="me")
    except (SettingsError, StoreError) as problem:
        return str(problem)
    return None


async def upgrade_database() -> str | None:
    """Bring the database of the settings to this version; returns the problem, if there is one."""
    try:
        settings: Settings = load_settings()
        set_up_logging(settings.log_level, settings.log_format)
        async with open_database(settings.database_url, keys_of(settings)):
            pass
    except (SettingsError, StoreError) as problem:
        return str(problem)
    return None
