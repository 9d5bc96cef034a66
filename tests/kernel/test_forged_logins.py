"""A provider that answers wrongly, or not at all, signs nobody in; whoever fails reads a calm page."""

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from vlok.identity.claims import load_provider
from vlok.identity.keys import provider_key
from vlok.identity.personas import find_persona
from vlok.identity.provider import provider_app
from vlok.identity.roles import DATA
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.login import Desk, create_tables, desk

AALST = "dossierbeheerder@aalst"
STRANGER = RSAKey.generate_key(2048)
Claims = dict[str, Any]


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    """The data folder: the keys are made once."""
    return tmp_path_factory.mktemp("keys")


class Forger:
    """A provider that answers the token request with what a test makes of the right claims."""

    def __init__(self, answer: Callable[[Settings, Claims], Claims]) -> None:
        self.answer = answer
        self.nonce = ""
        self.answered = False
        self.userinfo: Claims = {}

    def provider(self, settings: Settings) -> Starlette:
        async def token(request: Request) -> Response:
            answer = self.answer(settings, self.right_claims(settings))
            self.answered = True
            return JSONResponse(answer)

        async def userinfo(request: Request) -> Response:
            return JSONResponse(self.userinfo)

        own = [Route("/v1/token", token, methods=["POST"]), Route("/v1/userinfo", userinfo)]
        return Starlette(routes=[*own, Mount("/", provider_app(settings))])

    def right_claims(self, settings: Settings) -> Claims:
        now = int(time.time())
        times = {"iat": now, "exp": now + 300, "nonce": self.nonce}
        who = load_provider().describe(find_persona(AALST))
        return {"iss": settings.oidc_issuer, "aud": settings.oidc_client_id, **times, **who}

    @asynccontextmanager
    async def desk(self, app_url, folder, **other: Any) -> AsyncIterator[Desk]:
        async with desk(app_url, folder, self.provider, **other) as served:
            yield served

    async def sign_in(self, browser: httpx2.AsyncClient, served: Desk) -> httpx2.Response:
        start = parse_qs(urlsplit((await browser.get("/aanmelden")).headers["location"]).query)
        self.nonce = start["nonce"][0]
        back = {"code": "any", "state": start["state"][0], "iss": served.settings.oidc_issuer}
        return await browser.get("/aanmelden/terug", params=back)


Sign = Callable[[RSAKey, bytes], bytes]


def rs256(key: RSAKey, content: bytes) -> bytes:
    return key.private_key.sign(content, padding.PKCS1v15(), hashes.SHA256())


def ps256(key: RSAKey, content: bytes) -> bytes:
    return key.private_key.sign(content, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())


def hs256(key: RSAKey, content: bytes) -> bytes:
    """The public key as if it were a shared secret."""
    return hmac.digest(key.as_pem(private=False), content, "sha256")


def forged(key: RSAKey, header: Claims, claims: Claims, sign: Sign = rs256) -> Claims:
    """A token answer with an ID token made by hand, because libraries refuse to make most of these."""
    content = f"{encoded(header)}.{encoded(claims)}"
    signature = base64.urlsafe_b64encode(sign(key, content.encode())).decode().rstrip("=")
    return {"access_token": "any", "token_type": "Bearer", "id_token": f"{content}.{signature}"}


