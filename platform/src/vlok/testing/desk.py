"""One person at one browser, by the names on the screen: for tests that walk through the real product."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
"""In CSS pixels."""


@dataclass(frozen=True)
class Opened:
    """A document beside the page: what stands above it, and the file that the browser was given."""

    bar: Locator
    file: bytes


class Desk:
    """One person at one browser; the methods are what a person does."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def sign_in(self, persona: str) -> None:
        """Through the page of the identity provider."""
        self.page.goto(self.url)
        self.page.get_by_role("link", name="Aanmelden").click()
        self.page.get_by_role("link", name=re.compile(rf"{re.escape(persona)}$")).click()
        # The start page leads members of a compartment on to their own side; who types an address now would cross that.
        self.page.get_by_role("heading", level=1).wait_for()

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.url + path)

    @property
    def path(self) -> str:
        """Where the page is, without host and query."""
        return urlsplit(self.page.url).path

    def search(self, text: str) -> None:
        """With the box in the header."""
        self.page.get_by_role("searchbox", name="Zoek een pand op adres of referte").fill(text)
        self.page.get_by_role("button", name="Zoeken", exact=True).click()
        self.see(f"Zoekresultaten voor “{text}”")

    def see(self, heading: str) -> None:
        """Wait for the heading of a page."""
        expect(self.page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()

    def follow(self, link: str) -> None:
        """A link by its exact name."""
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def find(self, text: str, title: str) -> None:
        """Search a property and open its page."""
        self.search(text)
        self.page.get_by_role("link", name=text).first.click()
        self.see(title)

    def dossier(self, referte: str) -> None:
        """Type the address of a dossier."""
        self.go(f"/dossiers/{referte}")
        self.see(f"Dossier {referte}")

    def tab(self, name: str) -> None:
        """A part of a property."""
        self.page.get_by_role("tab", name=name).click()

    def start(self, title: str, of: Locator | None = None) -> None:
        """Choose an action from the menu of the page, or of the row ``of``."""
        if of:
            of.get_by_role("button", name="Handelingen voor").click()
        else:
            self.press("Handelingen")
        self.page.get_by_role("dialog").get_by_role("link", name=title, exact=True).click()
        self.see(title)

    def field(self, label: str) -> Locator:
        """A field by its label; the star of an obligatory one is not in its name."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \*)?$"))

    def fill(self, label: str, value: str) -> None:
        """Type in a field."""
        self.field(label).fill(value)

    def fill_date(self, label: str, digits: str) -> None:
        """Type a date as ddmmjjjj."""
        self.group(label).get_by_role("spinbutton").first.click()
        self.page.keyboard.type(digits)

    def group(self, label: str) -> Locator:
        """The group of a question with several controls."""
        return self.page.get_by_role("group", name=re.compile(rf"^{re.escape(label)}( \*)?$"))

    def choose(self, label: str, option: str) -> None:
        """One out of several, shown as buttons or as a list to unfold."""
        group = self.group(label)
        if group.count():
            group.get_by_label(option, exact=True).check()
        else:
            self.field(label).select_option(label=option)

    def tick(self, label: str) -> None:
        """A box to tick."""
        self.page.get_by_role("checkbox", name=label, exact=True).check()

    def attach(self, label: str, file: Path) -> None:
        """Choose a file, and wait until it is sent."""
        self.field(label).set_input_files(file)
        expect(self.page.get_by_text(f"{file.name} is opgeladen")).to_be_visible()

    def press(self, name: str) -> None:
        """A button by its exact name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def next(self, title: str) -> None:
        """To the next step of the wizard."""
        self.press("Volgende")
        self.see(title)

    def finish(self, button: str, told: str) -> None:
        """The last button of a wizard; ``told`` is in what the product answers."""
        self.press(button)
        self.told(told)

    def told(self, text: str) -> None:
        """What the product says after a success."""
        expect(self.page.locator(".bericht--succes")).to_contain_text(text)

    def pick_all(self, label: str) -> None:
        """Every box of a question; there may be only one."""
        for box in self.group(label).get_by_role("checkbox").all():
            box.check()

    def rows(self, table: str, text: str) -> Locator:
        """The rows of a table that hold a text."""
        return self.page.get_by_role("table", name=table, exact=True).get_by_role("row").filter(has_text=text)

    def row(self, table: str, text: str) -> Locator:
        """The one row that holds a text; more than one is an error when it is used."""
        return self.rows(table, text)

    @contextmanager
    def document(self, title: str) -> Iterator[Opened]:
        """Open a document beside the page, read what the browser shows there, and close it."""
        with self.page.expect_response(re.compile("/documenten/")) as answer:
            self.page.get_by_role("button", name=f"Bekijken: {title}").first.click()
        assert answer.value.status == 200
        dialog = self.page.get_by_role("dialog", name=title)
        source = dialog.locator("iframe").get_attribute("src") or ""
        yield Opened(dialog, self.page.request.get(self.url + source.partition("#")[0]).body())
        dialog.get_by_role("button", name="Sluiten").click()


MakeDesk = Callable[..., Desk]
"""``desk("lezer@vlabel")``; the options are those of a browser context."""
