"""The registry of Hello Circle: every command, family and schedule of the folders beside this file is added to it."""

from bot.engine.own import new_registry

REGISTRY = new_registry()

action = REGISTRY.action
command = REGISTRY.command
explains = REGISTRY.explains
family = REGISTRY.family
farewell = REGISTRY.farewell
greets = REGISTRY.greets
refer_to = REGISTRY.refer_to
schedule = REGISTRY.schedule
surrounds = REGISTRY.surrounds
