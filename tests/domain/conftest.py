"""Rules are tried with many values: always the same ones, and never against the clock."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, derandomize=True)
settings.load_profile("rules")
