"""Commands for tips: read, list, share, say whether one worked, report one."""

from collections.abc import Sequence
from typing import Annotated

from bot.domain.evidence import best_first
from bot.domain.ids import TipId, Who
from bot.domain.own_tips import CREDIT
from bot.domain.privacy import FEWEST_PEOPLE
from bot.domain.tip import Tip, TipState, Topic, helpful_first
from bot.engine.call import Call
from bot.engine.command import SecondPress, Shortcut
from bot.engine.errors import BadValue, NotNow, not_found
from bot.engine.linked import stamp_for
from bot.engine.rules import Choice, Number, RowId, YesNo
from bot.features.board import next_figures
from bot.features.people import TOPICS, rate_words
from bot.features.registry import action, command, refer_to
from bot.features.tip.ref import TipRef, first_words
from bot.features.tip.writing import TIP_TEXT, check_tip
from bot.store import communities, notices, snapshots, tips
from bot.ui.button import Button, Style
from bot.ui.codec import encode
from bot.ui.reply import Heading, Listing, Menu, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Count, UserText

COMMUNITY_TIPS = refer_to("community tips")
TIP_LIST = refer_to("tip list")

PAGE = 8
"""Tips on one page of the list."""

TIP = TipRef(label=t("Tip"))
TOPIC = Choice(label=t("Topic"), of=TOPICS)


@command("tip get", example="/tip get topic:asking", own_names=("number",), reads=True)
def get(
    call: Call,
    *,
    topic: Annotated[Topic | None, TOPIC] = None,
    number: Annotated[int | None, Number(label=t("Number in the list"), least=1, most=999)] = None,
) -> Reply:
    """Read one tip that helped others."""
    published = _published(call, topic)
    if not published:
        return _no_tip()
    # Without a number, the day chooses the tip, so that all come in turn; "another" goes on from there.
    at = call.today.toordinal() % len(published) if number is None else number - 1
    if at >= len(published):
        raise BadValue(
            tn("There is only {n} tip.", "There are only {n} tips.", len(published)),
            t("See their numbers with {list}.", list=CommandRef("tip list")),
        )
    # Numbers begin at 1, and behind the last tip comes the first one.
    after = get.button(call.stamp, t("Read another tip"), topic=topic, number=(at + 1) % len(published) + 1)
    return _read(call, published[at], after if len(published) > 1 else None)


@action("tip read", reads=True)
def read(call: Call, *, tip: Annotated[TipId, RowId(label=t("Tip"))]) -> Reply:
    """Read the tip that was chosen from the list."""
    return _read(call, _visible_tip(call, tip), None)


def _read(call: Call, tip: Tip, more: Button | None) -> Reply:
    return reply(*_tip_parts(tip), *_rates(call, tip), _verdict_buttons(call, tip, more))


def _published(call: Call, topic: Topic | None) -> list[Tip]:
    """List the tips that every member may see, on a topic or on all, the most helpful first."""
    published = tips.published(call.tx, call.community.id)
    return helpful_first([tip for tip in published if topic is None or tip.topic is topic])


def _no_tip() -> Reply:
    return reply(
        t("There is no tip on this topic yet."),
        Note(t("Do you know one? Share it with {share}.", share=CommandRef("tip share"))),
    )


def words(tip: Tip) -> Text:
    """Return the text of a tip: the bot's own are translated, the others are members' words."""
    return t(tip.text) if tip.seeded else t("{text}", text=UserText(tip.text))


def evidence(tip: Tip) -> Text:
    """Say for how many members a tip worked, as it was counted with the last digest."""
    if tip.evidence is None:
        return t("Fewer than {n} members tried it. You can try it too.", n=Count(FEWEST_PEOPLE))
    tried, worked, _ = tip.evidence
    return t("Tried by {tried}, worked for {worked}.", tried=Count(tried), worked=Count(worked))


def _tip_parts(tip: Tip) -> Sequence[Part]:
    credit = t("Idea: {name}", name=UserText(CREDIT)) if tip.seeded else _whose(tip)
    return (
        Heading(t("Tip: {topic}", topic=TOPICS[tip.topic])),
        Paragraph(words(tip)),
        Note(evidence(tip)),
        Note(credit),
    )


def _whose(tip: Tip) -> Text:
    return t("Shared by a member.") if tip.author is not None else t("From the organisers of this community.")


def _rates(call: Call, tip: Tip) -> tuple[Part, ...]:
    """Show below the bot's own tips on wordings how this community's asks were answered, as in the last digest."""
    frozen = snapshots.latest(call.tx, call.community.id) if tip.seeded and tip.topic is Topic.WORDS else None
    if frozen is None or not frozen.wordings:
        return ()
    rates = tuple(rate_words(rate) for rate in best_first(frozen.wordings))
    return (Paragraph(t("What our messages show:")), Listing(rates))


