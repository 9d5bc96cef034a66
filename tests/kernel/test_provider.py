"""The local identity provider keeps to the rules of OpenID Connect, so that a login against it proves something."""

import base64
import hashlib
import html
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from vlok.api.errors import ContractError
from vlok.identity.keys import client_key
from vlok.identity.personas import personas
from vlok.identity.provider import provider_app
from vlok.settings import Settings

ISSUER = "http://127.0.0.1:8001"
BACK = "http://127.0.0.1:8000/aanmelden/terug"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
ASKED = {
    "response_type": "code",
    "client_id": "vlok",
    "redirect_uri": BACK,
    "scope": "openid profile vo vlok",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    return Settings(data=tmp_path_factory.mktemp("keys"), demo=True, oidc_issuer=ISSUER)


@pytest.fixture
async def client(settings):
    app = httpx2.ASGITransport(app=provider_app(settings))
    async with httpx2.AsyncClient(transport=app, base_url=ISSUER) as browser:
        yield browser


def location(response: httpx2.Response) -> dict[str, str]:
    assert response.status_code == 302, response.text
    there = urlsplit(response.headers["location"])
    assert f"{there.scheme}://{there.netloc}{there.path}" == BACK
    return {name: values[0] for name, values in parse_qs(there.query).items()}


async def code(client: httpx2.AsyncClient, persona: str = "dossierbeheerder@aalst") -> str:
    return location(await client.get("/v1/auth", params={**ASKED, "persona": persona}))["code"]


def exchange(settings: Settings, code: str, key: ECKey | None = None, **other: Any) -> dict[str, Any]:
    proof = private_key_jwt_sign(key or client_key(settings), "vlok", f"{ISSUER}/v1/token", alg="ES256")
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": proof,
        **other,
    }


async def test_it_does_not_start_outside_the_demo(tmp_path):
    with pytest.raises(ContractError, match="demo only"):
        provider_app(Settings(data=tmp_path, demo=False))


