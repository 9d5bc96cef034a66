"""The whole line of one dwelling in the browser: from an unknown address to the inventory, by the five who walk it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from vlok.testing.desk import Desk, MakeDesk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADRES = "Kerkstraat 12, Aalst"
BESLUIT = "Besluit tot ongeschikt- en onbewoonbaarverklaring"


@dataclass
class Line:
    """The five people, and the dossier they work on."""

    gemeente: Desk
    controleur: Desk
    wonen: Desk
    ambtenaar: Desk
    vlabel: Desk
    signed: Path
    dossier: str = ""


@pytest.fixture
def line(desk: MakeDesk, signed_pdf: Path) -> Line:
    """Everybody at their own browser."""
    return Line(
        gemeente=desk("dossierbeheerder@aalst"),
        controleur=desk("woningcontroleur@aalst"),
        wonen=desk("dossierbeheerder@wvl"),
        ambtenaar=desk("gewestelijk-ambtenaar@wvl"),
        vlabel=desk("lezer@vlabel"),
        signed=signed_pdf,
    )


def test_a_dwelling_goes_from_an_unknown_address_to_the_inventory(line: Line) -> None:
    the_gemeente_adds_the_pand(line)
    the_gemeente_starts_the_procedure(line)
    the_controleur_examines_and_signs(line)
    the_gemeente_asks_advice(line)
    wonen_makes_the_advies(line)
    the_ambtenaar_signs_the_advies(line)
    wonen_sends_the_advies(line)
    the_gemeente_hears_the_owner(line)
    the_burgemeester_decides(line)
    the_draft_can_be_read_here_and_not_in_brussel(line)
    the_decision_is_signed_and_sent(line)
    wonen_reads_and_validates_the_decision(line)
    vlabel_finds_the_dwelling_and_nothing_else(line)


def the_gemeente_adds_the_pand(line: Line) -> None:
    me = line.gemeente
    me.search("Kerkstraat 12")
    expect(me.page.get_by_text("Geen panden gevonden")).to_be_visible()
    me.follow("Pand toevoegen")
    me.fill("Straat", "Kerkstraat")
    me.fill("Huisnummer", "12")
    me.finish("Toevoegen", f"Pand {ADRES} is toegevoegd")
    me.see(ADRES)
    me.start("Entiteit toevoegen")
    me.choose("Type", "Zelfstandige woning")
    me.fill("Busnummer", "1")
    me.finish("Toevoegen", "is toegevoegd")
    me.start("Betrokkene toevoegen")
    me.fill("Voornaam", "Rita")
    me.fill("Naam", "Peeters")
    me.choose("Rol", "Volle eigenaar")
    me.finish("Toevoegen", "De betrokkene is toegevoegd")


def the_gemeente_starts_the_procedure(line: Line) -> None:
    me = line.gemeente
    me.find("Kerkstraat 12", ADRES)
    me.start("Procedure OO starten")
    me.fill_date("Datum van ontvangst", "02112026")
    me.choose("Initiatiefnemer", "Belanghebbende")
    me.finish("Starten", "is gestart")
    heading = me.page.get_by_role("heading", name="Dossier OO").inner_text()
    line.dossier = heading.removeprefix("Dossier ")
    expect(me.row("Open taken", "Termijn burgemeester")).to_contain_text("02/02/2027")


def the_controleur_examines_and_signs(line: Line) -> None:
    me = line.controleur
    me.find("Kerkstraat 12", ADRES)
    me.start("Resultaat van een onderzoek vastleggen")
    me.fill_date("Datum onderzoek", "05112026")
    me.choose("Reden", "Vooronderzoek")
    me.pick_all("Entiteiten")
    me.next("Resultaat per entiteit")
    me.choose("Resultaat", "ongeschikt")
    me.finish("Vastleggen", "is vastgelegd")
    me.tab("Onderzoeken")
    expect(me.row("Onderzoeken", "Vooronderzoek")).to_contain_text("In opmaak")
    me.start("Onderzoek ondertekenen", of=me.row("Onderzoeken", "Vooronderzoek"))
    me.finish("Ondertekenen", "is ondertekend")


def the_gemeente_asks_advice(line: Line) -> None:
    me = line.gemeente
    me.dossier(line.dossier)
    me.start("Advies vragen aan Wonen in Vlaanderen")
    me.fill_date("Datum adviesvraag", "06112026")
    me.next("Entiteiten")
    me.choose("Type woning", "Zelfstandige woning")
    me.pick_all("Entiteiten")
    me.next("Bijlage")
    me.finish("Advies vragen", "Het advies is gevraagd voor 1 entiteit.")


def wonen_makes_the_advies(line: Line) -> None:
    me = line.wonen
    me.follow("Mijn werklijst")
    me.row("Mijn werklijst", line.dossier).get_by_role("link", name="Verwerk adviesvraag").click()
    me.see(f"Dossier {line.dossier}")
    me.start("Advies maken")
    me.next("Advies per entiteit")
    me.choose("Advies", "OG: ongeschikt")
    me.fill("Motivering", "Vochtschade in alle kamers.")
    me.finish("Advies maken", "1 advies is gemaakt")
    expect(me.rows("Documenten", "Ontwerp")).to_have_count(2)
    line.gemeente.dossier(line.dossier)
    expect(line.gemeente.page.get_by_text("Er is nog geen advies.")).to_be_visible()


def the_ambtenaar_signs_the_advies(line: Line) -> None:
    me = line.ambtenaar
    me.dossier(line.dossier)
    me.start("Documenten klaarmaken voor manuele ondertekening")
    me.pick_all("Documenten")
    me.finish("Klaarmaken", "klaar voor manuele ondertekening")
    for soort in ("DT023", "DT024"):
        me.start("Document vervangen door het ondertekende bestand", of=me.row("Documenten", soort))
        me.attach("Ondertekend document (pdf)", line.signed)
        me.finish("Vervangen", f"{soort} is vervangen")
        me.see(f"Dossier {line.dossier}")
        expect(me.row("Documenten", soort)).to_contain_text("Ondertekend")


def wonen_sends_the_advies(line: Line) -> None:
    line.wonen.dossier(line.dossier)
    line.wonen.start("Advies versturen naar de gemeente")
    line.wonen.finish("Versturen", "verstuurd")
    me = line.gemeente
    me.follow("Mijn werklijst")
    me.row("Mijn werklijst", "Verwerk advies").get_by_role("link", name="Verwerk advies").click()
    me.see(f"Dossier {line.dossier}")
    expect(me.row("Adviezen", "Kerkstraat 12 bus 1")).to_contain_text("OG")


def the_gemeente_hears_the_owner(line: Line) -> None:
    me = line.gemeente
    me.start("Hoorplicht starten")
    me.pick_all("Entiteiten")
    me.finish("Starten", "De hoorplicht loopt tot 07/12/2026")
    me.start("Reactie hoorplicht registreren")
    me.pick_all("Entiteiten")
    me.next("Reactie")
    me.fill_date("Datum reactie", "20112026")
    me.choose("Wijze", "Mondeling")
    me.fill("Inhoud", "De eigenaar start met de werken.")
    me.next("Betrokkenen")
    me.next("Verslag")
    me.attach("Proces-verbaal van de hoorzitting", line.signed)
    me.finish("Registreren", "is geregistreerd")
    expect(me.rows("Hoorplicht en reacties", "20/11/2026")).to_have_count(1)


def the_burgemeester_decides(line: Line) -> None:
    """A mistake is told with its number, a heavier decision than the advies must be confirmed."""
    me = line.gemeente
    me.start("Beslissing burgemeester maken")
    me.pick_all("Entiteiten")
    me.next("Standaard parameters")
    me.choose("Beslissing", "ongeschikt en onbewoonbaar")
    me.fill_date("Datum beslissing", "23112026")
    me.next("Beslissing en opties")
    me.tick("Stopzetting bewoning")
    me.press("Volgende")
    wrong = me.page.get_by_role("alert")
    expect(wrong).to_contain_text("OO-B12")
    expect(wrong).to_contain_text("Vul in wanneer de bewoning moet stopgezet zijn")
    me.fill_date("Bewoning stopgezet tegen", "23022027")
    me.next("Manier van ondertekenen")
    expect(me.page.get_by_text("Stap 4 van 4")).to_be_visible()
    me.choose("Manier van ondertekenen", "Manueel")
    me.press("Voltooien")
    asked = me.page.get_by_role("alertdialog", name="Toch uitvoeren?")
    expect(asked).to_contain_text("OO-W1")
    asked.get_by_role("button", name="Ja, toch uitvoeren").click()
    me.told("1 beslissing gemaakt.")


def the_draft_can_be_read_here_and_not_in_brussel(line: Line) -> None:
    me = line.gemeente
    with me.document(BESLUIT) as draft:
        expect(draft.bar).to_contain_text("Ontwerp")
        assert draft.file.startswith(b"%PDF")
    line.wonen.dossier(line.dossier)
    expect(line.wonen.row("Deelprocedures", "Kerkstraat 12 bus 1")).to_contain_text("Beslissing in opmaak")
    expect(line.wonen.row("Documenten", "DT034")).to_have_count(0)


def the_decision_is_signed_and_sent(line: Line) -> None:
    me = line.gemeente
    me.start("Documenten klaarmaken voor manuele ondertekening")
    me.pick_all("Documenten")
    me.finish("Klaarmaken", "klaar voor manuele ondertekening")
    me.start("Document vervangen door het ondertekende bestand", of=me.row("Documenten", "DT034"))
    me.attach("Ondertekend document (pdf)", line.signed)
    me.finish("Vervangen", "DT034 is vervangen")
    me.see(f"Dossier {line.dossier}")
    line.wonen.dossier(line.dossier)
    expect(line.wonen.row("Documenten", "DT034")).to_contain_text("Ondertekend")
    me.start("Beslissing versturen naar Wonen in Vlaanderen")
    me.fill_date("Datum betekening", "23112026")
    me.tick("Dit is de datum van de poststempel")
    me.next("Beslissingen")
    me.finish("Versturen", "verstuurd")


def wonen_reads_and_validates_the_decision(line: Line) -> None:
    me = line.wonen
    me.follow("Mijn werklijst")
    me.row("Mijn werklijst", line.dossier).get_by_role("link", name="Valideer beslissing burgemeester").click()
    with me.document(BESLUIT) as signed:
        assert signed.file == line.signed.read_bytes()
    me.start("Beslissing valideren")
    me.pick_all("Beslissingen")
    me.next("Datum beslissing")
    me.finish("Valideren", "1 beslissing gevalideerd.")
    me.follow("VIVOO")
    me.page.get_by_role("searchbox", name="Zoek op adres, gemeente, referte of capakey").fill("Kerkstraat 12")
    expect(me.page.get_by_role("table").get_by_role("row").filter(has_text="Kerkstraat 12 bus 1").first).to_be_visible()


def vlabel_finds_the_dwelling_and_nothing_else(line: Line) -> None:
    me = line.vlabel
    me.go("/")
    me.see("VIVOO")
    expect(me.page.get_by_role("table").get_by_role("row").filter(has_text="Kerkstraat 12 bus 1").first).to_be_visible()
    expect(me.page.get_by_role("link", name="Mijn werklijst")).to_have_count(0)
    expect(me.page.get_by_role("searchbox", name="Zoek een pand op adres of referte")).to_have_count(0)
    me.go(f"/dossiers/{line.dossier}")
    me.see("Niet gevonden, of u hebt er geen toegang toe.")
    expect(me.page.get_by_text(ADRES)).to_have_count(0)
