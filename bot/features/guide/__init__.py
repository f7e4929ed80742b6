"""The guide of an organiser's first week."""

from bot.features.guide.messages import begin_guide as begin_guide, next_day as next_day, today as today
