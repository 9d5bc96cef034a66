"""Organisation parameters: typed, bounded by law, per period; unset means the declared default."""

from datetime import date
from uuid import uuid4

import pytest

from vlok.api.documents import HouseStyle
from vlok.api.errors import Refusal
from vlok.api.paper import HUISSTIJL
from vlok.api.parameters import Parameter, Parameters
from vlok.tenancy.tables import Parameterwaarde
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL

TERMIJN = Parameter("proef.termijn", "Termijn", int, 14, "proef", minimum=10, maximum=30)
TODAY = date(2026, 11, 23)


def test_an_unset_parameter_has_its_default():
    assert Parameters(TODAY)[TERMIJN] == 14


def test_a_value_comes_back_in_its_own_type():
    assert Parameters(TODAY, {"proef.termijn": "21"})[TERMIJN] == 21


@pytest.mark.parametrize("waarde", [10, 30])
def test_the_legal_bounds_are_included(waarde):
    assert TERMIJN.parse(waarde) == waarde


@pytest.mark.parametrize("waarde", [9, 31, -1, "veel", None, 1.5, [14]])
def test_a_value_out_of_bounds_or_of_another_type_is_refused_in_dutch(waarde):
    with pytest.raises(Refusal) as refused:
        TERMIJN.parse(waarde)
    assert (refused.value.code, refused.value.veld) == ("ONGELDIG", "waarde")
    assert refused.value.tekst.startswith("Termijn: ")


def test_the_refusal_names_the_bounds():
    with pytest.raises(Refusal, match="van 10 tot en met 30"):
        TERMIJN.parse(31)


def test_a_house_style_is_a_parameter_too():
    style = HouseStyle("Stad", (), "", "", "", "Stad", kleur_hoofd="#112233")
    stored = {"organisatie": "Stad", "adres": [], "telefoon": "", "email": "", "website": "", "afzender": "Stad",
              "kleur_hoofd": "#112233"}  # fmt: skip
    assert HUISSTIJL.parse(stored) == style
    with pytest.raises(Refusal):
        HUISSTIJL.parse({**stored, "kleur_hoofd": "url(//elders)"})


@pytest.fixture(scope="module")
async def stored(proef):
    """Aalst: 20 days in 2025, 25 from 2026 on."""
    actor = await proef.actor(BEHEERDER)
    async with proef.kernel.work(actor) as work:
        for waarde, van, tot in ((20, date(2025, 1, 1), date(2025, 12, 31)), (25, date(2026, 1, 1), None)):
            work.session.add(
                Parameterwaarde(
                    id=uuid4(), organisatie_id=actor.organisatie_id, domein=actor.domein, gebied=actor.gebied,
                    sleutel="proef.termijn", waarde=waarde, geldig_van=van, geldig_tot=tot,
                    gewijzigd_door="An", gewijzigd_op=work.now,
                )
            )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), 14),
        (date(2025, 1, 1), 20),
        (date(2025, 12, 31), 20),
        (date(2026, 1, 1), 25),
        (TODAY, 25),
    ],
)
async def test_what_held_on_a_day_is_what_counts(proef, stored, day, expected):
    proef.clock.day = day
    async with proef.kernel.work(await proef.actor(WVL)) as work:
        assert (await work.parameters("lb:41002"))[TERMIJN] == expected
        assert (await work.parameters("lb:44021"))[TERMIJN] == 14
    proef.clock.day = TODAY


async def test_a_parameter_of_one_organisation_is_not_anothers(proef, stored):
    async with proef.kernel.work(await proef.actor(ELDERS)) as work:
        assert (await work.parameters(work.actor.domein))[TERMIJN] == 14
