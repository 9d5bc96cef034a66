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
class Afwezige:
    """A colleague in the same organisation whom the actor replaces today."""

    id: UUID
    naam: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in exactly one organisation; rights of two organisations never add up.

    ``gebied`` is the NIS code of the municipality for a lokaal bestuur, ``*`` for WVL and WI, empty for VLABEL.
    ``rollen`` are role codes such as ``lb.dossierbeheerder`` (see ``identity/data/rollen.toml``); those of whom the
    actor replaces are among them. ``igs`` names the intergemeentelijke samenwerking by whose mandate they act here.
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
    vervangt: tuple[Afwezige, ...] = ()
    igs: str | None = None
    gast: bool = False
    """Inside a compartment: no member, but admitted for something of their own (see ``vlok.api.compartments``)."""

    @property
    def namens(self) -> str | None:
        """For whom the actor acts besides themselves, in Dutch, for the audit trail; None when for nobody else."""
        igs = [f"namens {self.igs}"] if self.igs else []
        afwezigen = " en ".join(afwezige.naam for afwezige in self.vervangt)
        return "; ".join([*igs, *([f"vervangt {afwezigen}"] if afwezigen else [])]) or None

    @property
    def persoon_ids(self) -> tuple[UUID, ...]:
        """The actor's own id and those of whom they replace: a task of any of these is theirs to do."""
        return (self.gebruiker_id, *(afwezige.id for afwezige in self.vervangt))


def domein_for(rol: str, gebied: str) -> str:
    """The domain that a role's task in a municipality goes to: ``lb.*`` to that municipality, others to their own.

    ``domein_for("lb.dossierbeheerder", "41002")`` is ``lb:41002``; ``domein_for("wvl.…", "41002")`` is ``wvl``.
    """
    kind = rol.partition(".")[0]
    return f"lb:{gebied}" if kind == "lb" else kind
