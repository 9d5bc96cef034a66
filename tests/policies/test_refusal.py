"""A policy that is missing, malformed, shrunken or not the reviewed one stops the start, in one Dutch line."""

import csv

import pytest

from vlok.api.errors import ContractError
from vlok.api.tables import Dossier, Organisatie
from vlok.api.visibility import KERNEL_SCOPES, Scope
from vlok.app import build, contributions, policy_folder
from vlok.cli import main
from vlok.db.connect import Urls
from vlok.policy.policy import Policy
from vlok.policy.slot import NAME, check_lock, write_lock
from vlok.policy.vocabulary import Vocabulary
from vlok.settings import Settings

MODEL = (policy_folder(Settings()) / "model.conf").read_text()
GOOD = "p, lb.lezer, een.ding, lezen, gebied, allow, bron"


def _broken(actor, rij):
    raise RuntimeError("stuk")


WORDS = Vocabulary(
    plugins=frozenset({"een"}),
    roles={code: code for code in ("lb.lezer", "lb.hoofd", "wvl.lezer")},
    permissions={
        ("een.ding", "lezen"): Dossier,
        ("een.organisatie", "lezen"): Organisatie,
        ("elders.x", "lezen"): None,
    },
    scopes={scope.key: scope for scope in (*KERNEL_SCOPES, Scope("een.stuk", _broken, "stuk"))},
)


@pytest.fixture
def folder(tmp_path):
    """A sound policy of two files, locked."""
    (tmp_path / "grants").mkdir()
    (tmp_path / "model.conf").write_text(MODEL)
    (tmp_path / "grants" / "een.csv").write_text(f"# kop\n{GOOD}\n")
    (tmp_path / "grants" / "twee.csv").write_text("g, lb.hoofd, lb.lezer, bron\n")
    write_lock(tmp_path)
    return tmp_path


def refusal(folder, *, locked: bool = True) -> str:
    """Why it does not start; not ``locked``: even when somebody would review it as it is."""
    with pytest.raises(ContractError) as refused:
        Policy(folder, WORDS, locked=locked)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_sound_and_locked_policy_starts(folder):
    assert [line.place for line in Policy(folder, WORDS).lines] == ["een.csv:2"]


WRONG_LINES = {
    "p, lb.lezer, een.ding, lezen, gebied, allow": "6 cellen maken geen regel van soort 'p'",
    "p, lb.lezer, een.ding, lezen, gebied, allow, bron, nog": "8 cellen maken geen regel van soort 'p'",
    "g, lb.hoofd, lb.lezer": "3 cellen maken geen regel van soort 'g'",
    "q, lb.lezer, een.ding, lezen, gebied, allow, bron": "7 cellen maken geen regel van soort 'q'",
    "p": "1 cellen maken geen regel van soort 'p'",
    "p, lb.lezer, een.organisatie, lezen, alles, soms, bron": "effect 'soms' is niet allow of deny",
    "p, lb.lezer, een.organisatie, lezen, alles, Allow, bron": "effect 'Allow' is niet allow of deny",
    "p, lb.lezer, een.organisatie, lezen, alles, allow, ": "lege cel",
    "p, lb.lezer, , lezen, gebied, allow, bron": "lege cel",
    "p, lb.lzer, een.ding, lezen, gebied, allow, bron": "de rol 'lb.lzer' bestaat niet",
    "p, lb.lezer, een.dng, lezen, gebied, allow, bron": "'lezen' van 'een.dng' bestaat niet",
    "p, lb.lezer, een.ding, schrijven, gebied, allow, bron": "'schrijven' van 'een.ding' bestaat niet",
    "p, lb.lezer, een.ding, lezen, overal, allow, bron": "het bereik 'overal' bestaat niet",
    "p, lb.lezer, een.organisatie, lezen, gedeeld, allow, bron": "het bereik 'gedeeld' past niet op 'een.organisatie'",
    "p, lb.lezer, een.ding, lezen, een.stuk, allow, bron": "het bereik 'een.stuk' past niet op 'een.ding' (stuk)",
    "p, lb.lezer, elders.x, lezen, alles, allow, bron": "een regel over 'elders.x' hoort in een ander bestand",
    "g, lb.hoofd, lb.lzer, bron": "de rol 'lb.lzer' bestaat niet",
    "g, lb.lezer, wvl.lezer, bron": "een rol omvat enkel rollen van dezelfde soort organisatie",
    "g, lb.lezer, lb.lezer, bron": "de rol 'lb.lezer' omvat zichzelf",
    GOOD: "deze regel staat ook op een.csv:1",
    GOOD.replace(", bron", ", andere bron"): "deze regel staat ook op een.csv:1",
}


