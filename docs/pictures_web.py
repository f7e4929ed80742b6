"""Draws `docs/pictures/web-*.png`: the page of the demo, as a visitor sees it in a browser.

It needs Debian's Chromium: `apt-get install chromium`, then `python docs/pictures_web.py`.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.web.browser import Seen, browsing, demo

PICTURES = Path(__file__).parent / "pictures"


def discord(seen: Seen) -> None:
    """Add a person, then let Monday come."""
    seen.type("/lead next")
    seen.answer("The one thing to do now")
    seen.page.locator("[data-move=monday]").click()
    seen.answer("The week of 9 March 2026")


def slack(seen: Seen) -> None:
    """Look at one's own page."""
    seen.show_as("Slack")
    seen.type("/lead next")
    seen.answer("The one thing to do now")
    seen.page.locator(".go.home").click()
    seen.page.locator(".home-page").wait_for()


def phone(seen: Seen) -> None:
    """Look at one's list on a phone, in French and in the dark."""
    seen.page.locator(".welcome ol button").first.click()
    seen.answer("La seule chose")


LOOKS: dict[str, tuple[Callable[[Seen], None], dict[str, object]]] = {
    "web-discord": (discord, {"viewport": {"width": 1280, "height": 820}}),
    "web-slack": (slack, {"viewport": {"width": 1280, "height": 820}}),
    "web-phone": (phone, {"viewport": {"width": 375, "height": 740}, "locale": "fr-CA", "color_scheme": "dark"}),
}
SETTLED = 400
"""Milliseconds until pictures have their size and the page stands still."""


def main() -> None:
    """Draw every picture."""
    with demo() as base, browsing() as browser:
        for name, (does, looks) in LOOKS.items():
            seen = Seen(browser, base, **looks)
            does(seen)
            seen.page.wait_for_timeout(SETTLED)
            seen.page.screenshot(path=PICTURES / f"{name}.png")
            seen.close()


if __name__ == "__main__":
    main()
