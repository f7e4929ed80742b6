"""Hello Circle in a Discord server."""
