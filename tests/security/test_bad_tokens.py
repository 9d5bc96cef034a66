"""A provider that answers wrongly, or not at all, signs nobody in; whoever fails reads a calm page."""

import base64
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from joserfc import jwe
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vlok.identity.keys import client_key
from vlok.identity.personas import find_persona
from vlok.identity.roles import DATA
from vlok.testing.cluster import Databases
from vlok.testing.forger import (
    STRANGER,
    WHO,
    Forger,
    answered,
    changed,
    header,
    hs256,
    hs256_empty,
    made,
    ps256,
    unsigned,
    without,
)
from vlok.testing.login import Desk, create_tables, desk

ELSEWHERE = "https://elders.example"
RIGHT = header()


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    """The data folder: the keys are made once."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def forger() -> Forger:
    return Forger(RIGHT)


@pytest.fixture(scope="module")
async def served(app_url, keys, forger) -> AsyncIterator[Desk]:
    async with desk(app_url, keys, forger.provider) as product:
        yield product


def described(folder: Path, old: str, new: str) -> Path:
    """A description of the provider that differs in one line."""
    text = (DATA / "claims.toml").read_text(encoding="utf-8")
    assert old in text
    file = folder / "claims.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def encrypted(settings, claims):
    """The right token, encrypted for our own public key."""
    inside = RIGHT(settings, claims)["id_token"]
    ours = ECKey.import_key(client_key(settings).as_pem(private=False))
    how = {"alg": "ECDH-ES", "enc": "A128GCM", "cty": "JWT"}
    return answered(jwe.encrypt_compact(how, inside, ours, ["ECDH-ES", "A128GCM"]))


def of_another_provider(settings, claims):
    """Somebody else's token for their own client, in every respect in order."""
    return answered(made(STRANGER, {"alg": "RS256", "kid": STRANGER.thumbprint()}, {**claims, "iss": ELSEWHERE}))


def certified(settings, claims):
    return header(key=STRANGER, x5c=[base64.b64encode(b"any").decode()])(settings, claims)


BAD = {
    "no signature": header(unsigned, alg="none"),
    "a shared secret: our provider's public key": header(hs256, alg="HS256"),
    "the key in the header": header(key=STRANGER, jwk=STRANGER.as_dict(private=False)),
    "the address of a key in the header": header(key=STRANGER, jku=f"{ELSEWHERE}/keys"),
    "the address of a certificate in the header": header(key=STRANGER, x5u=f"{ELSEWHERE}/cert"),
    "an extension that must be understood": header(crit=["x-onbekend"], **{"x-onbekend": 1}),
    "an unknown key id": header(kid="ander"),
    "an empty shared secret": header(hs256_empty, alg="HS256"),
    "another issuer": changed(iss=ELSEWHERE),
    "another audience": changed(aud="andere-toepassing"),
    "ours among others, but given to another": changed(aud=["vlok", "ander"], azp="ander"),
    "another nonce": changed(nonce="ander"),
    "no nonce": without("nonce"),
    "over": changed(exp=int(time.time()) - 60, iat=int(time.time()) - 120),
    "from the future": changed(iat=int(time.time()) + 3600),
    "a megabyte": changed(given_name="x" * 1_000_000),
    "encrypted": encrypted,
    "the hash of another access token": changed(at_hash="ander"),
    "a token of another provider": of_another_provider,
    "no ID token at all": lambda settings, claims: {"access_token": "any", "token_type": "Bearer"},
    "no issuer": without("iss"),
    "no audience": without("aud"),
    "no end": without("exp"),
    "nobody": without("sub"),
}
"""With the person who changes between token and userinfo (below) the 25 of the test programme."""

WORSE = {
    "another key under the right id": header(key=STRANGER),
    "a certificate in the header": certified,
    "another algorithm of the right key": header(ps256, alg="PS256"),
    "for another, in our name": changed(aud="ander", azp="vlok"),
    "no beginning": without("iat"),
    "no name": without("family_name"),
    "the subject is no text": changed(sub=7),
    "the name is no text": changed(given_name={"a": 1}),
    "the roles are no list": changed(vlok_rol_3d={"a": 1}),
    "the ID token is no token": lambda settings, claims: answered("a.b.c"),
    "the ID token is a number": lambda settings, claims: answered(7),
}


