"""What the bot tells of itself to whoever keeps it running: whether it is well, and figures without names."""
