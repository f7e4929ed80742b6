"""The schedule of the weekly digest: its hour, its text, and what happens when it is late, refused or uncertain."""

from datetime import date, datetime, time

from bot.domain.community import Community, Rhythm
from bot.domain.week import Week
from bot.engine.invocation import Lack
from bot.engine.messenger import Refused
from bot.engine.schedule import Change, Skip
from bot.engine.tokens import Signer
from bot.features.digest import facts, organisers, post
from bot.features.registry import schedule
from bot.features.week import DIGEST, digest_day, next_digest
from bot.scheduling.weekly import WeeklyPost
from bot.store.database import Tx
from bot.store.posts import Claim
from bot.ui.reply import Reply


@schedule
class Digest(WeeklyPost):
    """The weekly post of a community, about the week before."""

    kind = DIGEST

    def hour(self, rhythm: Rhythm) -> tuple[int, time]:
        """Return the weekday, 0 for Monday, and the time that the organisers chose."""
        return rhythm.digest_day, rhythm.digest_at

    def instead_of(self, day: date, rhythm: Rhythm) -> date:
        """Move the digest away from a public holiday, where the organisers want that."""
        return digest_day(day, rhythm)

    def compose(self, tx: Tx, community: Community, period: str, due: datetime, signer: Signer) -> Reply | Skip:
        """Take the snapshot of the week, and write the digest from it."""
        return post.compose(tx, community, period, due, signer)

    def missed(self, tx: Tx, community: Community, period: str, due: datetime) -> None:
        """Take the snapshot all the same: figures change at their hour, whether or not the digest is posted."""
        facts.freeze_week(tx, community, Week.from_iso(period).previous(), due)

    def refused(
        self, tx: Tx, community: Community, period: str, refused: Refused, signer: Signer, now: datetime
    ) -> None:
        """Tell the organisers why the digest was not posted."""
        organisers.tell(tx, community, period, refused, signer, now)

    def lacked(self, tx: Tx, claim: Claim, lack: Lack | None, signer: Signer, now: datetime) -> None:
        """Tell the organisers what was missing, such as the chart."""
        organisers.tell_lack(tx, claim, lack, signer, now)

    def uncertain(self, tx: Tx, claim: Claim, signer: Signer, now: datetime) -> None:
        """Ask the organisers whether the digest is in the channel."""
        organisers.ask(tx, claim, signer, now)

    def came_twice(self, tx: Tx, claim: Claim, signer: Signer, now: datetime) -> None:
        """Tell the organisers that the digest is there twice."""
        organisers.tell_twice(tx, claim, signer, now)


def upcoming(tx: Tx, community: Community, before: Community, now: datetime) -> datetime:
    """Return when the next digest is due, with the settings that this unit of work has just changed."""
    planned = next_digest(tx, community)
    # The agenda is written anew only at the end of the unit of work, so here it is reckoned. What is overdue stays due.
    if planned is not None and planned <= now:
        return planned
    return Digest().next(Change(tx, community, before, planned, now))
