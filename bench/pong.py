"""The floors on Discord: bots that answer everything with one word and do nothing else; each is run as a process."""

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


class LaterPong(Pong):
    """Acknowledges, and says pong by an edit, with the same two requests as the bot."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="pong")


def main(kind: str, token: str, api_url: str, gateway_url: str) -> None:
    """Run until it is killed."""
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway_url)
    kind_of_bot = {"pong": Pong, "later pong": LaterPong}[kind]
    client = kind_of_bot(
        intents=discord.Intents(guilds=True), max_messages=None, shard_count=1, chunk_guilds_at_startup=False
    )
    client.run(token, log_handler=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