@pytest.mark.parametrize("forgery", (BAD | WORSE).values(), ids=BAD | WORSE)
async def test_a_bad_token_signs_nobody_in(served, forger, forgery):
    forger.answer, before = forgery, forger.answered
    async with served.browser() as browser:
        refused = await forger.sign_in(browser, served)
        assert forger.answered == before + 1
        assert (refused.status_code, "AANMELDING_ONGELDIG" in refused.text) == (400, True)
        assert (await browser.get("/wie")).status_code == 401


async def test_the_right_token_of_the_forging_provider_is_accepted(served, forger):
    """Else the refusals above would prove nothing."""
    forger.answer = RIGHT
    async with served.browser() as browser:
        assert (await forger.sign_in(browser, served)).status_code == 303
        assert (await browser.get("/wie")).status_code == 200


@pytest.mark.parametrize(("about", "status"), [(find_persona(WHO).sub, 303), ("ander", 400), (None, 400)])
async def test_the_person_may_not_change_between_token_and_userinfo(app_url, keys, tmp_path, about, status):
    forger = Forger(without("vlok_rol_3d"))
    forger.userinfo = {"sub": about, "vlok_rol_3d": ["VLOKLezer:OVO900004"]}
    description = described(tmp_path, "userinfo = false", "userinfo = true")
    async with desk(app_url, keys, forger.provider, oidc_claims=description) as product, product.browser() as browser:
        assert (await forger.sign_in(browser, product)).status_code == status


def test_the_programme_is_complete(capsys):
    assert len(BAD) + 1 == 25
    with capsys.disabled():
        print(f"\nbad ID tokens: {len(BAD) + 1} of the programme and {len(WORSE)} more, each refused")


async def test_how_strongly_somebody_signed_in_counts_where_the_description_says_so(app_url, keys, tmp_path):
    description = described(tmp_path, "acr = []", 'acr = ["hoog"]')
    forger = Forger(RIGHT)
    async with desk(app_url, keys, forger.provider, oidc_claims=description) as product:
        for answer, status in ((RIGHT, 400), (changed(acr="laag"), 400), (changed(acr="hoog"), 303)):
            forger.answer = answer
            async with product.browser() as browser:
                assert (await forger.sign_in(browser, product)).status_code == status


async def test_who_has_no_role_anywhere_does_not_get_in(served, forger):
    forger.answer = changed(vlok_rol_3d=["VLOKOnbekend:OVO900001", "VLOKLezer:OVO999999"])
    async with served.browser() as browser:
        refused = await forger.sign_in(browser, served)
        assert (refused.status_code, "U hebt geen rechten in VLOK" in refused.text) == (403, True)
        assert (await browser.get("/wie")).status_code == 401


async def test_a_token_answer_that_is_no_json_is_a_failed_login(app_url, keys):
    async def nonsense(request: Request) -> Response:
        return Response("<html>", media_type="text/html")

    broken = Starlette(routes=[Route("/v1/token", nonsense, methods=["POST"])])
    async with desk(app_url, keys, lambda settings: broken) as product, product.browser() as browser:
        assert (await Forger(RIGHT).sign_in(browser, product)).status_code == 400


async def test_an_unreachable_provider_is_told_calmly(app_url, keys, tmp_path):
    nowhere = described(tmp_path, '"/v1/token"', '"http://127.0.0.1:9/token"')
    async with (
        desk(app_url, keys, lambda _: Starlette(), oidc_claims=nowhere) as product,
        product.browser() as browser,
    ):
        refused = await Forger(RIGHT).sign_in(browser, product)
        assert (refused.status_code, "TOEGANGSBEHEER_ONBEREIKBAAR" in refused.text) == (400, True)
