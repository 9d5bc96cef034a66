"""``DATABASE_URL``: an existing server is prepared like the embedded one."""

import pytest
from sqlalchemy import make_url

from vlok.api.errors import Refusal
from vlok.db.connect import connect
from vlok.db.roles import connected
from vlok.identity.keys import client_key
from vlok.settings import Settings
from vlok.testing.cluster import APP_PASSWORD


@pytest.fixture
def settings(cluster, tmp_path, monkeypatch):
    """Settings of an installation whose database does not exist yet on its server."""
    url = make_url(cluster.admin_url).set(drivername="postgresql", database="nog_te_maken")
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("VLOK_APP_PASSWORD", APP_PASSWORD)
    return Settings(data=tmp_path)


def test_a_database_that_does_not_exist_yet_is_made(settings):
    urls = connect(settings)
    assert connect(settings) == urls
    with connected(urls.app) as app:
        assert app.execute("select current_user, current_database()").fetchone() == ("vlok_app", "nog_te_maken")


def test_the_application_role_owns_nothing_and_cannot_become_the_owner(settings):
    with connected(connect(settings).app) as app, pytest.raises(Exception, match="permission denied"):
        app.execute("set role vlok_owner")


def test_an_unreachable_server_is_one_dutch_line(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://iemand:geheim@127.0.0.1:1/vlok")
    with pytest.raises(Refusal, match="niet bereikbaar"):
        connect(Settings(data=tmp_path))


def test_a_key_made_before_the_database_leaves_the_folder_passable(tmp_path):
    settings = Settings(data=tmp_path / "nieuw", demo=True)
    client_key(settings)
    assert settings.data.stat().st_mode & 0o777 == 0o711
    assert (settings.data / "oidc-client.pem").stat().st_mode & 0o777 == 0o600
