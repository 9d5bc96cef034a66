"""A row of the published list: what it says, or every reason why it cannot be taken in. And the file it stands in."""

from datetime import date
from pathlib import Path

import pytest

from vlok.api.errors import Refusal
from vlok_vivoo.bestand import COLUMNS, read
from vlok_vivoo.registratie import Lijst
from vlok_vivoo.rij import ZONDER_AANVANG, Rij, judge

DAG = date(2026, 11, 23)
CELLEN = {
    "leesfout": "",
    "referte_entiteit": "EN18-063739",
    "adres": "Alfons Van de Maelestraat 47/49 bus 12",
    "gemeente": "Aalst",
    "provincie": "Oost-Vlaanderen",
    "procedure": "OO",
    "datum_aanvang": "2013-10-04",
    "datum_schrapping": "2014-10-03",
    "reden_schrapping": "Conformiteitsattest",
    "capakey": "41342B0402/00A002",
}


def rij(**cellen: str) -> Rij:
    judged = judge({**CELLEN, **cellen}, DAG)
    assert isinstance(judged, Rij), judged
    return judged


def test_a_whole_row_is_read_into_values():
    gelezen = rij()
    assert (gelezen.referte, gelezen.lijst, gelezen.gemeente.nis) == ("EN18-063739", Lijst.OO, "41002")
    assert (gelezen.adres.straat, str(gelezen.adres.huisnummer), gelezen.adres.busnummer) == (
        "Alfons Van de Maelestraat",
        "47/49",
        "12",
    )
    assert (gelezen.aanvang, gelezen.schrapping) == (date(2013, 10, 4), date(2014, 10, 3))
    assert (gelezen.reden, gelezen.capakeys) == ("Conformiteitsattest", ("41342B0402/00A002",))
    assert gelezen.opmerkingen == ()


def test_a_row_without_begin_is_taken_in_with_a_remark():
    assert rij(datum_aanvang="", datum_schrapping="").opmerkingen == (ZONDER_AANVANG,)


def test_a_row_with_only_a_reason_is_no_longer_on_the_list():
    assert not rij(datum_aanvang="", datum_schrapping="").loopt
    assert rij(datum_schrapping="", reden_schrapping="").loopt


def test_another_province_than_the_municipalitys_is_remarked():
    assert rij(provincie="Antwerpen").opmerkingen == ("Aalst ligt in Oost-Vlaanderen, niet in Antwerpen",)


@pytest.mark.parametrize(
    ("cellen", "reden"),
    [
        ({"referte_entiteit": ""}, "geen referte"),
        ({"referte_entiteit": "criptvoid(0)"}, "'criptvoid(0)' is geen referte van een entiteit"),
        ({"referte_entiteit": "EN١٨-٠٦٣٧٣٩"}, "'EN١٨-٠٦٣٧٣٩' is geen referte van een entiteit"),
        ({"adres": ""}, "geen adres"),
        ({"gemeente": ""}, "geen gemeente"),
        ({"gemeente": "Parijs"}, "de gemeente 'Parijs' is niet gekend"),
        ({"procedure": "CA"}, "'CA' is geen lijst van VIVOO (OO of NGW)"),
        ({"datum_aanvang": "04/10/2013"}, "'04/10/2013' is geen datum (jjjj-mm-dd)"),
        ({"datum_aanvang": "2013-W40-5"}, "'2013-W40-5' is geen datum (jjjj-mm-dd)"),
        ({"datum_aanvang": "2013-02-30"}, "'2013-02-30' is geen datum (jjjj-mm-dd)"),
        ({"datum_schrapping": "2026-11-24"}, "2026-11-24 ligt in de toekomst"),
        ({"datum_schrapping": "2013-10-03"}, "de schrapping ligt voor de aanvang"),
        ({"capakey": "11001"}, "capakey: '11001' is geen geldige capakey."),
        ({"reden_schrapping": "Ge\0sloopt"}, "een cel bevat een teken dat niet kan"),
        ({"leesfout": "8 kolommen in plaats van 9"}, "8 kolommen in plaats van 9"),
    ],
)
def test_a_row_that_cannot_be_taken_in_says_why(cellen: dict[str, str], reden: str):
    judged = judge({**CELLEN, **cellen}, DAG)
    assert isinstance(judged, str)
    assert judged.startswith(reden)


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    leeg = {"referte_entiteit": "criptvoid(0)", "adres": "", "gemeente": ""}
    redenen = "'criptvoid(0)' is geen referte van een entiteit; geen gemeente; geen adres"
    assert judge({**CELLEN, **leeg}, DAG) == redenen


def test_today_is_not_yet_the_future():
    assert rij(datum_schrapping="2026-11-23").schrapping == DAG


HEADER = ";".join(COLUMNS)
ROW = "EN18-061392;Alfred Nichelssstraat 21;Aalst;Oost-Vlaanderen;OO;2011-12-14;;;41002A1591/00G000"


def file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "lijst.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_with_or_without_byte_order_mark_and_with_any_line_end(tmp_path, encoding, end):
    [row] = read(file(tmp_path, f"{HEADER}{end}{ROW}{end}", encoding))
    assert (row["referte_entiteit"], row["capakey"]) == ("EN18-061392", "41002A1591/00G000")


def test_rows_are_numbered_as_the_lines_of_the_file_blank_ones_included(tmp_path):
    assert [row["rij"] for row in read(file(tmp_path, f"{HEADER}\n{ROW}\n\n{ROW}\n"))] == ["2", "4"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [(f"{ROW};nog iets", "10 kolommen in plaats van 9"), ("EN18-061392;Kerkstraat 1", "2 kolommen in plaats van 9")],
)
def test_a_row_of_another_shape_keeps_its_reference_and_says_what_is_wrong(tmp_path, row, fault):
    [gelezen] = read(file(tmp_path, f"{HEADER}\n{row}\n"))
    assert (gelezen["referte_entiteit"], gelezen["leesfout"]) == ("EN18-061392", fault)


def test_rows_behind_an_open_quotation_mark_do_not_disappear_unsaid(tmp_path):
    [gelezen] = read(file(tmp_path, f'{HEADER}\nEN18-061392;"Kerkstraat 1;Aalst\n{ROW}\n{ROW}\n'))
    assert gelezen["leesfout"] == "regel 2 tot 4 vormen samen één rij: een aanhalingsteken is niet gesloten"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "ontbreekt: referte_entiteit"),
        ("a;b;c\n1;2;3\n", "ontbreekt: referte_entiteit"),
        (HEADER.replace(";capakey", ""), "ontbreekt: capakey"),
        (HEADER.replace("adres;gemeente", "gemeente;adres"), "de volgorde is anders"),
    ],
)
def test_another_kind_of_file_is_refused_with_the_difference(tmp_path, text, why):
    with pytest.raises(Refusal, match=r"lijst\.csv heeft niet de kolommen van de VIVOO-lijst") as no:
        read(file(tmp_path, text))
    assert why in no.value.tekst


def test_a_file_that_cannot_be_read_is_refused_and_not_a_defect(tmp_path):
    other_encoding = file(tmp_path, f"{HEADER}\n{ROW.replace('Alfred', 'Noël')}\n", "latin-1")
    too_long = tmp_path / "lang.csv"
    too_long.write_text(f'{HEADER}\nEN18-061392;"{ROW * 2000}', encoding="utf-8")
    for path in (tmp_path / "is_er_niet.csv", tmp_path, other_encoding, too_long):
        with pytest.raises(Refusal, match="kan niet gelezen worden"):
            read(path)
