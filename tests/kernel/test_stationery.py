"""A template speaks only about what it was given, and can neither compute nor reach out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from jinja2 import DictLoader, UndefinedError
from jinja2.exceptions import SecurityError, TemplateAssertionError

from vlok.api.documents import HouseStyle, Letter, RenderOrder, Signatory, document_types, plain
from vlok.api.errors import ContractError
from vlok.documents.stationery import datum, euro, html, opsomming, stationery

HOUSE = HouseStyle(
    organisatie="Gemeente Kapelrode",
    adres=("Marktplein 1", "9999 Kapelrode"),
    telefoon="09 000 00 00",
    email="wonen@kapelrode.example",
    website="www.kapelrode.example",
    afzender="Dienst Wonen",
    ondertekenaars=(Signatory("Burgemeester", "Hilde Maes"),),
)


@dataclass(frozen=True)
class Bericht:
    naam: str
    items: tuple[str, ...] = ()
    dag: date = date(2026, 11, 22)


def order(naam: str = "Lotte") -> RenderOrder:
    return RenderOrder(
        template="t", content={"naam": naam}, house=HOUSE, referte="R1", title="Titel", date=date(2026, 11, 22)
    )


def rendered(source: str, naam: str = "Lotte") -> str:
    environment = stationery({})
    environment.loader = DictLoader({"t": source})
    return html(environment, order(naam))


def test_dates_amounts_and_lists_are_written_in_flemish_dutch() -> None:
    assert datum(date(2026, 11, 2)) == "2 november 2026"
    assert euro(125_050).replace("\N{NO-BREAK SPACE}", " ") == "€ 1.250,50"
    assert opsomming(("a", "b", "c")) == "a, b en c"
    assert opsomming(("a",)) == "a"


def test_a_typo_is_an_error_and_not_an_empty_space() -> None:
    with pytest.raises(UndefinedError, match="nam"):
        rendered("{{ it.nam }}")


def test_what_a_clerk_typed_is_text_and_never_markup() -> None:
    assert rendered("{{ it.naam }}", naam="<img src=x>") == "&lt;img src=x&gt;"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 1000 }}",
        "{{ 2 ** 9 }}",
        "{{ '%9d' % 1 }}",
        "{{ it.naam.center(9) }}",
        "{{ it.naam.__class__ }}",
        "{{ brief.to_json() }}",
    ],
)
def test_a_template_cannot_blow_up_or_call_into_python(source: str) -> None:
    with pytest.raises(SecurityError):
        rendered(source)


@pytest.mark.parametrize("source", ["{{ it.naam | safe }}", "{{ it.naam | attr('x') }}", "{{ it.naam | default('') }}"])
def test_only_the_listed_filters_exist(source: str) -> None:
    with pytest.raises(TemplateAssertionError, match="No filter"):
        rendered(source)


@pytest.mark.parametrize("source", ["{{ range }}", "{{ it.keys }}"])
def test_neither_globals_nor_the_methods_of_a_dict_can_be_reached(source: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(source)


def test_a_plugin_cannot_take_the_place_of_the_kernel() -> None:
    with pytest.raises(ContractError, match="kernel"):
        stationery({"kernel": "vlok_oo"})


def test_an_order_survives_the_job_queue_with_its_dates() -> None:
    letter = Letter(key="x.DT001", soort="DT001", title="T", template="t", content=Bericht, sample=Bericht("Lotte"))
    sent = RenderOrder(
        template="t",
        content=letter.plain(Bericht("2026-11-22", ("a",))),
        house=HOUSE,
        referte="R",
        title="T",
        date=date(2026, 1, 2),
    )
    received = RenderOrder.from_json(sent.to_json())
    assert received == sent
    assert received.content == {"naam": "2026-11-22", "items": ["a"], "dag": date(2026, 11, 22)}


def test_only_plain_values_travel_to_the_printer() -> None:
    with pytest.raises(TypeError, match="Path kan niet in een document"):
        plain({"pad": Path("/etc/passwd")})


@pytest.mark.parametrize("logo", ["https://elders.example/logo.png", "file:///etc/passwd", "data:text/html;base64,AA"])
def test_a_logo_is_an_inline_image(logo: str) -> None:
    with pytest.raises(ValueError, match="data:image"):
        HouseStyle("O", (), "", "", "", "", logo=logo)


def test_a_colour_cannot_carry_style() -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        HouseStyle("O", (), "", "", "", "", kleur_hoofd="red; background: url(x)")


BLOCK = """
[[documenttype]]
nummer = "DT034"
naam = "Beslissing"
aanmaak = ["A"]
bron = "handleiding"
geldig_van = 2018-06-01
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BLOCK.replace('"A"', '"X"'), r"^types\.toml: DT034\.aanmaak"),
        (BLOCK.replace("bron", "bronn"), r"^types\.toml: DT034\.bron: Field required"),
        (BLOCK + BLOCK, r"^types\.toml: DT034: two blocks"),
        (BLOCK + "geldig_tot = 2017-01-01\n", r"^types\.toml: DT034: geldig_tot 2017-01-01 is before"),
        ("[[", r"^types\.toml: "),
    ],
)
def test_a_wrong_document_type_is_refused_with_file_number_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "types.toml"
    path.write_text(text)
    with pytest.raises(ContractError, match=reason):
        document_types(path)


def test_a_document_type_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    path = tmp_path / "types.toml"
    path.write_text(BLOCK + "geldig_tot = 2020-12-31\n")
    [soort] = document_types(path)
    days = (date(2018, 5, 31), date(2018, 6, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [soort.geldt_op(day) for day in days] == [False, True, True, False]
