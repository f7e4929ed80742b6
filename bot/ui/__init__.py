"""What a command may answer with."""
