"""One secret, a key for each purpose."""

import stat

import pytest
from pydantic import SecretStr

from vlok.api.errors import ContractError
from vlok.secret import FILE, derived_key, installation_secret
from vlok.settings import Settings

LONG = SecretStr("x" * 32)


def test_each_purpose_has_its_own_key_and_keeps_it(tmp_path):
    settings = Settings(data=tmp_path)
    one, other = derived_key(settings, "cursor"), derived_key(settings, "iets anders")
    assert one != other
    assert derived_key(Settings(data=tmp_path), "cursor") == one
    assert len(derived_key(settings, "cursor", 64)) == 64


def test_the_secret_that_is_made_is_for_its_owner_only(tmp_path):
    derived_key(Settings(data=tmp_path), "cursor")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert len((tmp_path / FILE).read_text()) >= 32


def test_servers_with_the_same_secret_have_the_same_keys_and_installations_do_not(tmp_path):
    keys = {name: derived_key(Settings(data=tmp_path / name, secret=LONG), "cursor") for name in "ab"}
    assert keys["a"] == keys["b"]
    assert not (tmp_path / "a").exists()
    assert len({derived_key(Settings(data=tmp_path / name), "cursor") for name in "ab"}) == 2


@pytest.mark.parametrize("given", ["", "x", "x" * 31])
def test_a_short_secret_stops_the_start(tmp_path, given):
    with pytest.raises(ContractError, match="VLOK_SECRET"):
        installation_secret(Settings(data=tmp_path, secret=SecretStr(given)))
