"""The garden as the engine knows it."""

from bot.engine.own import new_registry

REGISTRY = new_registry()

action = REGISTRY.action
command = REGISTRY.command
family = REGISTRY.family
schedule = REGISTRY.schedule
