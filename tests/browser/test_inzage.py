"""Who sees what, as people meet it on the screen: why, who else, who did, and for whom one stands in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from vlok.testing.desk import PHONE, Desk, MakeDesk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Grave = Callable[[Page], list[str]]
REDEN = "Waarom hebt u deze gegevens nodig?"
TOELICHTING = "Licht kort toe"


@dataclass(frozen=True)
class Zaak:
    """A procedure in Aalst with an uploaded document, known to both sides."""

    pad: str
    referte: str


@pytest.fixture(scope="module")
def me(desk: MakeDesk) -> Desk:
    """The dossierbeheerder of Aalst."""
    return desk("dossierbeheerder@aalst")


@pytest.fixture(scope="module")
def wonen(desk: MakeDesk) -> Desk:
    """The dossierbeheerder of the other side."""
    return desk("dossierbeheerder@wvl")


@pytest.fixture(scope="module")
def auditor(desk: MakeDesk) -> Desk:
    """Who watches over consultations in Aalst."""
    return desk("auditor@aalst")


@pytest.fixture(scope="module")
def zaak(me: Desk, signed_pdf: Path) -> Zaak:
    """Started with a request that came on paper; before that the wizard said who will see it."""
    me.search("Stationsplein 3")
    me.follow("Pand toevoegen")
    me.fill("Straat", "Stationsplein")
    me.fill("Huisnummer", "3")
    me.finish("Toevoegen", "is toegevoegd")
    me.start("Procedure OO starten")
    me.fill_date("Datum van ontvangst", "02112026")
    me.choose("Initiatiefnemer", "Burgemeester")
    me.attach("Verzoek (DT001)", signed_pdf)
    zicht = me.page.locator(".bericht--info", has_text="Wie ziet dit nadien?")
    expect(zicht).to_contain_text("Stad Aalst: alle rollen")
    expect(zicht).to_contain_text("Wonen in Vlaanderen")
    me.finish("Starten", "is gestart")
    return Zaak(me.path, me.path.rsplit("/", 1)[1])


def answer(one: Desk, question: str) -> Locator:
    """Press the button with the question; the dialog that answers."""
    one.press(question)
    dialog = one.page.get_by_role("dialog").filter(has=one.page.locator(".bericht"))
    dialog.get_by_text(re.compile("^Bron: ")).first.wait_for()
    return dialog


def test_a_page_says_why_one_sees_it(me: Desk, zaak: Zaak, grave: Grave) -> None:
    me.go(zaak.pad)
    dialog = answer(me, "Waarom zie ik dit?")
    expect(dialog).to_contain_text("U mag dit zien")
    expect(dialog).to_contain_text("Door uw rol Dossierbeheerder, die Lezer omvat")
    assert grave(me.page) == []
    me.page.keyboard.press("Escape")
    expect(me.page.get_by_role("button", name="Waarom zie ik dit?")).to_be_focused()


def test_an_action_that_cannot_be_done_says_why_not(me: Desk, zaak: Zaak) -> None:
    me.go(zaak.pad)
    me.press("Handelingen")
    me.page.get_by_text(re.compile(r"^Nu niet mogelijk")).click()
    dialog = answer(me, "Waarom kan ik dit niet? Hoorplicht starten")
    expect(dialog).to_contain_text("U kan dit niet")
    expect(dialog).to_contain_text("Waarvoor uw rollen dit recht geven")


def test_what_is_elsewhere_and_what_is_nowhere_are_explained_alike(desk: MakeDesk, zaak: Zaak) -> None:
    gent = desk("dossierbeheerder@gent")
    told = []
    for referte in (zaak.referte, "OO26-999999"):
        gent.go(f"/dossiers/{referte}")
        gent.see("Niet gevonden, of u hebt er geen toegang toe.")
        told.append(answer(gent, "Wat zie ik wel?").inner_text())
    assert told[0] == told[1]
    assert zaak.referte not in told[0]


def remark(me: Desk, zaak: Zaak, text: str, readers: str) -> Locator:
    """Write a remark at the dossier."""
    me.go(zaak.pad)
    me.start("Opmerking schrijven")
    me.fill("Opmerking", text)
    me.choose("Wie leest dit?", readers)
    me.finish("Bewaren", "De opmerking is bewaard.")
    return me.page.get_by_role("listitem").filter(has_text=text)


def test_a_remark_for_both_says_when_the_other_side_read_it(me: Desk, wonen: Desk, zaak: Zaak) -> None:
    remark(me, zaak, "De eigenaar herstelt het dak.", "Beide")
    remark(me, zaak, "Intern: bel de eigenaar.", "Eigen organisatie")
    wonen.go(zaak.pad)
    read = wonen.page.get_by_role("listitem").filter(has_text="De eigenaar herstelt het dak.")
    expect(read).to_be_visible()
    expect(read.get_by_role("button")).to_have_count(0)
    expect(wonen.page.get_by_text("Intern: bel de eigenaar.")).to_have_count(0)
    me.go(zaak.pad)
    mine = me.page.get_by_role("listitem").filter(has_text="De eigenaar herstelt het dak.")
    expect(mine).to_contain_text("gelezen door de andere organisatie")


def test_a_remark_that_nobody_read_can_be_narrowed(me: Desk, wonen: Desk, zaak: Zaak, grave: Grave) -> None:
    mine = remark(me, zaak, "Toch beter intern.", "Beide")
    me.start("Opmerking beperken tot de eigen organisatie", mine)
    me.press("Beperken")
    expect(mine).to_contain_text("Eigen organisatie")
    assert grave(me.page) == []
    wonen.go(zaak.pad)
    wonen.see(f"Dossier {zaak.referte}")
    expect(wonen.page.get_by_text("Toch beter intern.")).to_have_count(0)


def test_a_shielded_document_carries_its_reason_and_is_gone_for_the_other_side(
    me: Desk, wonen: Desk, zaak: Zaak
) -> None:
    wonen.go(zaak.pad)
    expect(wonen.row("Documenten", "DT001")).to_be_visible()
    me.go(zaak.pad)
    me.start("Document afschermen", me.row("Documenten", "DT001"))
    me.choose("Reden", "Gevoelige persoonsgegevens")
    me.fill("Toelichting", "De melder vroeg om anoniem te blijven.")
    me.finish("Afschermen", "enkel uw organisatie ziet dit nog")
    expect(me.row("Documenten", "DT001")).to_contain_text("Afgeschermd: gevoelige persoonsgegevens")
    wonen.go(zaak.pad)
    wonen.see(f"Dossier {zaak.referte}")
    expect(wonen.rows("Documenten", "DT001")).to_have_count(0)


def test_an_auditor_asks_of_a_dossier_who_consulted_it(auditor: Desk, me: Desk, zaak: Zaak, grave: Grave) -> None:
    remark(me, zaak, "Voor het logboek.", "Eigen organisatie")
    auditor.go(zaak.pad)
    auditor.follow("Wie raadpleegde dit?")
    expect(auditor.rows("Logboek", "Geopend").first).to_contain_text(zaak.referte)
    expect(auditor.rows("Logboek", "Opmerking schrijven")).not_to_have_count(0)
    assert grave(auditor.page) == []
    auditor.page.get_by_label("Soort").select_option(label="Wijziging")
    expect(auditor.rows("Logboek", "Geopend")).to_have_count(0)
    expect(auditor.rows("Logboek", "Gewijzigd")).not_to_have_count(0)
    with auditor.page.expect_download() as file:
        auditor.follow("Exporteren (csv)")
    lines = Path(file.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("volgnummer;tijdstip;soort")
    assert {line.split(";")[2] for line in lines[1:]} == {"wijziging"}


def test_who_watches_over_nothing_has_no_log(me: Desk) -> None:
    me.go("/")
    me.see("Mijn werklijst")
    expect(me.page.get_by_role("link", name="Logboek")).to_have_count(0)


def test_nobody_searches_a_person_without_a_reason(me: Desk, auditor: Desk, grave: Grave) -> None:
    me.go("/personen")
    me.fill("Naam", "Vermeersch")
    search = me.page.get_by_role("button", name="Persoon zoeken")
    expect(search).to_be_disabled()
    me.page.get_by_label(REDEN).select_option(label="Behandeling van een dossier")
    me.page.get_by_label(TOELICHTING).fill("Eigenaar van de Molenstraat bereiken.")
    search.click()
    expect(me.row("Een persoon zoeken", "Vermeersch")).to_contain_text("Molenstraat 12")
    assert grave(me.page) == []
    auditor.go("/logboek")
    expect(auditor.rows("Logboek", "Eigenaar van de Molenstraat bereiken.").first).to_be_visible()


def test_an_auditor_reads_who_saw_the_data_of_a_person(auditor: Desk, me: Desk) -> None:
    me.find("Molenstraat 12", "Molenstraat 12, 9300 Aalst")
    auditor.find("Molenstraat 12", "Molenstraat 12, 9300 Aalst")
    auditor.tab("Betrokkenen")
    auditor.row("Betrokkenen", "Vermeersch").get_by_role("link", name="Wie zag deze gegevens?").click()
    auditor.see("Leesregister van een persoon")
    auditor.page.get_by_label(REDEN).select_option(index=1)
    auditor.page.get_by_label(TOELICHTING).fill("De betrokkene vraagt het zelf.")
    auditor.press("Toon het register")
    expect(auditor.rows("Leesregister van een persoon", "Bart Baeten").first).to_contain_text("Molenstraat 12")


def test_a_substitute_sees_for_whom_and_only_while_it_lasts(me: Desk, desk: MakeDesk) -> None:
    lezer = desk("lezer@aalst")
    profile = lezer.page.get_by_role("button", name="Profiel van")
    me.page.get_by_role("button", name="Profiel van").click()
    me.follow("Vervangingen")
    me.see("Vervangingen")
    me.follow("Mij laten vervangen")
    me.see("Mij laten vervangen")
    label = profile.get_attribute("aria-label") or ""
    me.choose("Vervanger", label.removeprefix("Profiel van "))
    me.fill_date("Laatste dag", "30112026")
    me.fill("Reden", "Verlof")
    me.finish("Instellen", "vervangt")
    lezer.go("/")
    expect(profile).to_contain_text("vervangt Bart Baeten")
    me.start("Vervanging beëindigen", me.row("Vervangingen", "Verlof"))
    me.finish("Beëindigen", "De vervanging is beëindigd.")
    lezer.go("/vivoo")
    expect(profile).to_be_visible()
    expect(profile).not_to_contain_text("vervangt")


def test_a_phone_shows_these_screens_without_sliding_sideways(desk: MakeDesk, zaak: Zaak) -> None:
    widths = {}
    for persona, paths in (
        ("auditor@aalst", ("/logboek", zaak.pad)),
        ("dossierbeheerder@aalst", ("/personen", "/vervanging")),
    ):
        phone = desk(persona, viewport=PHONE)
        for path in paths:
            phone.go(path)
            phone.page.get_by_role("heading", level=1).wait_for()
            phone.page.wait_for_load_state("networkidle")
            widths[path] = phone.page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {PHONE["width"]}, widths
