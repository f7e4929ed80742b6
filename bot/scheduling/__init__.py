"""Wakes the bot and claims each post before it is sent."""
