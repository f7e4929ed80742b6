"""What members read about a link: the question to the owner of a code, the result, the page, and the end."""

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.joining import JoinedLists
from bot.engine.call import Call, Stamp
from bot.features.registry import refer_to
from bot.store import communities, identities, leads, link_pairs, members, taking_back
from bot.store.identities import IdentityLink
from bot.ui.button import Style
from bot.ui.places import platform_name
from bot.ui.reply import Fields, Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, Example, Moment, UserText

ME_LINK_ANOTHER = refer_to("me link-another")
ME_LINK_NO = refer_to("me link-no")
ME_LINK_REMINDERS = refer_to("me link-reminders")
ME_LINK_SAME = refer_to("me link-same")
ME_LINK_YES = refer_to("me link-yes")
ME_UNLINK = refer_to("me unlink")


def place(community: Community) -> Text:
    """Name a community with its platform."""
    return t("{platform}, {community}", platform=platform_name(community.platform), community=UserText(community.name))


def asking(call: Call, stamp: Stamp, entrant: Who, question: str) -> Reply:
    """Ask the owner of a code whether it is they who entered it."""
    community, member = communities.get(call.tx, entrant.community), members.get(call.tx, entrant)
    name, platform = UserText(member.name), platform_name(community.platform)
    return reply(
        Heading(t("Is it you?")),
        t("Somebody entered your code on {platform} as {name}. Is it you?", platform=platform, name=name),
        Fields(((t("Where"), place(community)),)),
        t("After your yes you are one person: one list and one plan. You count once."),
        Note(t("Say no if you do not know this name. Then nobody sees anything.")),
        buttons(
            ME_LINK_YES.button(stamp, t("Yes, it is me"), Style.MAIN, question=question),
            ME_LINK_NO.button(stamp, t("No"), Style.DANGER, question=question),
        ),
    )


def became_one(call: Call, link: IdentityLink, joined: JoinedLists) -> Reply:
    """Say what a new link moved and merged, and ask about the first two leads that may be one person."""
    platform = platform_name(communities.get(call.tx, link.side.community).platform)
    results = (
        tn("{n} person was added to your list.", "{n} people were added to your list.", joined.moved)
        if joined.moved
        else None,
        tn("{n} of them was on it already.", "{n} of them were on it already.", joined.same) if joined.same else None,
        t("You had a plan for this week on both platforms. The plan you made here stays.")
        if joined.plan_dropped
        else None,
        tn(
            "{n} piece of good news from {platform} is only for you now.",
            "{n} pieces of good news from {platform} are only for you now.",
            joined.news,
            platform=platform,
        )
        if joined.news
        else None,
        t("You have no buddy on {platform} any more.", platform=platform) if joined.walk_ended else None,
    )
    return reply(
        Heading(t("You are linked")),
        t("Here and on {platform} you are one person. You count once, here.", platform=platform),
        *results,
        _on_the_board(call, link.home),
        Note(t("Your reminders come here. You can choose {platform} with {line}.", platform=platform, line=_ME_LINK)),
        _taking_back(call, link),
        *next_pair(call, link.home),
        buttons(ME_UNLINK.button(call.stamp, t("End the link"))),
    )


_ME_LINK = CommandRef("me link")


def _on_the_board(call: Call, home: Who) -> Note | None:
    """Say how they appear on the leaderboard; None where there is none."""
    if not communities.get(call.tx, home.community).ranks:
        return None
    shown = members.get(call.tx, home).shown_name
    if shown is None:
        return Note(t("Your name is not on the board."))
    change = CommandRef("board join")
    return Note(t("On the board you are {name}. Change it with {join}.", name=UserText(shown), join=change))


def _taking_back(call: Call, link: IdentityLink) -> Note:
    until = Moment(link.taken_back_until, call.zone_name)
    return Note(t("You can take it back until {moment}. Each side is then as it was.", moment=until))