@pytest.mark.parametrize("line", WRONG_LINES)
def test_a_wrong_line_stops_the_start_and_says_where(folder, line):
    (folder / "grants" / "een.csv").write_text(f"{GOOD}\n{line}\n")
    assert refusal(folder, locked=False).startswith(f"beleid een.csv:2: {WRONG_LINES[line]}")


def test_roles_that_include_each_other_in_a_circle_stop_the_start(folder):
    (folder / "grants" / "twee.csv").unlink()
    circle = "g, lb.hoofd, lb.lezer, bron\ng, lb.lezer, lb.hoofd, bron\n"
    (folder / "grants" / "een.csv").write_text(f"{GOOD}\n{circle}")
    assert "omvat zichzelf" in refusal(folder, locked=False)


def _no_model(folder):
    (folder / "model.conf").unlink()


def _no_files(folder):
    for file in (folder / "grants").glob("*.csv"):
        file.unlink()


def _file_gone(folder):
    (folder / "grants" / "twee.csv").unlink()


def _file_added(folder):
    (folder / "grants" / "drie.csv").write_text(GOOD + "\n")


def _emptied(folder):
    (folder / "grants" / "een.csv").write_text("# niets meer\n")


def _shrunken(folder):
    (folder / "grants" / "een.csv").write_text("")


def _reworded(folder):
    (folder / "grants" / "een.csv").write_text(f"# kop\n{GOOD.replace('gebied', 'alles')}\n")


def _longer(folder):
    with (folder / "grants" / "een.csv").open("a") as file:
        file.write("p, lb.lezer, een.organisatie, lezen, alles, allow, bron\n")


def _shorter(folder):
    (folder / "grants" / "een.csv").write_text(f"{GOOD}\np, lb.lezer, een.organisatie, lezen, alles, allow, bron\n")
    write_lock(folder)
    (folder / "grants" / "een.csv").write_text(f"{GOOD}\n")


