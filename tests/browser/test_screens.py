"""Every screen for everybody: assistive technology, a phone, the keyboard alone, and a day on which things go wrong."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from vlok.testing.desk import PHONE, Desk, MakeDesk
from vlok.testing.served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Grave = Callable[[Page], list[str]]


@dataclass(frozen=True)
class Case:
    """A property with a procedure, by the paths of their pages."""

    pand: str
    dossier: str


@pytest.fixture(scope="module")
def me(desk: MakeDesk) -> Desk:
    """The dossierbeheerder of Aalst."""
    return desk("dossierbeheerder@aalst")


@pytest.fixture(scope="module")
def case(me: Desk) -> Case:
    """A property in Aalst with one dwelling, whose procedure was started."""
    me.search("Molenstraat 7")
    me.follow("Pand toevoegen")
    me.fill("Straat", "Molenstraat")
    me.fill("Huisnummer", "7")
    me.finish("Toevoegen", "is toegevoegd")
    pand = me.path
    me.start("Entiteit toevoegen")
    me.choose("Type", "Zelfstandige woning")
    me.finish("Toevoegen", "is toegevoegd")
    me.start("Procedure OO starten")
    me.fill_date("Datum van ontvangst", "02112026")
    me.choose("Initiatiefnemer", "Burgemeester")
    me.finish("Starten", "is gestart")
    return Case(pand, me.path)


@pytest.fixture
def wizard(me: Desk, case: Case) -> Iterator[Desk]:
    """The wizard that asks advice, at its first step; what was typed is forgotten afterwards."""
    me.go(case.pand)
    me.start("Procedure OO starten")
    yield me
    me.page.evaluate("sessionStorage.clear()")


def screens(case: Case) -> list[tuple[str, str]]:
    """Each screen by its path and a text that is there when it is complete."""
    tabs = ("procedures", "onderzoeken", "documenten", "taken", "betrokkenen", "vivoo")
    return [
        ("/", "Termijn burgemeester"),
        ("/zoeken?q=Molenstraat", "Staat het pand er niet bij?"),
        ("/zoeken?q=Nergensstraat", "Geen panden gevonden"),
        (case.pand, "Zelfstandige woning"),
        *((f"{case.pand}?tab={tab}", "Molenstraat 7, Aalst") for tab in tabs),
        (case.dossier, "Procedure ongeschikt- en onbewoonbaarverklaring"),
        ("/vivoo", "registraties"),
        ("/dossiers/OO26-999999", "Niet gevonden, of u hebt er geen toegang toe."),
    ]


def test_the_way_in_is_accessible(desk: MakeDesk, grave: Grave) -> None:
    anyone = desk()
    anyone.go("/")
    anyone.see("Welkom bij VLOK")
    assert grave(anyone.page) == []
    anyone.follow("Aanmelden")
    anyone.see("Wie bent u?")
    assert grave(anyone.page) == []


def test_every_screen_is_accessible(me: Desk, case: Case, grave: Grave) -> None:
    wrong = {}
    for path, text in screens(case):
        me.go(path)
        me.page.get_by_text(text).first.wait_for()
        wrong[path] = grave(me.page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_form_with_mistakes_is_accessible(wizard: Desk, grave: Grave) -> None:
    wizard.press("Starten")
    expect(wizard.page.get_by_role("alert")).to_contain_text("Er zijn 2 fouten")
    expect(wizard.page.get_by_role("alert")).to_be_focused()
    assert grave(wizard.page) == []


def test_a_phone_shows_every_screen_without_sliding_sideways(desk: MakeDesk, case: Case) -> None:
    phone = desk("dossierbeheerder@aalst", viewport=PHONE)
    widths = {}
    for path, text in screens(case):
        phone.go(path)
        phone.page.get_by_text(text).first.wait_for()
        widths[path] = phone.page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {PHONE["width"]}, widths


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_the_keyboard_alone_adds_a_pand(me: Desk) -> None:
    me.go("/zoeken?q=Toetsenbordlaan")
    page, keys = me.page, me.page.keyboard
    tab_to(page, page.get_by_role("link", name="Pand toevoegen"))
    keys.press("Enter")
    me.see("Pand toevoegen")
    tab_to(page, me.field("Straat"))
    keys.type("Toetsenbordlaan")
    tab_to(page, me.field("Huisnummer"))
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(me.field("Huisnummer")).to_be_focused()
    keys.type("3")
    keys.press("Enter")
    me.told("Toetsenbordlaan 3")


def test_the_reference_of_a_dossier_in_the_search_box_opens_it(me: Desk) -> None:
    me.go("/")
    referte = me.page.get_by_role("link", name=re.compile(r"^OO[0-9]{2}-")).first.inner_text()
    box = me.page.get_by_role("searchbox", name="Zoek een pand")
    box.fill(f" {referte.lower()}")
    box.press("Enter")
    me.page.wait_for_url(f"**/dossiers/{referte}")
    box.fill("OO26-999999")
    box.press("Enter")
    expect(me.page.get_by_text("Geen panden gevonden")).to_be_visible()


def test_who_works_for_three_gemeenten_changes_without_a_new_login(desk: MakeDesk) -> None:
    one = desk("dossierbeheerder@igs")
    profile = one.page.get_by_role("button", name="Profiel van")
    before = profile.inner_text()
    profile.click()
    other = one.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Stad ")).first
    name = other.inner_text().splitlines()[0]
    other.click()
    expect(profile).to_contain_text(name)
    assert name not in before
    one.see("Mijn werklijst")


def test_what_was_typed_survives_a_reload(wizard: Desk) -> None:
    wizard.fill("Omschrijving", "Vocht in de slaapkamer")
    wizard.page.reload()
    expect(wizard.field("Omschrijving")).to_have_value("Vocht in de slaapkamer")
    expect(wizard.page.get_by_text("Uw eerdere ingave is teruggezet.")).to_be_visible()
    wizard.press("Opnieuw beginnen")
    expect(wizard.field("Omschrijving")).to_have_value("")


def test_a_text_that_is_called_pdf_is_refused_in_dutch(wizard: Desk, tmp_path: Path) -> None:
    file = tmp_path / "verzoek.pdf"
    file.write_text("Dit is geen pdf.")
    wizard.field("Verzoek (DT001)").set_input_files(file)
    expect(wizard.page.get_by_text(re.compile("geen .*pdf", re.IGNORECASE))).to_be_visible()


def test_an_ended_session_says_so_and_keeps_the_page(desk: MakeDesk, served: Served) -> None:
    one = desk("dossierbeheerder@gent")
    served.clock.day += timedelta(days=1)
    try:
        # The page may find out by itself before the click and lie still behind its dialog: the event reaches it anyhow.
        one.page.get_by_role("link", name="VIVOO", exact=True).first.dispatch_event("click")
        ended = one.page.get_by_role("alertdialog", name="Uw sessie is beëindigd")
        expect(ended.get_by_role("link", name="Opnieuw aanmelden")).to_be_visible()
    finally:
        served.clock.day -= timedelta(days=1)
