"""The one private message of a day."""