def _half_copied(folder):
    text = (folder / "grants" / "een.csv").read_text()
    (folder / "grants" / "een.csv").write_text(text[: len(text) // 2])


def _no_text(folder):
    (folder / "grants" / "een.csv").write_bytes(b"\xff\xfe\x00p")


def _model_changed(folder):
    (folder / "model.conf").write_text(MODEL.replace("&& !some(where (p.eft == deny))", ""))


def _no_lock(folder):
    (folder / NAME).unlink()


def _lock_malformed(folder):
    (folder / NAME).write_text("[[bestand]]\nnaam = 1\n")


def _lock_empty(folder):
    (folder / NAME).write_text("")


AMISS = {
    _no_model: "beleid: model.conf ontbreekt in",
    _no_files: "beleid: geen enkel bestand in",
    _file_gone: "beleid grants/twee.csv: het bestand is nagekeken en ontbreekt nu",
    _file_added: "beleid grants/drie.csv: het bestand is nooit nagekeken",
    _emptied: "beleid een.csv: het bestand bevat geen enkele regel",
    _shrunken: "beleid een.csv: het bestand bevat geen enkele regel",
    _shorter: "beleid grants/een.csv: 1 regels, terwijl er 2 nagekeken zijn: het beleid is gekrompen",
    _reworded: "beleid grants/een.csv: het bestand is gewijzigd sinds het nagekeken werd",
    _longer: "beleid grants/een.csv: het bestand is gewijzigd sinds het nagekeken werd",
    _half_copied: "beleid een.csv:2: ",
    _no_text: "beleid een.csv: kan niet gelezen worden",
    _model_changed: "beleid model.conf: het bestand is gewijzigd sinds het nagekeken werd",
    _no_lock: "beleid slot.toml: het slot ontbreekt",
    _lock_malformed: "beleid slot.toml: het slot kan niet gelezen worden",
    _lock_empty: "beleid slot.toml: het slot kan niet gelezen worden",
}


@pytest.mark.parametrize("change", AMISS, ids=lambda change: change.__name__.strip("_"))
def test_a_policy_that_is_not_as_reviewed_stops_the_start(folder, change):
    change(folder)
    assert refusal(folder).startswith(AMISS[change])


def test_a_place_where_nothing_is_granted_stops_the_start(folder):
    (folder / "grants" / "twee.csv").unlink()
    (folder / "grants" / "een.csv").write_text("g, lb.hoofd, lb.lezer, bron\n")
    assert refusal(folder, locked=False) == "beleid: geen enkele regel geeft hier een recht"


@pytest.mark.parametrize(
    "matcher",
    ["regexMatch(r.object, p.object)", "keyMatch(r.object, p.object)", "eval(p.object)", "r.object =~ p.object"],
)
def test_a_matcher_that_could_open_more_than_it_says_stops_the_start(folder, matcher):
    (folder / "model.conf").write_text(MODEL.replace("r.object == p.object", matcher))
    assert refusal(folder, locked=False).startswith("beleid model.conf: '")


def test_a_model_that_is_none_stops_the_start(folder):
    (folder / "model.conf").write_text("[matchers]\n")
    assert refusal(folder, locked=False).startswith("beleid model.conf: dit is geen bruikbaar model")


def test_a_bystander_of_the_folder_is_of_no_account(folder):
    (folder / "leesmij.txt").write_text("niets")
    check_lock(folder)


def test_the_product_does_not_start_on_a_policy_that_changed(tmp_path):
    """The whole way: settings, contributions, build. Nothing of it is a flag that could be forgotten."""
    changed = copied(tmp_path)
    with pytest.raises(ContractError, match=r"^beleid grants/register\.csv: .* gekrompen\. Lees het verschil na"):
        build(Settings(data=tmp_path, policies=changed, plugins=("vivoo",)), "postgresql+psycopg://nergens/nergens")


def copied(tmp_path):
    """The product's own policy with one line less in register.csv."""
    import shutil

    made = tmp_path / "beleid"
    shutil.copytree(policy_folder(Settings()), made)
    file = made / "grants" / "register.csv"
    file.write_text(file.read_text().rstrip("\n").rpartition("\n")[0] + "\n")
    return made


def test_the_operator_reads_one_line_and_no_trace(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VLOK_POLICIES", str(copied(tmp_path)))
    monkeypatch.setenv("VLOK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VLOK_PLUGINS", '["vivoo"]')
    nowhere = "postgresql+psycopg://nergens/nergens"
    monkeypatch.setattr("vlok.cli._ready", lambda settings: Urls(owner=nowhere, app=nowhere))
    monkeypatch.setattr("sys.argv", ["vlok", "serve"])
    with pytest.raises(SystemExit):
        main()
    err = capsys.readouterr().err
    assert err.startswith("VLOK: beleid grants/register.csv")
    assert err.count("\n") == 1


def test_the_files_of_plugins_that_do_not_live_here_are_locked_but_not_read(folder):
    assert {line.place for line in Policy(folder, WORDS).lines} == {"een.csv:2"}
    (folder / "grants" / "twee.csv").write_text("g, lb.hoofd, lb.lezer, andere bron\n")
    assert "twee.csv" in refusal(folder)


def test_the_reviewed_lock_is_the_products_own():
    check_lock(policy_folder(Settings()))
    assert Policy(policy_folder(Settings()), Vocabulary.of(contributions(Settings()))).lines


def test_every_cell_of_the_model_is_as_expected():
    """Four requests, five cells per line, a deny that wins, comparisons and one function: nothing else decides."""
    rules = [row for row in csv.reader(MODEL.splitlines(), delimiter="\0") if row and "=" in row[0]]
    said = {cell.partition("=")[0].strip(): cell.partition("=")[2].strip() for (cell,) in rules if cell[0] != "#"}
    assert said == {
        "r": "roles, object, action, scope",
        "p": "role, object, action, scope, eft",
        "g": "_, _",
        "e": "some(where (p.eft == allow)) && !some(where (p.eft == deny))",
        "m": "r.object == p.object && r.action == p.action && r.scope == p.scope && holds(r.roles, p.role)",
    }