async def test_a_code_becomes_a_signed_id_token_about_the_persona(client, settings):
    token = (await client.post("/v1/token", data=exchange(settings, await code(client)))).json()
    keys = KeySet.import_key_set((await client.get("/v1/keys")).json())
    claims = jwt.decode(token["id_token"], keys, ["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (ISSUER, "vlok", "n")
    assert claims["vlok_rol_3d"] == ["VLOKDossierbeheerder:OVO900001"]
    about = await client.get("/v1/userinfo", headers={"Authorization": f"Bearer {token['access_token']}"})
    assert about.json()["sub"] == claims["sub"]


async def test_userinfo_needs_a_token_it_gave_out(client):
    assert (await client.get("/v1/userinfo", headers={"Authorization": "Bearer anders"})).status_code == 401


@pytest.mark.parametrize(
    "pkce",
    [
        {},
        {"code_challenge_method": "S256"},
        {"code_challenge": CHALLENGE},
        {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
    ],
    ids=["none", "method only", "challenge only", "plain"],
)
async def test_pkce_with_s256_is_required_of_a_confidential_client_too(client, pkce):
    asked = {name: value for name, value in ASKED.items() if not name.startswith("code_challenge")}
    refused = location(await client.get("/v1/auth", params={**asked, **pkce, "persona": "dossierbeheerder@aalst"}))
    assert (refused["error"], refused["iss"], refused["state"]) == ("invalid_request", ISSUER, "s")
    assert "code" not in refused


async def test_a_nonce_is_required(client):
    asked = {name: value for name, value in ASKED.items() if name != "nonce"}
    assert location(await client.get("/v1/auth", params=asked))["error"] == "invalid_request"


@pytest.mark.parametrize(
    "change",
    [{"redirect_uri": "https://elders.example/"}, {"client_id": "ander"}, {"redirect_uri": '"><script>'}],
    ids=["elsewhere", "stranger", "markup"],
)
async def test_a_stranger_or_another_address_is_never_redirected_to(client, change):
    refused = await client.get("/v1/auth", params={**ASKED, **change, "persona": "dossierbeheerder@aalst"})
    assert (refused.status_code, "location" in refused.headers) == (400, False)


async def test_a_code_works_once(client, settings):
    given = await code(client)
    assert (await client.post("/v1/token", data=exchange(settings, given))).status_code == 200
    assert (await client.post("/v1/token", data=exchange(settings, given))).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "change",
    [{"code_verifier": "w" * 64}, {"code_verifier": ""}, {"redirect_uri": "https://elders.example/"}],
    ids=["wrong verifier", "no verifier", "other address"],
)
async def test_a_stolen_code_is_worthless(client, settings, change):
    answer = await client.post("/v1/token", data=exchange(settings, await code(client), **change))
    assert (answer.status_code, "id_token" in answer.json()) == (400, False)


async def test_the_client_must_prove_itself_with_its_own_key(client, settings):
    stranger = exchange(settings, await code(client), ECKey.generate_key("P-256"))
    assert (await client.post("/v1/token", data=stranger)).json()["error"] == "invalid_client"
    nameless = {**exchange(settings, await code(client)), "client_assertion": "", "client_id": "vlok"}
    assert (await client.post("/v1/token", data=nameless)).json()["error"] == "invalid_client"


async def test_a_proof_works_once(client, settings):
    first = exchange(settings, await code(client))
    second = {**first, "code": await code(client)}
    assert (await client.post("/v1/token", data=first)).status_code == 200
    assert (await client.post("/v1/token", data=second)).json()["error"] == "invalid_client"


async def test_every_persona_can_be_chosen_grouped_by_organisation(client):
    page = html.unescape((await client.get("/v1/auth", params=ASKED)).text)
    assert all(f"<small>{naam}</small>" in page for naam in personas())
    assert all(page.count(f">{groep}</h2>") == 1 for groep in {persona.groep for persona in personas().values()})
    assert '<html lang="nl-BE">' in page


async def test_the_search_finds_by_all_words_and_says_when_nobody_fits(client):
    found = (await client.get("/v1/auth", params={**ASKED, "zoek": "burgemeester GENT"})).text
    assert (found.count("<small>"), "burgemeester@gent" in found) == (1, True)
    assert "Niemand gevonden" in (await client.get("/v1/auth", params={**ASKED, "zoek": "xyz"})).text


async def test_its_pages_load_nothing_from_elsewhere_and_run_no_inline_script(client):
    page = await client.get("/v1/auth", params={**ASKED, "zoek": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    for naam in ("stijl.css", "zoek.js"):
        assert f"{ISSUER}/statisch/{naam}" in page.text
        assert (await client.get(f"/statisch/{naam}")).status_code == 200
    assert (await client.get("/statisch/basis.html")).status_code == 404


async def test_signing_out_leads_only_to_the_product(client, settings):
    token = (await client.post("/v1/token", data=exchange(settings, await code(client)))).json()["id_token"]
    home = {"id_token_hint": token, "post_logout_redirect_uri": "http://127.0.0.1:8000/"}
    assert (await client.get("/v1/logout", params=home)).headers["location"] == "http://127.0.0.1:8000/"
    elsewhere = {**home, "post_logout_redirect_uri": "https://elders.example/"}
    stays = await client.get("/v1/logout", params=elsewhere)
    assert (stays.status_code, "U bent afgemeld" in stays.text) == (200, True)


async def test_discovery_tells_what_is_so(client, settings):
    told = (await client.get("/.well-known/openid-configuration")).json()
    assert told["issuer"] == ISSUER
    assert told["id_token_signing_alg_values_supported"] == ["RS256"]
    assert told["authorization_response_iss_parameter_supported"] is True
    assert "d" not in (await client.get("/v1/keys")).json()["keys"][0]


def test_its_keys_are_made_once_and_readable_by_the_owner_only(settings):
    provider_app(settings)
    client_key(settings)
    before = {path.name: path.read_bytes() for path in Path(settings.data).iterdir()}
    provider_app(settings)
    assert before == {path.name: path.read_bytes() for path in Path(settings.data).iterdir()}
    assert {path.stat().st_mode & 0o777 for path in Path(settings.data).iterdir()} == {0o600}
    assert set(before) == {"oidc-provider.pem", "oidc-client.pem"}


def test_a_named_client_key_that_is_missing_stops_the_start(tmp_path):
    with pytest.raises(ContractError, match="cannot be read"):
        client_key(Settings(data=tmp_path, oidc_key=tmp_path / "weg.pem"))
