"""What is counted while the bot works: whoever watches it is told what was done, and never of whom or in which words."""


class Measures:
    """Hears of each step, from any thread, and lets it pass; whoever counts takes its place.

    No word that it is given is of a member: names of commands, kinds and outcomes are those that the program declares.
    """

    def answered(self, command: str, outcome: str) -> None:
        """Hear that a command was answered: its declared name, if it is one, and what came of it."""

    def waited(self, kind: str, seconds: float) -> None:
        """Hear how long somebody waited for the store, to read or to write."""

    def committed(self, writes: int) -> None:
        """Hear how many writes went into one transaction."""

    def posted(self, kind: str, outcome: str) -> None:
        """Hear what came of a try to send a weekly post."""

    def first_answer(self, platform: str, seconds: float) -> None:
        """Hear how long it took until somebody saw that the bot heard them."""

    def final_answer(self, platform: str, seconds: float) -> None:
        """Hear how long it took until somebody had their whole answer."""

    def reconnected(self, platform: str) -> None:
        """Hear that a connection was made anew."""
