"""A weekly post in a channel of a community: entered into the ledger when it is due, composed when it is sent."""

from abc import abstractmethod
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community, Rhythm
from bot.domain.week import Week, local_to_utc, next_weekly
from bot.engine.invocation import Lack
from bot.engine.messenger import Refused
from bot.engine.schedule import Change, CommunitySchedule, Skip
from bot.engine.tokens import Signer
from bot.store import posts
from bot.store.database import Tx
from bot.store.posts import Claim
from bot.ui.reply import Reply

TOO_LATE = timedelta(hours=48)
"""Rule: a post that is this late is not sent any more."""


class WeeklyPost(CommunitySchedule):
    """A post that comes once a week; its period is the week in which it is due."""

    @abstractmethod
    def hour(self, rhythm: Rhythm) -> tuple[int, time]:
        """Tell the day, counted from Monday, and the local time at which it comes."""

    def instead_of(self, day: date, rhythm: Rhythm) -> date:
        """Give the day on which it comes instead of another one, later in the same week; nearly always it is the same."""
        return day

    @abstractmethod
    def compose(self, tx: Tx, community: Community, period: str, due: datetime, signer: Signer) -> Reply | Skip:
        """Write the post of a period, or say why there is none."""

    def missed(self, tx: Tx, community: Community, period: str, due: datetime) -> None:
        """Do what must be done at its hour though it comes too late to be sent."""

    def refused(
        self, tx: Tx, community: Community, period: str, refused: Refused, signer: Signer, now: datetime
    ) -> None:
        """Tell whoever must know that it was not posted, and why; the log has it in any case."""

    def lacked(self, tx: Tx, claim: Claim, lack: Lack | None, signer: Signer, now: datetime) -> None:
        """Tell whoever must know what kept it from coming whole; None when nothing did."""

    def uncertain(self, tx: Tx, claim: Claim, signer: Signer, now: datetime) -> None:
        """Ask whether it is there, when nobody else can tell; it is not posted again by itself."""

    def came_twice(self, tx: Tx, claim: Claim, signer: Signer, now: datetime) -> None:
        """Tell whoever can delete the second one, when the bot could not."""

    def next(self, change: Change) -> datetime:
        """Say when it is next, at the set-up and after each change of zone or hour.

        Rule: a change moves the post that comes next and leaves none out; when its new hour is over, it comes at once.
        The first post tells of the week of the set-up, not of one before there was anything to tell; unless an
        organiser moves it to an hour that is still to come this week.
        """
        community, now, planned = change.community, change.now, change.planned
        running = Week.at(now, community.tz)
        period = Week.at(planned, change.before.tz) if planned is not None else running.next()
        moved = planned is not None and self.hour(community.rhythm) != self.hour(change.before.rhythm)
        if moved and self.due(community, running) > now and not self._entered(change, running):
            period = running
        if self._entered(change, period):
            period = period.next()
        # The ledger takes the week of a post from this instant, so it may not be later than that week.
        return max(self.due(community, period), min(now, period.ends(community.tz) - timedelta(seconds=1)))

    def due(self, community: Community, period: Week) -> datetime:
        """Tell when the post of a period is due."""
        return self._at(period, community.rhythm, community.tz)

    def following(self, due: datetime, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
        """Tell when it is due next after an instant."""
        weekday, at = self.hour(rhythm)
        week, _ = next_weekly(due, weekday, at, zone)
        # In the week before, the usual hour is over; one that was moved may still be to come.
        this_week = self._at(week.previous(), rhythm, zone)
        return this_week if this_week > due else self._at(week, rhythm, zone)

    def _at(self, period: Week, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
        weekday, at = self.hour(rhythm)
        return local_to_utc(self.instead_of(period.monday + timedelta(days=weekday), rhythm), at, zone)

    def last_before(self, due: datetime, community: Community) -> datetime:
        """Tell when it was due a week before an instant at which it is due."""
        return self.due(community, Week.at(due, community.tz).previous())

    def _entered(self, change: Change, period: Week) -> bool:
        return posts.find(change.tx, change.community.id, self.kind, period.iso) is not None


def is_too_late(due: datetime, now: datetime) -> bool:
    """Tell whether a post that was due is not sent any more."""
    return now - due >= TOO_LATE
