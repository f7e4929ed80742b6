"""Outreach: building a first message, reading one, and the term that worries people who do not know it."""
