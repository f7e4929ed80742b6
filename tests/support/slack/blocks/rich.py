"""Rich text: sections, lists, quotes and preformatted parts, and the words and mentions in them."""

from tests.support.slack.blocks.check import BOOL, Check, Rule, Shape, items, kinds, number, one_of, string

KIND = {"type": string(50)}
STYLE = {"style": Shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), BOOL))}


def words(check: Check, value: object, path: str) -> None:
    string(12_000)(check, value, path)
    if isinstance(value, str):
        check.characters += len(value)


INLINE: dict[str, Rule] = {
    "text": Shape(KIND | {"text": words}, STYLE),
    "link": Shape(KIND | {"url": string(3000)}, {"text": words, "unsafe": BOOL} | STYLE),
    "emoji": Shape(KIND | {"name": string(100)}, {"unicode": string(100), "skin_tone": number(1, 6)} | STYLE),
    "user": Shape(KIND | {"user_id": string(20)}, STYLE),
    "channel": Shape(KIND | {"channel_id": string(20)}, STYLE),
    "usergroup": Shape(KIND | {"usergroup_id": string(20)}, STYLE),
    "broadcast": Shape(KIND | {"range": one_of("here", "channel", "everyone")}, STYLE),
    "color": Shape(KIND | {"value": string(10)}, STYLE),
    "date": Shape(
        KIND | {"timestamp": number(0, 1e11), "format": string(200)}, {"url": string(3000), "fallback": words} | STYLE
    ),
}
IN_LINE = items(kinds(INLINE), 1000, 0)
BORDER = {"border": number(0, 1)}
SECTION = Shape(KIND | {"elements": IN_LINE})
RICH: dict[str, Rule] = {
    "rich_text_section": SECTION,
    "rich_text_preformatted": Shape(KIND | {"elements": IN_LINE}, BORDER | {"language": string(50)}),
    "rich_text_quote": Shape(KIND | {"elements": IN_LINE}, BORDER),
    "rich_text_list": Shape(
        KIND | {"elements": items(kinds({"rich_text_section": SECTION}), 1000), "style": one_of("bullet", "ordered")},
        BORDER | {"indent": number(0, 8), "offset": number(0, 1e6)},
    ),
}
PARTS = items(kinds(RICH), 1000)
