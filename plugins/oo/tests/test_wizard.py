"""The wizard "Beslissing burgemeester maken" without a database: what is asked, offered, proposed and refused."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from vlok.api.parameters import Parameters
from vlok.api.tables import Dossier
from vlok.api.wizard import Answers
from vlok_oo.beslissing.formulieren import (
    BESLISSINGEN,
    DOCUMENTEN,
    ENTITEITEN,
    ONDERTEKENING,
    STANDAARD,
    OoBeslissingen,
    OoBeslissingEntiteiten,
    OoStandaardBeslissing,
)
from vlok_oo.beslissing.maken import BeslissingMaken
from vlok_oo.feiten import OoFeiten
from vlok_oo.tables import OoAdvies, OoAdviesvraag, OoBeslissing, OoBevinding, OoProcedure
from vlok_oo.voorstel import Basis, Beslissingstype, Ondertekenflow
from vlok_register.api.tables import Deelprocedure, Entiteit, Pand

VANDAAG = date(2026, 11, 23)
DAG = timedelta(days=1)
EN1, EN2, EN3 = "EN26-000001", "EN26-000002", "EN26-000003"
LB, WVL = "lb:41002", "wvl"
WIZARD = BeslissingMaken()


class Aalst:
    """A procedure of Aalst on a pand with three dwellings; each method adds a fact."""

    def __init__(self, *, info: str = "Procedure OO", status: str = "Gestart", **parameters: object) -> None:
        self.dossier = Dossier(id=uuid4(), referte="OO26-000001", soort="oo", domein=LB, status=status, info=info)
        self.entiteiten = {
            key: Entiteit(id=key, referte=referte, titel=f"Molenstraat 1 bus {n}", soort="ZW")
            for n, (key, referte) in enumerate(((uuid4(), EN1), (uuid4(), EN2), (uuid4(), EN3)), start=1)
        }
        self.dps: dict[UUID, Deelprocedure] = {}
        self.bevindingen: dict[UUID, OoBevinding] = {}
        self.eigen: set[UUID] = set()
        self.adviezen: dict[UUID, OoAdvies] = {}
        self.vragen: list[OoAdviesvraag] = []
        self.beslissingen: dict[UUID, list[OoBeslissing]] = {}
        self.parameters = Parameters(VANDAAG, {f"oo.{key}": value for key, value in parameters.items()})

    def _id(self, referte: str) -> UUID:
        return next(key for key, entiteit in self.entiteiten.items() if entiteit.referte == referte)

    def dp(self, referte: str, status: str = "Gestart") -> "Aalst":
        key = self._id(referte)
        self.dps[key] = Deelprocedure(id=uuid4(), entiteit_id=key, status=status)
        return self

    def onderzocht(self, referte: str, uitslag: str = "OG", wie: str = LB) -> "Aalst":
        key = self._id(referte)
        self.bevindingen[key] = OoBevinding(
            entiteit_id=key, uitslag=uitslag, datum=date(2026, 11, 2), onderzoek_referte="ON26-000007", domein=wie
        )
        self.eigen |= {key} if wie == LB else set()
        return self if key in self.dps else self.dp(referte)

    def geadviseerd(self, referte: str, uitslag: str = "OG", status: str = "Verstuurd") -> "Aalst":
        key = self._id(referte)
        self.vragen.append(OoAdviesvraag(datum=date(2026, 9, 1), entiteit_ids=[key]))
        self.adviezen[key] = OoAdvies(
            entiteit_id=key, uitslag=uitslag, status=status, datum=date(2026, 11, 10), referte="AD26-000003"
        )
        return self if key in self.dps else self.dp(referte)

    def beslist(self, referte: str, soort: str, status: str = "In opmaak", datum: date = VANDAAG) -> "Aalst":
        key = self._id(referte)
        self.beslissingen.setdefault(key, []).append(
            OoBeslissing(entiteit_id=key, soort=soort, status=status, datum=datum, referte="BS26-000001")
        )
        return self

    @property
    def feiten(self) -> OoFeiten:
        return OoFeiten(
            vandaag=VANDAAG,
            dossier=self.dossier,
            parameters=self.parameters,
            rij=OoProcedure(datum_verzoek=date(2026, 8, 24)),
            gebouw=Pand(gemeente="Aalst"),
            entiteiten=self.entiteiten,
            deelprocedures=self.dps,
            bevindingen=self.bevindingen,
            eigen_onderzocht=frozenset(self.eigen),
            adviesvragen=self.vragen,
            adviezen=self.adviezen,
            beslissingen=self.beslissingen,
        )


def answers(*rijen: dict[str, object], entiteiten: list[str] | None = None, **standaard: object) -> Answers:
    chosen = [str(rij["entiteit"]) for rij in rijen] if entiteiten is None else entiteiten
    return Answers(
        VANDAAG,
        {
            ENTITEITEN.key: OoBeslissingEntiteiten(entiteiten=chosen),
            STANDAARD.key: OoStandaardBeslissing.model_validate(standaard),
            BESLISSINGEN.key: OoBeslissingen.model_validate({"per_entiteit": list(rijen)}),
        },
    )


def offered(aalst: Aalst) -> list[str]:
    return [keuze.waarde for keuze in WIZARD.choices(aalst.feiten, Answers(VANDAAG))["entiteiten.entiteiten"]]


def codes(aalst: Aalst, given: Answers) -> list[str]:
    return [melding.code for melding in WIZARD.check(aalst.feiten, given)]


def rij(
    entiteit: str = EN1, datum: date | None = VANDAAG, beslissing: str | None = "OG", **rest: object
) -> dict[str, object]:
    return {"entiteit": entiteit, "datum": datum, "beslissing": beslissing, **rest}


# --- which pages are asked -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("datums", "ondertekening", "documenten"),
    [
        ([VANDAAG + DAG], True, False),
        ([VANDAAG], True, False),
        ([VANDAAG - DAG], False, True),
        ([VANDAAG - DAG, VANDAAG], True, True),
        ([None], False, False),
        ([], False, False),
    ],
    ids=["later", "today", "earlier", "both", "no date", "nothing chosen"],
)
def test_the_dates_tell_whether_documents_are_signed_or_uploaded(datums, ondertekening, documenten):
    given = answers(*(rij(e, datum) for e, datum in zip((EN1, EN2, EN3), datums, strict=False)))
    feiten = Aalst().feiten
    assert all(step.asked(feiten, given) for step in (ENTITEITEN, STANDAARD, BESLISSINGEN))
    assert ONDERTEKENING.asked(feiten, given) is ondertekening
    assert DOCUMENTEN.asked(feiten, given) is documenten


def test_only_decisions_of_the_past_are_asked_a_document():
    aalst = Aalst().onderzocht(EN1).onderzocht(EN2)
    given = answers(rij(EN1, VANDAAG - DAG), rij(EN2, VANDAAG))
    assert [item.sleutel for item in WIZARD.items(aalst.feiten, given, DOCUMENTEN)] == [EN1]
    assert [item.sleutel for item in WIZARD.items(aalst.feiten, given, BESLISSINGEN)] == [EN1, EN2]


def test_each_entiteit_shows_what_examination_and_advies_found():
    aalst = Aalst().onderzocht(EN1, "OG/OVB").geadviseerd(EN1, "OG")
    [item] = WIZARD.items(aalst.feiten, answers(entiteiten=[EN1]), BESLISSINGEN)
    assert dict(item.details) == {
        "Onderzoek": "OG/OVB (02/11/2026, ON26-000007)",
        "Advies": "OG (10/11/2026, AD26-000003)",
    }


# --- when it can be done ---------------------------------------------------------------------------------------------


def test_it_needs_a_sent_advies_or_a_signed_examination_of_the_gemeente():
    assert WIZARD.unavailable(Aalst().onderzocht(EN1).feiten) is None
    assert WIZARD.unavailable(Aalst().geadviseerd(EN1).feiten) is None
    for aalst in (Aalst(), Aalst().onderzocht(EN1, wie=WVL), Aalst().geadviseerd(EN1, status="Te versturen")):
        reason = WIZARD.unavailable(aalst.feiten)
        assert reason == "Een beslissing kan pas na een verstuurd advies of een ondertekend onderzoek van de gemeente."


def test_it_is_not_for_a_waarschuwingsprocedure():
    aalst = Aalst(info="Waarschuwingsprocedure").onderzocht(EN1)
    assert WIZARD.unavailable(aalst.feiten) == "Dit is niet mogelijk in de waarschuwingsprocedure."


@pytest.mark.parametrize("status", ["Afgewezen", "Stopgezet", "Afgesloten"])
def test_it_is_not_for_a_dossier_that_ended(status):
    aalst = Aalst(status=status).onderzocht(EN1)
    assert WIZARD.unavailable(aalst.feiten) == f"Dit dossier is {status.lower()}."


def test_it_is_not_for_another_kind_of_procedure():
    other = OoFeiten(VANDAAG, Dossier(soort="ca", status="Gestart"), Parameters(VANDAAG))
    assert WIZARD.unavailable(other) == "Deze handeling hoort bij een procedure OO."


# --- which entiteiten are offered ------------------------------------------------------------------------------------


def test_offered_are_the_entiteiten_of_the_advies_or_the_own_examination():
    aalst = Aalst().onderzocht(EN1).geadviseerd(EN2).onderzocht(EN3, wie=WVL)
    assert offered(aalst) == [EN1, EN2]


@pytest.mark.parametrize(
    "status", ["Hersteld", "CA verstuurd", "CA te maken", "CA toe te kennen", "CA manueel te ondertekenen"]
)
def test_a_repaired_or_attested_entiteit_is_not_offered(status):
    assert offered(Aalst().onderzocht(EN1).dp(EN1, status).onderzocht(EN2)) == [EN2]


@pytest.mark.parametrize(
    ("soort", "is_offered"),
    [("VOL", False), ("OG", False), ("OG/OB", False), ("OVB", True), ("UITSTEL", True), ("ANDERE", True)],
)
def test_a_verdict_ends_the_offer_and_anything_else_does_not(soort, is_offered):
    assert (offered(Aalst().onderzocht(EN1).beslist(EN1, soort, "Geldig")) == [EN1]) is is_offered


def test_an_entiteit_that_is_not_offered_is_refused():
    aalst = Aalst().onderzocht(EN1)
    given = answers(rij(EN3, VANDAAG, "VOL"), entiteiten=[EN3])
    assert "NIET_AANGEBODEN" in codes(aalst, given)
    assert "NIET_AANGEBODEN" in codes(aalst, answers(entiteiten=["EN99-999999"]))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("In opmaak", "OO-B24"),
        ("Ter ondertekening", "OO-B24"),
        ("Te versturen", "OO-B24"),
        ("MB in de plaats gekomen", "OO-B25"),
        ("Verstuurd", "OO-B26"),
        ("Geldig", "OO-B26"),
    ],
)
def test_the_same_decision_again_is_explained_by_its_own_rule(status, code):
    aalst = Aalst(vrijgesteld=True).onderzocht(EN1, "OG").beslist(EN1, "OG", status)
    found = codes(aalst, answers(rij(datum=VANDAAG)))
    assert code in found
    assert "NIET_AANGEBODEN" not in found


def test_another_decision_on_a_decided_entiteit_is_simply_not_offered():
    aalst = Aalst(vrijgesteld=True).onderzocht(EN1, "OG").beslist(EN1, "OG", "Geldig", VANDAAG - DAG)
    assert "NIET_AANGEBODEN" in codes(aalst, answers(rij(datum=VANDAAG)))


# --- what is proposed ------------------------------------------------------------------------------------------------


def test_what_is_said_for_all_is_proposed_for_each():
    aalst = Aalst().onderzocht(EN1).onderzocht(EN2)
    given = answers(entiteiten=[EN1, EN2], beslissing="OG", datum=VANDAAG, stopzettingBewoning=True)
    proposed = WIZARD.defaults(aalst.feiten, given)[BESLISSINGEN.key]
    assert set(proposed) == {EN1, EN2}
    for one in proposed.values():
        assert (one["beslissing"], one["datum"], one["stopzetting_bewoning"]) == (Beslissingstype.OG, VANDAAG, True)


def test_the_basis_is_the_advies_when_it_says_something_and_else_the_examination():
    aalst = Aalst().geadviseerd(EN1, "OG").onderzocht(EN1).geadviseerd(EN2, "GADV").onderzocht(EN2).onderzocht(EN3)
    proposed = WIZARD.defaults(aalst.feiten, answers(entiteiten=[EN1, EN2, EN3]))[BESLISSINGEN.key]
    assert [proposed[e]["basis"] for e in (EN1, EN2, EN3)] == [Basis.ADVIES, Basis.ONDERZOEK, Basis.ONDERZOEK]


def test_the_basis_said_for_all_goes_before_the_proposed_one():
    aalst = Aalst().geadviseerd(EN1, "OG").onderzocht(EN1)
    given = answers(entiteiten=[EN1], basis="ONDERZOEK")
    assert WIZARD.defaults(aalst.feiten, given)[BESLISSINGEN.key][EN1]["basis"] is Basis.ONDERZOEK


def test_the_gemeente_sets_the_flow_and_the_term_that_are_proposed():
    aalst = Aalst(ondertekenflow="DIGITAAL", snelherstel_termijn=10).onderzocht(EN1)
    proposed = WIZARD.defaults(aalst.feiten, answers(entiteiten=[EN1]))
    assert proposed[ONDERTEKENING.key] == {"flow": Ondertekenflow.DIGITAAL}
    assert proposed[BESLISSINGEN.key][EN1]["snelherstel_dagen"] == 10


# --- what is said about the answers ----------------------------------------------------------------------------------


def test_nothing_chosen_is_the_only_thing_said():
    assert codes(Aalst().onderzocht(EN1), answers()) == ["OO-B1"]


def test_a_sound_decision_only_lacks_its_signing_flow():
    aalst = Aalst(vrijgesteld=True).onderzocht(EN1, "OG")
    assert codes(aalst, answers(rij())) == ["OO-B23"]
    assert codes(aalst, answers(rij(datum=VANDAAG - DAG))) == []


def test_the_rules_see_the_advies_the_examination_and_the_exemption():
    strenger = answers(rij(beslissing="OG/OB", datum=VANDAAG - DAG))
    assert codes(Aalst().geadviseerd(EN1, "OG"), strenger) == ["OO-W1"]
    assert codes(Aalst(vrijgesteld=True).geadviseerd(EN1, "OG"), strenger) == []
    assert codes(Aalst(vrijgesteld=True).onderzocht(EN1, "OG"), strenger) == ["OO-W3"]
    assert codes(Aalst().onderzocht(EN1, "OG/OB"), strenger) == ["OO-W7"]


def test_an_advies_that_was_not_sent_counts_for_nothing():
    aalst = Aalst(vrijgesteld=True).onderzocht(EN1, "OG/OB").geadviseerd(EN1, "VOL", status="Te versturen")
    assert codes(aalst, answers(rij(beslissing="OG/OB", datum=VANDAAG - DAG))) == []