def _verdict_buttons(call: Call, tip: Tip, more: Button | None) -> Part:
    return buttons(
        tried.button(call.stamp, t("It worked"), Style.MAIN, tip=tip.id, worked=True),
        tried.button(call.stamp, t("It did not"), tip=tip.id, worked=False),
        more,
        None if tip.seeded else report.button(call.stamp, t("Report this tip"), tip=tip.id),
    )


@command("tip list", example="/tip list topic:talking", reads=True)
def list_(
    call: Call,
    *,
    topic: Annotated[Topic | None, TOPIC] = None,
    page: Annotated[int, Number(label=t("Page"), least=1, most=99, asked=False)] = 1,
) -> Reply:
    """See all tips, the most helpful first."""
    published = _published(call, topic)
    if not published:
        return _no_tip()
    start = (page - 1) * PAGE
    shown = [(tip, UserText(first_words(tip, call.language))) for tip in published[start : start + PAGE]]
    lines = tuple(t("{words} ({evidence})", words=beginning, evidence=evidence(tip)) for tip, beginning in shown)
    options = tuple(read.button(call.stamp, t("{words}", words=beginning), tip=tip.id) for tip, beginning in shown)
    more = (
        list_.button(call.stamp, t("Show more"), topic=topic, page=page + 1) if len(published) > start + PAGE else None
    )
    return reply(
        Heading(tn("{n} tip", "{n} tips", len(published))),
        Listing(lines, numbered=True, first=start + 1) if lines else t("There is no tip on this page."),
        Menu(t("Read a tip"), options) if options else None,
        next_figures(call.tx, call.community),
        buttons(share.button(call.stamp, t("Share a tip"), Style.MAIN), more),
    )


@command(
    "tip share",
    form=t("Share a tip"),
    example='/tip share text:"I write on Tuesday mornings." topic:asking',
    shortcut=Shortcut(t("Share as a tip"), t("Share this message as a tip"), takes="text"),
    once=True,
)
def share(
    call: Call,
    *,
    text: Annotated[str, TIP_TEXT],
    topic: Annotated[Topic, TOPIC] = Topic.OTHER,
) -> Reply:
    """Share what helped you with the other members."""
    check_tip(call, text)
    review = call.community.tips_need_review
    tips.share(call.tx, call.who, topic, text, TipState.WAITING if review else TipState.PUBLISHED, call.now)
    if review:
        _tell_organisers(call)
    return reply(
        t("Thank you. An organiser reads your tip first.") if review else t("Thank you. Your tip is there for all."),
        Paragraph(UserText(text)),
        Note(t("Never pay for a job. Never send your SIN to anybody.")),
        buttons(TIP_LIST.button(call.stamp, t("See all tips"))),
    )


def _tell_organisers(call: Call) -> None:
    """Send the organisers a private message that a tip waits, once a day."""
    for organiser in communities.set_up_by(call.tx, call.community.id):
        if organiser != call.member.id:
            who = Who(call.community.id, organiser)
            review_button = COMMUNITY_TIPS.button(stamp_for(call, who), t("Read the tip"), Style.MAIN)
            message = reply(t("A tip waits for you."), buttons(review_button))
            # The key is the day: the store keeps one notice of a key for each member.
            notices.put(call.tx, who, f"tips:{call.today.isoformat()}", encode(message), call.now)


@command(
    "tip tried",
    form=t("I tried a tip"),
    example='/tip tried tip:"ask for a short" worked:yes',
    again=SecondPress.CHANGED,
)
def tried(
    call: Call,
    *,
    tip: Annotated[TipId, TIP],
    worked: Annotated[bool, YesNo(label=t("Did it work for you?"))],
) -> Reply:
    """Say if a tip worked for you."""
    _visible_tip(call, tip)
    tips.tried(call.tx, call.who, tip, call.now, worked=worked)
    return reply(
        t("Good to know. Thank you.") if worked else t("Thank you. That helps the others too."),
        Note(t("Others see only how many tried it, never who.")),
        next_figures(call.tx, call.community),
        buttons(get.button(call.stamp, t("Read another tip"))),
    )


@command("tip report", form=t("Report a tip"), example='/tip report tip:"pay a fee"')
def report(call: Call, *, tip: Annotated[TipId, TIP]) -> Reply:
    """Tell an organiser that a tip is wrong or a fraud."""
    if _visible_tip(call, tip).seeded:
        raise NotNow(
            t("This is one of our own tips. It cannot be hidden."),
            t("If this tip did not help you, say so with {tried}.", tried=CommandRef("tip tried")),
        )
    tips.report(call.tx, call.who, tip, call.now)
    _tell_organisers(call)
    return reply(
        t("Thank you. The tip is hidden until an organiser reads it."),
        Note(t("Nobody sees that it was you.")),
        Note(t("Never pay for a job. Never send your SIN to anybody.")),
    )


def _visible_tip(call: Call, tip_id: TipId) -> Tip:
    tip = tips.find(call.tx, call.community.id, tip_id)
    if tip is None or tip.state is not TipState.PUBLISHED:
        raise not_found(TipRef.what)
    return tip
