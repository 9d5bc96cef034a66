"""What the identity provider says about a person, and what that means here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import structlog
from pydantic import Field

from vlok.api.catalogue import Entry, load
from vlok.identity.personas import Persona
from vlok.identity.roles import DATA, rollen

log = structlog.get_logger(__name__)

MAX_ROLES = 500
MAX_TEXT = 200


class ClaimsError(ValueError):
    """The claims lack what makes a person, or have the wrong shape."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the provider knows them: key ``(iss, sub)``, ``rollen`` as pairs of role code and OVO code.

    ``organisatie`` is the OVO code of the employer, if known; ``sid`` the provider's session.
    """

    iss: str
    sub: str
    voornaam: str
    naam: str
    email: str | None
    rollen: tuple[tuple[str, str], ...]
    organisatie: str | None = None
    sid: str | None = None


class Eindpunten(Entry):
    """Where the provider answers: paths below the issuer, or whole addresses."""

    authorization: str
    token: str
    userinfo: str
    jwks: str
    end_session: str


class Claimnamen(Entry):
    """The names of the claims that hold a person."""

    voornaam: str
    naam: str
    email: str
    organisatie: str
    rollen: str


class Provider(Entry):
    """How the provider is reached and read (``data/claims.toml``)."""

    bron: str = Field(min_length=1)
    scope: str = Field(pattern=r"^openid( |$)")
    algoritmen: tuple[Literal["RS256", "PS256", "ES256"], ...] = Field(min_length=1)
    acr: tuple[str, ...] = ()
    iss_verplicht: bool
    userinfo: bool
    eindpunten: Eindpunten
    claims: Claimnamen

    def metadata(self, issuer: str) -> dict[str, Any]:
        """The OpenID metadata, pinned here instead of discovered."""
        return {
            "issuer": issuer,
            "authorization_endpoint": _address(issuer, self.eindpunten.authorization),
            "token_endpoint": _address(issuer, self.eindpunten.token),
            "userinfo_endpoint": _address(issuer, self.eindpunten.userinfo),
            "jwks_uri": _address(issuer, self.eindpunten.jwks),
            "end_session_endpoint": _address(issuer, self.eindpunten.end_session),
            "id_token_signing_alg_values_supported": list(self.algoritmen),
        }

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """The person in validated claims; unknown roles are ignored and logged. Raises ClaimsError."""
        return Identity(
            iss=_text(claims, "iss"),
            sub=_text(claims, "sub"),
            voornaam=_text(claims, self.claims.voornaam),
            naam=_text(claims, self.claims.naam),
            email=_optional(claims, self.claims.email),
            rollen=tuple(_known_roles(claims.get(self.claims.rollen, []))),
            organisatie=_optional(claims, self.claims.organisatie),
            sid=_optional(claims, "sid"),
        )

    def describe(self, persona: Persona) -> dict[str, Any]:
        """The claims about a persona, in the same shape that ``identity`` reads."""
        names = self.claims
        return {
            "sub": persona.sub,
            names.voornaam: persona.voornaam,
            names.naam: persona.familienaam,
            names.email: persona.email,
            names.organisatie: persona.ovo,
            names.rollen: [f"{rollen()[rol].acmidm}:{ovo}" for rol, ovo in persona.rollen],
        }


@cache
def load_provider(file: Path | None = None) -> Provider:
    """The provider's description, ACM/IDM's unless a file is given; raises ContractError with file, key and reason."""
    return load(file or DATA / "claims.toml", Provider)


def _address(issuer: str, endpoint: str) -> str:
    return f"{issuer.rstrip('/')}{endpoint}" if endpoint.startswith("/") else endpoint


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = _optional(claims, name)
    if not value:
        raise ClaimsError(f"claim {name} is missing or empty")
    return value


def _optional(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is not None and (not isinstance(value, str) or len(value) > MAX_TEXT or "\x00" in value):
        raise ClaimsError(f"claim {name} is no text of at most {MAX_TEXT} characters")
    return value


def _known_roles(given: Any) -> Iterable[tuple[str, str]]:
    """Pairs of role code and OVO code from ``VLOKDossierbeheerder:OVO900001``; a lone text counts as a list of one."""
    values = [given] if isinstance(given, str) else given
    if not isinstance(values, list) or len(values) > MAX_ROLES or not all(isinstance(value, str) for value in values):
        raise ClaimsError(f"the roles are no list of at most {MAX_ROLES} texts")
    codes = {rol.acmidm: rol.code for rol in rollen().values()}
    for value in dict.fromkeys(values):
        name, _, ovo = value.partition(":")
        if name in codes and ovo:
            yield codes[name], ovo
        else:
            log.warning("unknown role ignored", rol=value[:MAX_TEXT])
