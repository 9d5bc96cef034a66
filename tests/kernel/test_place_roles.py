"""The database roles of compartments: as weak as the application's, and apart from it."""

import stat

import pytest
from psycopg.errors import InsufficientPrivilege

from vlok.db.roles import RoleError, connected, owner_url, place_passwords, place_url, provision

APP, PLACE = "alleen-voor-tests", "binnen"


def way_in(cluster, database: str) -> str:
    provision(cluster.admin_url, database, APP, {"proefplaats": PLACE})
    return place_url(cluster.admin_url, database, "proefplaats", PLACE)


def test_a_place_logs_in_as_its_own_role_with_the_limits_of_the_application(cluster):
    with connected(way_in(cluster, "plaats_een")) as place:
        assert place.execute("select current_user, current_setting('lock_timeout')").fetchone() == (
            "vlok_proefplaats", "2s",
        )  # fmt: skip


def test_a_place_has_no_right_on_a_new_table_of_the_application_nor_the_application_in_another_schema(cluster):
    url = way_in(cluster, "plaats_twee")
    with connected(owner_url(cluster.admin_url, "plaats_twee")) as owner:
        owner.execute("create table nieuw (id int)")
        owner.execute("create schema elders")
        owner.execute("create table elders.nieuw (id int)")
    with connected(url) as place, pytest.raises(InsufficientPrivilege):
        place.execute("select * from nieuw")
    with connected(cluster.admin_url.replace("/postgres?", "/plaats_twee?")) as admin:
        can = "select has_table_privilege('vlok_app', {}, 'select')"
        assert admin.execute(can.format("'public.nieuw'")).fetchone() == (True,)
        assert admin.execute(can.format("'elders.nieuw'")).fetchone() == (False,)


@pytest.mark.parametrize(
    ("change", "back"),
    [
        ("alter role vlok_proefplaats bypassrls", "alter role vlok_proefplaats nobypassrls"),
        ("grant vlok_app to vlok_proefplaats", "revoke vlok_app from vlok_proefplaats"),
        ("grant vlok_owner to vlok_compartiment", "revoke vlok_owner from vlok_compartiment"),
        ("grant vlok_compartiment to vlok_app", "revoke vlok_compartiment from vlok_app"),
    ],
)
def test_a_role_that_could_go_around_the_wall_is_refused(cluster, change, back):
    way_in(cluster, "plaats_drie")
    with connected(cluster.admin_url) as admin:
        admin.execute(change)
        try:
            with pytest.raises(RoleError, match="meer rechten"):
                way_in(cluster, "plaats_drie")
        finally:
            admin.execute(back)


def test_each_place_has_a_password_of_its_own_kept_private(tmp_path):
    first = place_passwords(tmp_path, None, ["een", "twee"])
    assert first["een"] != first["twee"]
    assert place_passwords(tmp_path, None, ["een", "twee"]) == first
    assert stat.S_IMODE((tmp_path / "een.password").stat().st_mode) == 0o600


def test_from_a_given_password_every_replica_derives_the_same(tmp_path):
    one, two = (place_passwords(tmp_path / name, "gegeven", ["een", "twee"]) for name in ("a", "b"))
    assert one == two
    assert len({*one.values(), "gegeven"}) == 3