def encoded(content: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def signed(settings: Settings, claims: Claims) -> Claims:
    key = provider_key(settings)
    return forged(key, {"alg": "RS256", "kid": key.kid}, claims)


def header(sign: Sign = rs256, **other: Any) -> Callable[[Settings, Claims], Claims]:
    """Right claims and the provider's key, but another header and perhaps another way to sign."""

    def answer(settings: Settings, claims: Claims) -> Claims:
        key = provider_key(settings)
        return forged(key, {"alg": "RS256", "kid": key.kid, **other}, claims, sign)

    return answer


def by_a_stranger(show_key: bool = False, **other: Any) -> Callable[[Settings, Claims], Claims]:
    """Right claims, signed by a key that is not the provider's."""

    def answer(settings: Settings, claims: Claims) -> Claims:
        shown = {"jwk": STRANGER.as_dict(private=False)} if show_key else {}
        return forged(STRANGER, {"alg": "RS256", "kid": provider_key(settings).kid, **shown, **other}, claims)

    return answer


def without(name: str) -> Callable[[Settings, Claims], Claims]:
    return lambda settings, claims: signed(settings, {key: claims[key] for key in claims if key != name})


def changed(**values: Any) -> Callable[[Settings, Claims], Claims]:
    return lambda settings, claims: signed(settings, {**claims, **values})


FORGERIES = {
    "no id token": lambda settings, claims: {"access_token": "any", "token_type": "Bearer"},
    "id token is no token": lambda settings, claims: {"access_token": "any", "id_token": "a.b.c"},
    "id token is a number": lambda settings, claims: {"access_token": "any", "id_token": 7},
    "unsigned": header(lambda key, content: b"", alg="none"),
    "HS256 with the public key": header(hs256, alg="HS256"),
    "another algorithm of the right key": header(ps256, alg="PS256"),
    "critical header": header(crit=["x-onbekend"], **{"x-onbekend": 1}),
    "another key": by_a_stranger(),
    "unknown key id": by_a_stranger(kid="other"),
    "key in the header": by_a_stranger(show_key=True),
    "address of a key in the header": by_a_stranger(jku="https://elders.example/keys"),
    "other issuer": changed(iss="https://elders.example"),
    "other audience": changed(aud="andere-toepassing"),
    "for another, in our name": changed(aud="ander", azp="vlok"),
    "also for another, by that other": changed(aud=["vlok", "ander"], azp="ander"),
    "other nonce": changed(nonce="ander"),
    "over": changed(exp=int(time.time()) - 60, iat=int(time.time()) - 120),
    "from the future": changed(iat=int(time.time()) + 3600),
    "other access token": changed(at_hash="ander"),
    "subject is no text": changed(sub=7),
    "name is no text": changed(given_name={"a": 1}),
    "roles are no list": changed(vlok_rol_3d={"a": 1}),
    "a megabyte": changed(given_name="x" * 1_000_000),
    **{f"no {name}": without(name) for name in ("iss", "sub", "aud", "exp", "iat", "nonce", "family_name")},
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
async def test_a_forged_answer_signs_nobody_in(app_url, keys, forgery):
    forger = Forger(forgery)
    async with forger.desk(app_url, keys) as served, served.browser() as browser:
        refused = await forger.sign_in(browser, served)
        assert forger.answered
        assert (refused.status_code, "AANMELDING_ONGELDIG" in refused.text) == (400, True)
        assert (await browser.get("/wie")).status_code == 401


async def test_the_right_answer_of_the_forging_provider_is_accepted(app_url, keys):
    forger = Forger(signed)
    async with forger.desk(app_url, keys) as served, served.browser() as browser:
        assert (await forger.sign_in(browser, served)).status_code == 303
        assert (await browser.get("/wie")).status_code == 200


async def test_who_has_no_role_anywhere_does_not_get_in(app_url, keys):
    forger = Forger(changed(vlok_rol_3d=["VLOKOnbekend:OVO900001", "VLOKLezer:OVO999999"]))
    async with forger.desk(app_url, keys) as served, served.browser() as browser:
        refused = await forger.sign_in(browser, served)
        assert (refused.status_code, "U hebt geen rechten in VLOK" in refused.text) == (403, True)
        assert (await browser.get("/wie")).status_code == 401


@pytest.mark.parametrize(("about", "status"), [(find_persona(AALST).sub, 303), ("ander", 400), (None, 400)])
async def test_roles_may_come_from_the_userinfo_endpoint_if_it_is_about_the_same_person(
    app_url, keys, tmp_path, about, status
):
    description = tmp_path / "claims.toml"
    description.write_text((DATA / "claims.toml").read_text().replace("userinfo = false", "userinfo = true"))
    forger = Forger(without("vlok_rol_3d"))
    forger.userinfo = {"sub": about, "vlok_rol_3d": ["VLOKLezer:OVO900004"]}
    async with forger.desk(app_url, keys, oidc_claims=description) as served, served.browser() as browser:
        assert (await forger.sign_in(browser, served)).status_code == status


async def test_a_token_answer_that_is_no_json_is_a_failed_login(app_url, keys):
    async def nonsense(request: Request) -> Response:
        return Response("<html>", media_type="text/html")

    forger = Forger(signed)
    broken = Starlette(routes=[Route("/v1/token", nonsense, methods=["POST"])])
    async with desk(app_url, keys, lambda settings: broken) as served, served.browser() as browser:
        assert (await forger.sign_in(browser, served)).status_code == 400


async def test_an_unreachable_provider_is_told_calmly(app_url, keys, tmp_path):
    forger = Forger(signed)
    nowhere = tmp_path / "claims.toml"
    nowhere.write_text((DATA / "claims.toml").read_text().replace('"/v1/token"', '"http://127.0.0.1:9/token"'))
    async with (
        desk(app_url, keys, lambda _: Starlette(), oidc_claims=nowhere) as served,
        served.browser() as browser,
    ):
        refused = await forger.sign_in(browser, served)
        assert (refused.status_code, "TOEGANGSBEHEER_ONBEREIKBAAR" in refused.text) == (400, True)
