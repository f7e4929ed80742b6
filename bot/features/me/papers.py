"""The command that makes lines for a résumé, of what a member really did."""

from bot.domain.meeting import MeetingState
from bot.engine.call import Call
from bot.engine.linked import everywhere
from bot.features.registry import command
from bot.features.week import progress, this_week
from bot.store import asks, leads, meetings, tips
from bot.ui.languages import spoken
from bot.ui.reply import File, Heading, Listing, Note, Paragraph, Part, Reply, reply
from bot.ui.text import Text, t, tc, tn
from bot.ui.values import InLanguage, LanguageName
from bot.ui.voice import say


@command("me resume", reads=True)
def resume(call: Call) -> Reply:
    """Get lines for your résumé, from what you really did."""
    lines = _resume_lines(call)
    if not lines:
        return reply(
            t("There is nothing to count yet."),
            Note(t("After your first message or talk, the lines come by themselves.")),
        )
    parts: list[Part] = [Heading(t("Lines for your résumé"))]
    pages: list[str] = []
    # The member's language comes first: False sorts before True.
    for code in sorted(spoken(), key=lambda code: code != call.language):
        translated = tuple(InLanguage(line, code) for line in lines)
        parts += [Paragraph(LanguageName(code)), Listing(translated)]
        pages.append("\n".join((say(LanguageName(code), code), *(f"- {say(line, code)}" for line in translated))))
    name = say(tc("name of a file", "resume-lines"), call.language)
    return reply(
        *parts,
        Note(t("Every number comes from what you told me. No name is in it.")),
        File(f"{name}.txt", "text/plain", "\n\n".join(pages) + "\n", in_words=True),
    )


def _resume_lines(call: Call) -> list[Text]:
    """Write a line for each count above zero."""
    people, my_weeks = asks.counts_of(call.tx, call.who).people, progress(call)
    held = [meeting for meeting in meetings.of_member(call.tx, call.who) if meeting.state is MeetingState.HELD]
    by_id = {lead.id: lead for lead in leads.choices(call.tx, call.who, open_only=False)}
    # Compared without case, because a member writes one organisation in several ways.
    places = {by_id[meeting.lead].organisation.casefold() for meeting in held if meeting.lead in by_id}
    named = sum(lead.source is not None for lead in by_id.values())
    weeks = sum(my_weeks.kept(week) for week in my_weeks.promises if week < this_week(call))
    shared = sum(tips.published_by(call.tx, who) for who in everywhere(call))
    counted = (
        (people, tn("Wrote to {n} professional in my field", "Wrote to {n} professionals in my field", people)),
        (
            len(held),
            tn(
                "Talked with {n} professional about the work and its needs",
                "Had {n} conversations with professionals about the work and its needs",
                len(held),
            ),
        ),
        (len(places), tn("Met people of {n} organisation", "Met people of {n} organisations", len(places))),
        (
            named,
            tn(
                "Was introduced to {n} person by others in the field",
                "Was introduced to {n} people by others in the field",
                named,
            ),
        ),
        (weeks, tn("Kept a weekly work plan for {n} week", "Kept a weekly work plan for {n} weeks", weeks)),
        (
            shared,
            tn(
                "Wrote {n} piece of advice for a community of job seekers",
                "Wrote {n} pieces of advice for a community of job seekers",
                shared,
            ),
        ),
    )
    return [line for number, line in counted if number > 0]
