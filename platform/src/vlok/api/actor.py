"""Who is asking, acting for which organisation, with which roles."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class OrganisatieSoort(StrEnum):
    """The four kinds of organisation (infosessie VLOK 11/03/2020, profielen per organisatie)."""

    LOKAAL_BESTUUR = "lokaal_bestuur"
    WVL = "wvl"
    WI = "wi"
    VLABEL = "vlabel"


HEEL_VLAANDEREN = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in exactly one organisation; rights of two organisations never add up.

    ``gebied`` is the NIS code of the municipality for a lokaal bestuur, ``*`` for WVL and WI, empty for VLABEL.
    ``rollen`` are role codes such as ``lb.dossierbeheerder`` (see ``identity/data/rollen.toml``).
    """

    gebruiker_id: UUID
    naam: str
    organisatie_id: UUID
    organisatie_code: str
    organisatie_naam: str
    soort: OrganisatieSoort
    domein: str
    gebied: str
    rollen: frozenset[str]
    verzoek_id: str = ""


def domein_for(rol: str, gebied: str) -> str:
    """The domain that a role's task in a municipality goes to: ``lb.*`` to that municipality, others to their own.

    ``domein_for("lb.dossierbeheerder", "41002")`` is ``lb:41002``; ``domein_for("wvl.…", "41002")`` is ``wvl``.
    """
    kind = rol.partition(".")[0]
    return f"lb:{gebied}" if kind == "lb" else kind
