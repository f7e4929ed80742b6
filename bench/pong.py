"""The floor on Discord: a bot that answers everything with one word and does nothing else; it is run as a process."""

import sys
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Pong(discord.AutoShardedClient):
    """Says pong."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer."""
        await interaction.response.send_message("pong", ephemeral=True)


def main(token: str, api_url: str, gateway_url: str) -> None:
    """Run until it is killed."""
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway_url)
    client = Pong(intents=discord.Intents(guilds=True), max_messages=None, shard_count=1, chunk_guilds_at_startup=False)
    client.run(token, log_handler=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
