"""The page for a funder: a quarter by month, totals of at least five people, and nothing about one of them."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest

from adapters.console.screen import COMMUNITY, PLATFORM
from bot.domain.digest import Disclosure, Totals
from bot.domain.ids import MemberId
from bot.domain.quarter import Quarter, month_of
from bot.domain.report import ANYTHING, INTERVIEW, JOB, NAME, DoneTotal
from bot.domain.snapshot import Snapshot
from bot.domain.week import Week
from bot.store import communities, events, snapshots
from bot.ui.reply import File

FIRST = Week(2025, 40)
MANY = tuple("abcdefghijkl")


def done(number, people, *, exact=True):
    return DoneTotal(number, frozenset(MemberId(person) for person in people), exact)


def frozen(week, n):
    """A week that grows with its number; interviews are of few people in each."""
    people = MANY[: 5 + n // 4]
    exact = n != 20
    return Snapshot(
        week,
        datetime(2026, 1, 1, tzinfo=UTC),
        Totals(week, n, n, n, Disclosure.EXACT if exact else Disclosure.ABOUT),
        done={
            ANYTHING: done(len(people), people, exact=exact),
            events.ASK: done(12 + n, people, exact=exact),
            events.MEETING: done(6 + n // 2, people, exact=exact),
            NAME: done(7 + n // 3, people, exact=exact),
            INTERVIEW: done(1, MANY[n % 6], exact=exact),
            JOB: done(1, MANY[:1], exact=exact) if n == 7 else DoneTotal(),
        },
    )


async def freeze(circle, weeks):
    def work(tx):
        community = communities.ensure(tx, PLATFORM, COMMUNITY)
        for n in range(weeks):
            snapshots.freeze(tx, community.id, frozen(FIRST.plus(n), n))

    await circle.session.circle.dispatcher.db.write(work)


def table_of(html):
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def files(seen):
    return [part for part in seen.reply.parts if isinstance(part, File)]


@pytest.fixture
async def two_quarters(circle):
    await circle.run("@omar as organiser")
    await freeze(circle, 23)
    return circle


async def page(circle, line='/community report quarter:"2026 Q1"'):
    seen = await circle.one(f"@omar {line}")
    return seen, files(seen)[0].content


async def test_a_quarter_by_month_beside_the_one_before(two_quarters):
    seen, html = await page(two_quarters)
    assert "The page for a funder: January to March 2026" in seen.text
    assert "nearly empty" not in seen.text
    table = table_of(html)
    assert table[0] == ["What", "January", "February", "March", "The quarter", "The quarter before"]
    rows = {row[0]: row[1:] for row in table[1:]}
    assert (rows["Active members"][0], rows["Active members"][4]) == ("at least 8", "at least 7")
    # January has the weeks from the 14th on, by their Thursdays, each with 12 asks and one more each time.
    asks = [12 + n for n in range(23)]
    by_month = [sum(a for n, a in enumerate(asks) if month_of(FIRST.plus(n)).month == month) for month in (1, 2, 3)]
    assert rows["Asks sent"][0] == str(by_month[0])
    assert rows["Asks sent"][4] == str(sum(asks[n] for n in range(23) if FIRST.plus(n).monday.year == 2025 and n < 13))
    assert "<svg" in html
    assert "From Monday 29 December 2025 to Sunday 8 March 2026." in html


async def test_a_week_that_was_told_about_makes_its_sums_about(two_quarters):
    rows = {row[0]: row[1:] for row in table_of((await page(two_quarters))[1])[1:]}
    assert rows["Asks sent"][1].startswith("more than ")
    assert rows["Asks sent"][3].startswith("more than ")


async def test_a_quarter_has_as_many_people_as_its_fullest_month(two_quarters):
    rows = {row[0]: row[1:] for row in table_of((await page(two_quarters))[1])[1:]}
    assert rows["Active members"] == ["at least 8", "more than 5", "10", "at least 10", "at least 7"]


async def test_five_people_of_a_rounded_week_are_at_least_five(circle):
    await circle.run("@omar as organiser")
    who = MANY[:5]
    week = Snapshot(
        Week(2026, 9),
        datetime(2026, 3, 2, tzinfo=UTC),
        Totals(Week(2026, 9), 5, 5, 5, Disclosure.ABOUT),
        done={ANYTHING: done(5, who, exact=False), events.ASK: done(5, who, exact=False)},
    )

    def work(tx):
        snapshots.freeze(tx, communities.ensure(tx, PLATFORM, COMMUNITY).id, week)

    await circle.session.circle.dispatcher.db.write(work)
    seen, html = await page(circle)
    assert "Active members: at least 5\nAsks sent: at least 5\n" in seen.text
    table = table_of(html)
    assert table[1][1:] == ["–", "at least 5", "–", "at least 5", "–"]
    assert "Members who did something: at least 5" in (await circle.one("@omar /community report")).text


async def test_what_few_did_waits_and_never_stands_there_alone(two_quarters):
    rows = {row[0]: row[1:] for row in table_of((await page(two_quarters))[1])[1:]}
    # One interview a week, each of another member: a group of five closes every fifth week.
    assert set(rows["Jobs, shared as good news"]) == {"fewer than 5"}
    assert rows["Interviews, shared as good news"][4] == "10"
    for row in rows.values():
        assert all(int(cell) >= 5 for cell in row if cell.isdigit())


async def test_the_charts_have_a_bar_for_each_figure_that_is_told_and_for_no_other(two_quarters):
    html = (await page(two_quarters))[1]
    told = [cell for row in table_of(html)[1:] for cell in row[1:4] if not cell.startswith("fewer")]
    assert html.count('class="chart-now"') == len(told) > 0


async def test_the_spreadsheet_has_the_same_figures_as_numbers(two_quarters):
    seen, html = await page(two_quarters)
    names = [file.name for file in files(seen)]
    assert names == ["circle-2026-q1.html", "circle-2026-q1.xlsx"]
    with zipfile.ZipFile(io.BytesIO(files(seen)[1].data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    numbers = re.findall(r'<c r="\w+"><v>(\d+)</v>', sheet)
    assert numbers == [cell for row in table_of(html)[1:] for cell in row[1:] if cell.isdigit()]


async def test_it_says_how_it_was_counted_and_names_nobody(two_quarters):
    await two_quarters.run(
        '@amina /win share text:"I start on Monday" show:name',
        '@amina /lead add name:"Dana" organisation:"Nordik" why:"x"',
    )
    seen, html = await page(two_quarters)
    for sentence in ("Each figure is a total of at least 5 people.", "A week counts in the month of its Thursday."):
        assert sentence in html
    for word in ("Amina", "Dana", "I start on Monday", "Omar"):
        assert word not in html + seen.text


async def test_it_is_french_for_a_funder_who_reads_french(two_quarters):
    _, html = await page(two_quarters, '/community report quarter:"T1 2026" language:fr')
    assert '<html lang="fr"' in html
    assert table_of(html)[0] == ["Quoi", "janvier", "février", "mars", "Le trimestre", "Le trimestre d’avant"]
    pressed = await two_quarters.one('@omar press "In English"')
    assert '<html lang="en"' in files(pressed)[0].content


@pytest.mark.parametrize(
    "typed", ["2026-Q1", "2026 q1", "Q1", "T1 2026", "January to March 2026", "january", "1er trimestre 2026"]
)
async def test_a_quarter_is_named_as_people_name_it(two_quarters, typed):
    seen = await two_quarters.one(f'@omar /community report quarter:"{typed}"')
    assert "The page for a funder: January to March 2026" in seen.text


async def test_a_quarter_without_figures_is_said_and_so_is_what_is_none(two_quarters):
    seen = await two_quarters.one('@omar /community report quarter:"2027 Q2"')
    assert (seen.error, "There are no figures of April to June 2027." in seen.text) == ("not-now", True)
    assert (await two_quarters.one("@omar /community report quarter:soon")).error == "not-found"


async def test_a_quarter_in_which_few_did_something_is_said_to_be_empty(circle):
    await circle.run("@omar as organiser", '@amina /lead add name:"Dana" organisation:"Nordik" why:"x"')
    await circle.run("at 2026-03-16T12:30")
    seen, html = await page(circle)
    assert "The page is nearly empty, because few people did something in this quarter." in seen.text
    assert {cell for row in table_of(html)[1:] for cell in row[1:]} == {"–", "fewer than 5"}


async def test_before_the_first_digest_there_is_no_page(circle):
    await circle.run("@omar as organiser")
    assert (await circle.one("@omar /community report quarter:Q1")).error == "not-now"


async def test_members_cannot_see_it_and_see_each_look(two_quarters):
    assert (await two_quarters.one('@amina /community report quarter:"2026 Q1"')).error == "not-allowed"
    await page(two_quarters)
    assert "Organisers looked at totals 1 time." in (await two_quarters.one("@amina /me export")).text


async def test_the_name_of_a_community_cannot_write_on_the_page(two_quarters):
    def rename(tx):
        communities.ensure(tx, PLATFORM, COMMUNITY, "<script>alert(1)</script> & co")

    await two_quarters.session.circle.dispatcher.db.write(rename)
    html = (await page(two_quarters))[1]
    assert "<script" not in html
    assert not set(re.findall(r"<(\w+)", html)) & {"script", "link", "img", "iframe"}


async def test_names_that_people_passed_on_and_news_of_interviews_are_counted(circle):
    await circle.run("@olga as organiser")
    for n, who in enumerate(("amina", "omar", "li", "noor", "sam")):
        await circle.run(
            f'@{who} /lead add name:"Dana {n}" organisation:"Nordik" why:"x"',
            f'@{who} /lead add name:"Tom {n}" organisation:"Hydro" why:"x" source:"Dana {n}"',
            f'@{who} /win share text:"news {n}" show:no-name',
            f'@{who} press "{"A job" if n else "An interview"}"',
        )
    await circle.run('@eve /win share text:"private" show:private about:job', "at 2026-03-17T12:30")
    seen = await circle.one('@olga /community report quarter:"2026 Q1"')
    assert "Names passed on: 5" in seen.text
    assert "Interviews, shared as good news: fewer than 5" in seen.text
    assert "Jobs, shared as good news: fewer than 5" in seen.text


async def test_good_news_that_was_told_cannot_be_counted_anew(circle):
    await circle.run('@amina /win share text:"I had a talk" show:no-name', "at 2026-03-16T12:30")
    assert (await circle.one('@amina press "A job"')).error == "not-now"


@pytest.mark.parametrize(
    ("words", "quarter"),
    [("2026T4", (2026, 4)), ("4", (2030, 4)), ("Q5", None), ("2026", None), ("", None), ("third", None)],
)
def test_words_for_a_quarter(words, quarter):
    assert Quarter.typed(words, 2030) == (Quarter(*quarter) if quarter else None)


def test_a_quarter_before_the_first_is_in_the_year_before():
    assert Quarter(2026, 1).previous() == Quarter(2025, 4)
    assert Quarter.of(Week(2026, 1)) == Quarter(2026, 1)
    assert Quarter.of(Week(2020, 53)) == Quarter(2020, 4)
