"""Bearer tokens act as a persona in the demo; anywhere else they are worth nothing."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import func, select, update
from starlette.requests import Request

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.identity.actors import Actors
from vlok.identity.claims import load_provider
from vlok.identity.keys import provider_key
from vlok.identity.personas import UnknownPersona, find_persona
from vlok.identity.tables import Gebruiker, Roltoekenning
from vlok.identity.tokens import TokenError, persona_token
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.login import Desk, create_tables, desk, sign_in

AALST = "dossierbeheerder@aalst"


@pytest.fixture
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def product(app_url, keys) -> AsyncIterator[Desk]:
    async with desk(app_url, keys) as served:
        yield served


def request(token: str, scheme: str = "Bearer", **headers: str) -> Request:
    given = {"authorization": f"{scheme} {token}", **headers}
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": pairs, "query_string": b""})


def made_by_hand(settings: Settings, key: RSAKey | None = None, typ: str = "at+jwt", **change: Any) -> str:
    now = int(time.time())
    right = {"iss": settings.oidc_issuer, "aud": "vlok-api", "iat": now, "exp": now + 60}
    claims = {**right, **load_provider().describe(find_persona(AALST)), **change}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": "RS256", "typ": typ}, kept, key or provider_key(settings), ["RS256"])


async def test_a_token_acts_as_its_persona(product):
    actor = await product.actors.of(request(persona_token(product.settings, AALST), x_request_id="abc-1"))
    persona = find_persona(AALST)
    assert isinstance(actor, Actor)
    assert (actor.naam, actor.rollen) == (f"{persona.voornaam} {persona.familienaam}", {"lb.dossierbeheerder"})
    assert (actor.soort, actor.domein, actor.gebied) == (OrganisatieSoort.LOKAAL_BESTUUR, "lb:41002", "41002")
    assert (actor.organisatie_code, actor.organisatie_naam, actor.verzoek_id) == ("aalst", "Stad Aalst", "abc-1")


async def test_a_token_and_a_login_of_one_persona_are_one_person(product):
    await product.actors.of(request(persona_token(product.settings, AALST)))
    async with product.browser() as browser:
        await sign_in(browser, AALST)
    async with product.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Gebruiker)) == 1


async def test_a_request_id_with_odd_characters_is_dropped(product):
    actor = await product.actors.of(request(persona_token(product.settings, AALST), x_request_id="a\tb"))
    assert actor is not None
    assert actor.verzoek_id == ""


async def test_outside_the_demo_no_token_is_made_or_accepted(product):
    token = persona_token(product.settings, AALST)
    real = product.settings.model_copy(update={"demo": False})
    assert await Actors(real, product.database, product.clock).of(request(token)) is None
    with pytest.raises(TokenError, match="demo only"):
        persona_token(real, AALST)


async def test_a_token_lives_twelve_hours(product):
    claims = jwt.decode(persona_token(product.settings, AALST), provider_key(product.settings), ["RS256"]).claims
    assert claims["exp"] - claims["iat"] == 12 * 3600


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "vlok"}, {"aud": None}, {"iss": "https://elders.example"}, {"iss": None}, {"exp": 1}, {"exp": None},
        {"sub": None}, {"typ": "JWT"}, {"key": RSAKey.generate_key(2048)}, {"vlok_rol_3d": []},
        {"vlok_rol_3d": ["VLOKLezer:OVO999999"]}, {"given_name": 7},
    ],
    ids=lambda change: "a key of somebody else" if "key" in change else str(change),
)  # fmt: skip
async def test_a_token_that_is_not_quite_right_acts_as_nobody(product, change):
    assert await product.actors.of(request(made_by_hand(product.settings))) is not None
    assert await product.actors.of(request(made_by_hand(product.settings, **change))) is None


@pytest.mark.parametrize("token", ["", "a.b.c", "x" * 20_000, "eyJhbGciOiJub25lIn0.e30."])
async def test_nonsense_acts_as_nobody(product, token):
    assert await product.actors.of(request(token)) is None


async def test_an_id_token_is_no_bearer_token(product):
    id_token = made_by_hand(product.settings, typ="JWT", aud=product.settings.oidc_client_id)
    assert await product.actors.of(request(id_token)) is None


async def test_a_role_that_ended_is_refused_although_the_token_still_lives(product):
    token = persona_token(product.settings, AALST)
    assert await product.actors.of(request(token)) is not None
    async with product.database.sessions.begin() as session:
        yesterday = product.clock.now().date() - timedelta(days=1)
        await session.execute(update(Roltoekenning).values(tot=yesterday))
    assert await product.actors.of(request(token)) is None


async def test_the_organisations_of_a_person_come_by_name_with_their_roles(product):
    actor = await product.actors.of(request(persona_token(product.settings, "dossierbeheerder@igs")))
    assert actor is not None
    day = product.clock.now().date()
    choices = await product.actors.organisaties(actor.gebruiker_id, day)
    assert [(choice.code, choice.rollen) for choice in choices] == [
        (code, {"lb.dossierbeheerder"}) for code in ("antwerpen", "gent", "hasselt")
    ]
    assert await product.actors.organisaties(actor.gebruiker_id, day - timedelta(days=1)) == []


def test_a_token_for_an_unknown_persona_names_near_ones(tmp_path):
    with pytest.raises(UnknownPersona, match="burgemeester@gent"):
        persona_token(Settings(data=tmp_path, demo=True), "burgermeester@gent")
