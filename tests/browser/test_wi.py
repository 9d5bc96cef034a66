"""The judicial side of the desk: unmistakable for who works there, an unknown address for everybody else."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from vlok.testing.desk import PHONE, Desk, MakeDesk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Grave = Callable[[Page], list[str]]
ADRES = "Molenstraat 12, 9300 Aalst"
STROOK = "Gerechtelijk – afgeschermd"
NERGENS = "Niet gevonden, of u hebt er geen toegang toe."


@dataclass
class Watched:
    """A desk, and what it asked on the judicial side."""

    desk: Desk
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def watched(desk: MakeDesk) -> Callable[[str], Watched]:
    """Somebody signed in, whose requests are kept from then on."""

    def make(persona: str) -> Watched:
        made = Watched(desk(persona))
        made.desk.page.on("request", lambda one: made.asked.append(one.url) if one.method == "POST" else None)
        return made

    return make


@pytest.fixture(scope="module")
def controleur(desk: MakeDesk) -> Desk:
    """A woningcontroleur of Wonen in Vlaanderen; known to VLOK since the first sign-in."""
    return desk("woningcontroleur@wvl")


@pytest.fixture(scope="module")
def inspecteur(desk: MakeDesk) -> Desk:
    """The wooninspecteur."""
    return desk("wooninspecteur@wi")


@pytest.fixture(scope="module")
def dossier(inspecteur: Desk) -> str:
    """The path of a judicial dossier, found by its address."""
    inspecteur.follow("Dossiers")
    inspecteur.page.get_by_role("row").filter(has_text=ADRES).get_by_role("link").first.click()
    inspecteur.page.get_by_role("heading", name="Dossier WI").wait_for()
    return inspecteur.path


def unknown(one: Desk, path: str) -> str:
    """What the page says at an address where there is nothing for this person."""
    one.go(path)
    one.see(NERGENS)
    expect(one.page.get_by_text(STROOK)).to_have_count(0)
    return f"{one.page.title()}\n{one.page.locator('body').inner_text()}"


@pytest.mark.parametrize("persona", ["lezer@vlabel", "dossierbeheerder@aalst", "dossierbeheerder@wvl"])
def test_for_others_there_is_no_judicial_side_and_nothing_is_asked_there(
    watched: Callable[[str], Watched], persona: str
) -> None:
    one = watched(persona)
    assert unknown(one.desk, "/wi/dossiers") == unknown(one.desk, "/nergens")
    assert [url for url in one.asked if "/wi" in url] == []


def test_a_woningcontroleur_without_an_assignment_asks_once_and_finds_nothing(
    watched: Callable[[str], Watched],
) -> None:
    one = watched("woningcontroleur@wvl")
    expect(one.desk.page.get_by_role("link", name="Opdrachten")).to_have_count(0)
    one.asked.clear()
    found = unknown(one.desk, "/wi/opdrachten")
    assert len([url for url in one.asked if "/wi/graphql" in url]) == 1
    assert found == unknown(one.desk, "/nergens")


def test_the_inspectorate_starts_on_its_own_side_and_can_leave_it(inspecteur: Desk, grave: Grave) -> None:
    inspecteur.go("/")
    inspecteur.page.wait_for_url("**/wi/")
    inspecteur.see("Mijn werklijst")
    expect(inspecteur.page.get_by_text(STROOK)).to_be_visible()
    expect(inspecteur.page).to_have_title("Mijn werklijst – VLOK gerechtelijk")
    assert grave(inspecteur.page) == []
    inspecteur.follow("Naar het gemeenschappelijke deel")
    inspecteur.page.wait_for_url("**/zoeken")
    expect(inspecteur.page.get_by_text(STROOK)).to_have_count(0)
    expect(inspecteur.page).to_have_title("Een pand zoeken – VLOK")
    inspecteur.follow("Gerechtelijke dossiers")
    expect(inspecteur.page.get_by_text(STROOK)).to_be_visible()


def test_a_dossier_shows_where_it_stands(inspecteur: Desk, dossier: str, grave: Grave) -> None:
    inspecteur.go(dossier)
    steps = inspecteur.page.get_by_role("list", name="Verloop van de procedure")
    expect(steps.locator("[aria-current=step]")).to_have_text("Voortraject")
    expect(inspecteur.row("Open taken", "Plan controle")).to_be_visible()
    assert grave(inspecteur.page) == []
    inspecteur.follow(ADRES)
    inspecteur.see(ADRES)
    assert inspecteur.path.startswith("/wi/panden/")
    assert grave(inspecteur.page) == []


def test_a_draft_of_one_side_is_not_found_on_the_other(inspecteur: Desk, dossier: str) -> None:
    inspecteur.go(dossier)
    inspecteur.start("Partij toevoegen")
    inspecteur.fill("Adres", "Geheim")
    keys = inspecteur.page.evaluate("Object.keys(sessionStorage)")
    inspecteur.page.evaluate("sessionStorage.clear()")
    assert [key.split(".")[2] for key in keys] == ["wi"]


def test_an_examination_goes_to_one_person_and_comes_back(
    inspecteur: Desk, controleur: Desk, dossier: str, grave: Grave
) -> None:
    naam = (controleur.page.get_by_role("button", name="Profiel van").get_attribute("aria-label") or "")[12:]
    inspecteur.go(dossier)
    inspecteur.start("Onderzoek aanvragen bij een woningcontroleur")
    inspecteur.choose("Woningcontroleur", naam)
    inspecteur.fill_date("Datum van het bezoek", "24112026")
    inspecteur.fill("Aandachtspunten", "De geiser in de badkamer.")
    inspecteur.finish("Aanvragen", "gevraagd aan")
    the_controleur_examines(controleur, dossier, grave)
    inspecteur.go(dossier)
    expect(inspecteur.rows("Resultaten per entiteit", "OG")).to_have_count(2)
    inspecteur.start("Onderzoek valideren")
    inspecteur.page.get_by_role("radio").check()
    inspecteur.press("Valideren")
    expect(inspecteur.page.locator("[aria-current=step]")).to_have_text("Vastgesteld")
    the_assignment_ends(controleur)


def the_controleur_examines(controleur: Desk, dossier: str, grave: Grave) -> None:
    assert NERGENS in unknown_inside(controleur, dossier)
    controleur.go("/")
    controleur.follow("Opdrachten")
    controleur.see("Opdrachten van de Wooninspectie")
    expect(controleur.page.get_by_text("De geiser in de badkamer.")).to_be_visible()
    assert grave(controleur.page) == []
    controleur.start("Onderzoek bezorgen aan de Wooninspectie", controleur.page.locator(".kaart"))
    controleur.fill_date("Datum onderzoek", "23112026")
    controleur.next("Resultaat per entiteit")
    controleur.choose("Resultaat", "ongeschikt")
    controleur.press("Volgende entiteit")
    controleur.choose("Resultaat", "ongeschikt")
    controleur.finish("Bezorgen", "bezorgd aan de Wooninspectie")


def unknown_inside(one: Desk, path: str) -> str:
    """What a guest finds of the dossier his assignment belongs to."""
    one.go(path)
    one.see(NERGENS)
    return one.page.get_by_role("main").inner_text()


def the_assignment_ends(controleur: Desk) -> None:
    controleur.go("/wi/opdrachten")
    controleur.start("Kennis nemen van de validatie", controleur.page.locator(".kaart"))
    controleur.press("Kennis genomen")
    controleur.page.wait_for_url(lambda url: "/wi" not in url)
    controleur.see("Mijn werklijst")
    expect(controleur.page.get_by_role("link", name="Opdrachten")).to_have_count(0)


def test_a_document_of_the_judicial_side_is_read_there(inspecteur: Desk, dossier: str) -> None:
    inspecteur.go(dossier)
    inspecteur.start("Proces-verbaal opmaken")
    inspecteur.fill_date("Datum van het proces-verbaal", "23112026")
    inspecteur.pick_all("Entiteiten")
    inspecteur.fill("Relaas", "Twee verdiepingen zonder verwarming.")
    inspecteur.press("Opmaken")
    inspecteur.press("Ja, toch uitvoeren")
    expect(inspecteur.rows("Processen-verbaal", "Aanvankelijk")).to_have_count(1)
    with inspecteur.document("Aanvankelijk proces-verbaal") as opened:
        expect(opened.bar).to_contain_text("Ontwerp")
        assert opened.file.startswith(b"%PDF")


def test_a_phone_shows_the_judicial_side_without_sliding_sideways(desk: MakeDesk, dossier: str) -> None:
    phone = desk("wooninspecteur@wi", viewport=PHONE)
    widths = {}
    for path in ("/wi/", "/wi/dossiers", "/wi/meldingen", dossier):
        phone.go(path)
        phone.page.get_by_role("heading", level=1).wait_for()
        phone.page.wait_for_load_state("networkidle")
        expect(phone.page.get_by_text(STROOK)).to_be_visible()
        widths[path] = phone.page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {PHONE["width"]}, widths
