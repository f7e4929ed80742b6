"""Adds leads by Errbot's own test backend, many at once; prints how many a second, and processor time for each.

It is started as: errbot_add.py FILE TOGETHER ROUNDS.
"""

import json
import logging
import os
import sys
from pathlib import Path
from time import perf_counter, process_time

from errbot.backends.test import TestBot

TOGETHER, ROUNDS = map(int, sys.argv[2:])


def add_at_once(bot: TestBot, number: int) -> None:
    """Send so many lines, and wait for as many answers.

    Raises:
        RuntimeError: a lead was not added.
    """
    for member in range(TOGETHER):
        bot.push_message(f"!lead add Dana {number} {member}")
    for _ in range(TOGETHER):
        answer = bot.pop_message(timeout=30)
        if "Added: Dana" not in answer:
            raise RuntimeError(answer)


def main() -> None:
    """Start the bot, measure, and end at once, because its threads do not all end by themselves."""
    bot = TestBot(extra_plugin_dir=str(Path(__file__).parent / "errbot_plugin"), loglevel=logging.ERROR)
    bot.start()
    logging.getLogger().setLevel(logging.ERROR)
    add_at_once(bot, 0)
    start, used = perf_counter(), process_time()
    for number in range(1, ROUNDS + 1):
        add_at_once(bot, number)
    leads = TOGETHER * ROUNDS
    sys.stdout.write(json.dumps([leads / (perf_counter() - start), (process_time() - used) / leads]))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
