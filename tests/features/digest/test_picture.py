"""The picture of the digest: small, with words that stand for it, and never in the way of the post."""

import sys

from adapters.console.show import as_data

NAMES = ("amina", "omar", "li", "noor", "sofia", "佐藤", "אמינה")


async def digest_of_a_busy_week(circle):
    for number, who in enumerate(("amina", "omar", "li", "noor", "sofia")):
        await circle.run(f'@{who} /board join as:nickname nickname:"{NAMES[-1 - number]} {number}"')
        for letter in "abcde"[: number + 1]:
            await circle.run(f'@{who} /lead add name:"{letter} {who}" organisation:"Nordik" why:"x"')
    (digest,) = [message for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest"]
    return as_data(digest, circle.session.zone)


async def test_the_picture_is_small_and_has_alt_text(circle):
    shown = await digest_of_a_busy_week(circle)
    assert 1_000 < shown["image"]["bytes"] <= 60_000
    assert shown["image"]["alt"] == "Chart of 1 week. Last week: 15 leads, 0 asks, 0 meetings."


async def test_without_a_picture_the_words_are_posted_all_the_same(circle, monkeypatch):
    # Only the module that draws is imported again; another test may hold the package.
    monkeypatch.delitem(sys.modules, "bot.ui.picture.paint", raising=False)
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    shown = await digest_of_a_busy_week(circle)
    assert shown["image"] is None
    assert "Together: 15 leads, 0 asks, 0 meetings." in shown["text"]
    assert "Most leads" in shown["text"]
    assert shown["error"] is None
