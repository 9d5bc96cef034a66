"""The few pages that the server itself renders: choosing a persona, being signed out, and a calm "no"."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

ASSETS = {"stijl.css": "text/css; charset=utf-8", "zoek.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Weigering:
    """Why a login did not succeed, for the person who tried: a code to quote, and what to do."""

    code: str
    status: int
    titel: str
    tekst: str


VERLOPEN = Weigering(
    "AANMELDING_VERLOPEN",
    400,
    "Deze aanmelding is verlopen",
    "De aanmelding duurde te lang, werd al gebruikt of begon in een ander venster. Meld u opnieuw aan.",
)
AFGEBROKEN = Weigering(
    "AANMELDING_AFGEBROKEN",
    403,
    "U bent niet aangemeld",
    "De aanmelding werd afgebroken of geweigerd bij Toegangsbeheer. Meld u opnieuw aan als u dat wilt.",
)
ONGELDIG = Weigering(
    "AANMELDING_ONGELDIG",
    400,
    "De aanmelding is niet gelukt",
    "Het antwoord van Toegangsbeheer kon niet worden gecontroleerd. Daarom bent u niet aangemeld. Probeer het "
    "opnieuw; blijft dit gebeuren, bezorg dan onderstaande code aan de helpdesk.",
)
ONBEREIKBAAR = Weigering(
    "TOEGANGSBEHEER_ONBEREIKBAAR",
    400,
    "Toegangsbeheer antwoordt niet",
    "Aanmelden kan nu even niet. Probeer het over enkele minuten opnieuw.",
)
GEEN_ROL = Weigering(
    "GEEN_ROL",
    403,
    "U hebt geen rechten in VLOK",
    "U bent herkend, maar u hebt in geen enkele organisatie een rol in VLOK. Vraag de lokale beheerder van uw "
    "organisatie om u in Gebruikersbeheer een VLOK-gebruiksrecht te geven.",
)


@cache
def _templates() -> Any:
    # Imported at the first page: a server that starts shows none, and few people ever see one.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("vlok.identity"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def page(template: str, status: int = 200, **content: Any) -> Response:
    """A rendered page."""
    return HTMLResponse(_templates().get_template(template).render(**content), status)


def weigering(reason: Weigering) -> Response:
    """The page that says why a login did not succeed."""
    return page("weigering.html", reason.status, basis="/aanmelden", reden=reason)


async def asset(request: Request) -> Response:
    """The style sheet and the script of these pages."""
    naam = request.path_params["naam"]
    if naam not in ASSETS:
        raise HTTPException(404)
    return Response((files("vlok.identity") / "templates" / naam).read_bytes(), media_type=ASSETS[naam])
