"""The page in a real browser: the Chromium of the system, and the demo as a process of its own."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PICTURES = Path(__file__).parent.parent.parent / "build" / "web"
"""Where every test leaves what it saw, to be looked at."""
LOOPBACK = "127.0.0.1"
PATIENCE = 60_000
"""Milliseconds until something is on the page; only what never comes takes so long."""
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """Find the browser of the system; none is ever downloaded."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def demo(*options: str) -> Generator[str]:
    """Start `hello-circle demo --web` as a visitor's host does; gives the address that it prints."""
    with process_of_demo(*options) as (address, _):
        yield address


@contextmanager
def process_of_demo(*options: str) -> Generator[tuple[str, int]]:
    """Start the same; gives its address, and the number of its process."""
    program = Path(sys.executable).with_name("hello-circle")
    command = [program, "demo", "--web", "--no-open", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://[\d.:]+/", line)
        assert address, line
        yield address[0], process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)
        if process.stdout is not None:
            process.stdout.close()
        assert process.returncode in {0, -signal.SIGKILL}, "it ends as it was asked to"


@contextmanager
def browsing() -> Generator[Browser]:
    """Open the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


class Seen:
    """One page in the browser; whatever it complains about, or asks elsewhere, fails the test."""

    def __init__(self, browser: Browser, base: str, **looks: Any) -> None:
        self.may_lose = False
        """Whether its program may end meanwhile, of which a browser complains."""
        looks = {"viewport": {"width": 1280, "height": 800}, "locale": "en-CA", **looks}
        self._context = browser.new_context(**looks)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", lambda logged: self._said(logged.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._outside(asked.url))
        self.page.goto(base)
        self.page.wait_for_selector(".welcome")

    def _said(self, text: str) -> None:
        if not (self.may_lose and text.startswith("WebSocket connection to")):
            self.complaints.append(text)

    def _outside(self, url: str) -> None:
        if not url.startswith(("data:", "blob:")) and LOOPBACK not in url:
            self.complaints.append(f"asked {url}")

    def close(self) -> None:
        """Close it; it must have had nothing to complain about."""
        self._context.close()
        assert self.complaints == []

    def type(self, line: str) -> None:
        """Type a line as people do, letter by letter, or paste it whole where it has values, and send it."""
        self.page.focus("#line")
        if ":" in line:
            self.page.keyboard.insert_text(line)
        else:
            self.page.keyboard.type(line)
        if self.page.locator("#composer .listbox:visible").count():
            self.page.keyboard.press("Escape")
        self.page.keyboard.press("Enter")

    def show_as(self, platform: str) -> None:
        """Let everything be drawn as on a platform."""
        self.page.get_by_text(platform, exact=True).click()
        self.page.locator(f"body[data-platform={platform.lower()}]").wait_for()

    def answer(self, words: str) -> None:
        """Wait for an answer with these words."""
        self.page.locator(".messages .message", has_text=words).last.wait_for()

    def told(self, words: str) -> None:
        """Wait for a line of the margin."""
        self.page.locator("#told li", has_text=words).last.wait_for(state="attached")

    def press(self, name: str) -> None:
        """Press a button of the newest message, or of the window that is open."""
        window = self.page.locator("dialog[open]")
        place = window if window.count() else self.page.locator(".messages .message").last
        place.get_by_role("button", name=name, exact=True).first.click()

    def fill(self, **values: str) -> None:
        """Fill the window that is open, by the labels of its questions."""
        for label, value in values.items():
            self.page.locator("dialog[open]").get_by_label(label.replace("_", " ")).first.fill(value)

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def fits(self) -> None:
        """Nothing stands outside of the screen."""
        wide = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1]

    def accessible(self) -> None:
        """Look for barriers with axe-core, best practices among them."""
        violations = Axe().run(self.page)
        assert violations.violations_count == 0, violations.generate_report()


if __name__ == "__main__":
    sys.exit(0 if chromium() else 1)
