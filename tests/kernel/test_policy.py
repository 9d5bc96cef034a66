"""The policy: nothing is open by itself, deny wins, and what it opens is one SQL criterion."""

from datetime import date
from uuid import uuid4

from sqlalchemy import select

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.tables import Dossier
from vlok.api.visibility import KERNEL_SCOPES
from vlok.app import policy_folder
from vlok.identity.actors import Actors
from vlok.policy.policy import Policy
from vlok.policy.slot import write_lock
from vlok.policy.vocabulary import Vocabulary
from vlok.settings import Settings
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_dossier

GOOD = "p, lb.lezer, een.ding, lezen, gebied, allow, bron"
WORDS = Vocabulary(
    plugins=frozenset({"een"}),
    roles={code: code for code in ("lb.lezer", "lb.hoofd", "lb.baas", "lb.ander", "alles", "gebied", "eigen")},
    permissions={("een.ding", "lezen"): Dossier, ("een.ding", "uitvoeren"): Dossier},
    scopes={scope.key: scope for scope in KERNEL_SCOPES},
)
"""A place where one thing can be read and done."""


def folder(tmp_path, *lines):
    (tmp_path / "grants").mkdir()
    (tmp_path / "grants" / "een.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "model.conf").write_text((policy_folder(Settings()) / "model.conf").read_text())
    write_lock(tmp_path)
    return tmp_path


def policy(tmp_path, *lines):
    return Policy(folder(tmp_path, *lines), WORDS)


def test_comments_and_blank_lines_are_skipped(tmp_path):
    assert len(policy(tmp_path, "# kop", "", "  ", GOOD).lines) == 1


def opened(found, *roles, action="lezen"):
    return tuple(set(scopes) for scopes in found.opened(frozenset(roles), "een.ding", action))


def test_nothing_is_open_unless_a_line_says_so(tmp_path):
    found = policy(tmp_path, GOOD)
    assert opened(found, "lb.lezer") == ({"gebied"}, set())
    assert opened(found, "lb.ander") == (set(), set())
    assert opened(found) == (set(), set())
    assert opened(found, "lb.lezer", action="uitvoeren") == (set(), set())


def test_a_role_has_what_the_roles_it_includes_have(tmp_path):
    found = policy(tmp_path, GOOD, "g, lb.hoofd, lb.lezer, bron", "g, lb.baas, lb.hoofd, bron")
    assert opened(found, "lb.baas") == ({"gebied"}, set())
    assert opened(found, "lb.lezer", "vreemd") == ({"gebied"}, set())


def test_a_deny_wins_whatever_its_place_and_whoever_brings_it(tmp_path):
    deny = "p, lb.lezer, een.ding, lezen, gebied, deny, bron"
    twee = "p, lb.ander, een.ding, lezen, gebied, allow, bron"
    found = policy(tmp_path, deny, GOOD, twee)
    for roles in (["lb.lezer"], ["lb.lezer", "lb.ander"]):
        assert opened(found, *roles) == (set(), {"gebied"})
    assert opened(found, "lb.ander") == ({"gebied"}, set())


def test_a_denied_scope_takes_its_rows_out_of_a_wider_one(tmp_path):
    found = policy(
        tmp_path,
        "p, lb.lezer, een.ding, lezen, alles, allow, bron",
        "p, lb.lezer, een.ding, lezen, eigen, deny, bron",
    )
    assert opened(found, "lb.lezer") == ({"alles"}, {"eigen"})
    sql = str(
        select(Dossier.id).where(found.visible(actor("lb:41002", "41002", "lb.lezer"), "een.ding", "lezen", Dossier))
    )
    assert "dossier.domein != " in sql or "NOT" in sql


def actor(domein, gebied, *roles):
    soort = OrganisatieSoort.LOKAAL_BESTUUR if gebied.isdigit() else OrganisatieSoort.WVL
    return Actor(uuid4(), "An", uuid4(), "code", "Naam", soort, domein, gebied, frozenset(roles))


async def test_the_kernels_scopes_hold_the_rows_they_name(proef, tmp_path):
    mine, wvls, gents = (
        await a_dossier(proef),
        await a_dossier(proef, WVL),
        await a_dossier(proef, ELDERS, gebied="44021"),
    )
    lines = [f"p, {scope}, een.ding, lezen, {scope}, allow, bron" for scope in ("alles", "gebied", "eigen")]
    found = policy(tmp_path, *lines)
    expected = {
        ("alles", "lb:41002", "41002"): {mine, wvls, gents},
        ("gebied", "lb:41002", "41002"): {mine, wvls},
        ("gebied", "wvl", "*"): {mine, wvls, gents},
        ("gebied", "vlabel", ""): set(),
        ("eigen", "lb:41002", "41002"): {mine},
        ("eigen", "wvl", "*"): {wvls},
        ("geen", "wvl", "*"): set(),
    }
    async with proef.session(WVL) as session:  # of the agency: row security itself hides nothing here
        for (scope, domein, gebied), rows in expected.items():
            reach = found.visible(actor(domein, gebied, scope), "een.ding", "lezen", Dossier)
            seen = set(await session.scalars(select(Dossier.id).where(reach)))
            assert seen == {row.id for row in rows}, scope


async def test_rights_of_two_organisations_never_add_up(proef):
    """The worker of three municipalities acts in one of them, and reads that one's rows only."""
    for gebied in ("11002", "44021", "71022"):
        await a_dossier(proef, WVL, gebied=gebied)
    actor = await proef.actor("dossierbeheerder@igs")
    async with proef.session("dossierbeheerder@igs") as session:
        seen = set(await session.scalars(select(Dossier.gebied)))
    assert seen == {actor.gebied}


async def test_a_role_that_is_over_opens_nothing(proef):
    before = await proef.actor(BEHEERDER)
    proef.clock.day = date(2020, 1, 1)
    try:
        kernel = proef.kernel
        found = await Actors(kernel.settings, kernel.database, proef.clock).organisaties(
            before.gebruiker_id, proef.clock.day
        )
        assert found == []
    finally:
        proef.clock.day = date(2026, 11, 23)