def page(call: Call, link: IdentityLink, *notes: Text | Note) -> Reply:
    """Show a link to its member, on either platform, below some notes."""
    home, side = (communities.get(call.tx, who.community) for who in (link.home, link.side))
    other_platform = platform_name((side if call.own == link.home else home).platform)
    reminded_here = link.reminders_aside == (call.own == link.side)
    return reply(
        *notes,
        Heading(t("You are linked")),
        Fields(
            (
                (t("Your list is on"), place(home)),
                (t("You use it also on"), place(side)),
                (t("Linked since"), Day(link.since.astimezone(call.zone).date())),
                (t("Reminders come on"), place(side if link.reminders_aside else home)),
            )
        ),
        _taking_back(call, link) if taking_back.can(call.tx, link, call.now) else _what_stays(call, link),
        *next_pair(call, link.home),
        buttons(
            ME_LINK_REMINDERS.button(call.stamp, t("Remind me on {platform}", platform=other_platform), here=False)
            if reminded_here
            else ME_LINK_REMINDERS.button(call.stamp, t("Remind me here"), here=True),
            ME_UNLINK.button(call.stamp, t("End the link"), Style.DANGER),
        ),
    )


def _what_stays(call: Call, link: IdentityLink) -> Note:
    """Say on which platform the list stays when a link ends that cannot be taken back any more."""
    platform = platform_name(communities.get(call.tx, link.other(call.own).community).platform)
    if call.own == link.home:
        return Note(
            t("When you end it, your list stays here. On {platform} you begin with an empty list.", platform=platform)
        )
    return Note(
        t("When you end it, your list stays on {platform}. Here you begin with an empty list.", platform=platform)
    )


def ended(call: Call, link: IdentityLink, own: Who, *, restored: bool) -> Reply:
    """Tell one of the two members of a link that it is ended, and where the list is now."""
    other_place = communities.get(call.tx, link.other(own).community)
    platform = platform_name(other_place.platform)
    if restored:
        whose_list = t("Here and on {platform} everything is as it was before the link.", platform=platform)
        new_entries = (
            t("What you added since then is here.")
            if own == link.home
            else t("What you added since then is on {platform}.", platform=platform)
        )
    elif own == link.home:
        whose_list = t("Your list stays here.")
        new_entries = t("On {platform} you begin with an empty list.", platform=platform)
    else:
        whose_list = t("Your list stays on {platform}.", platform=platform)
        new_entries = t("Here you begin with an empty list.")
    return reply(
        Heading(t("The link is ended.")),
        Fields(((t("Where"), place(other_place)),)),
        whose_list,
        Note(new_entries),
        Note(t("Link again with {link}.", link=_ME_LINK)),
    )


def next_pair(call: Call, home: Who) -> list[Part]:
    """Ask about the next two leads that may be one person; [] when no question is open."""
    waiting = link_pairs.waiting(call.tx, home)
    if not waiting:
        return []
    pair = waiting[0]
    both = [leads.find(call.tx, home, lead_id) for lead_id in (pair.lead, pair.other)]
    named = tuple(
        t("{name}, {organisation}", name=UserText(lead.name), organisation=UserText(lead.organisation))
        for lead in both
        if lead is not None
    )
    return [
        Heading(t("Is this the same person?")),
        Listing(named),
        Paragraph(tn("{n} question is open.", "{n} questions are open.", len(waiting))),
        buttons(
            ME_LINK_SAME.button(call.stamp, t("The same person"), Style.MAIN, pair=pair.id),
            ME_LINK_ANOTHER.button(call.stamp, t("Another person"), pair=pair.id),
        ),
    ]


def lines_there(call: Call, line: str) -> list[Text]:
    """Say what to type on each other platform; a line is typed in another way on Slack than on Discord."""
    others = [platform for platform in communities.platforms(call.tx) if platform != call.place.platform]
    if not others:
        return [t("On the other platform, type: {line}", line=Example(line))]
    return [
        t("On {platform}, type: {line}", platform=platform_name(platform), line=Example(line, on=platform))
        for platform in others
    ]


def settings_row(call: Call) -> tuple[Text, Text] | None:
    """Make the row of a member's settings that names the place they are linked with; None when they are not."""
    link = identities.link_of(call.tx, call.own)
    if link is None:
        return None
    return t("Linked with"), place(communities.get(call.tx, link.other(call.own).community))
