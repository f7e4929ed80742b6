"""Hello Circle as the engine knows it: every command, family and schedule below declares itself here."""

from bot.engine.own import new_registry

REGISTRY = new_registry()

action = REGISTRY.action
command = REGISTRY.command
explains = REGISTRY.explains
family = REGISTRY.family
farewell = REGISTRY.farewell
refer_to = REGISTRY.refer_to
schedule = REGISTRY.schedule
