"""What is behind the commands of whoever runs the bot: its database and its keys."""
