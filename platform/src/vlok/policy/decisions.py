"""The policy multiplied out, in words: the table and the page that a civil servant reads.

One row per place, role and permission that is opened: who, what, which rows, and where the rule comes from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vlok.api.actor import OrganisatieSoort
from vlok.api.compartments import Compartment
from vlok.api.errors import ContractError
from vlok.api.graph import ObjectType
from vlok.identity.roles import rollen
from vlok.plugins import Contributions
from vlok.policy.policy import Policy
from vlok.policy.reader import grant_files
from vlok.policy.slot import NAME, locked
from vlok.policy.vocabulary import Permission, Vocabulary

SOORTEN = {
    OrganisatieSoort.LOKAAL_BESTUUR: "Lokaal bestuur",
    OrganisatieSoort.WVL: "Wonen in Vlaanderen",
    OrganisatieSoort.WI: "Wooninspectie",
    OrganisatieSoort.VLABEL: "Vlaamse Belastingdienst",
}


COMMON = "gemeenschappelijk"
GUEST = "Wie er een opdracht heeft"


@dataclass(frozen=True)
class Place:
    """Where a policy holds, and what is contributed there."""

    naam: str
    found: Contributions
    policy: Policy


def places(folder: Path, found: Contributions) -> list[Place]:
    """The common place and each compartment, with the policy that the files in ``folder`` make there, locked or not.

    ContractError when a file belongs to no place: it would be read nowhere.
    """
    common: list[tuple[str, Contributions, Compartment | None]] = [(COMMON, found, None)]
    inside = [(one.schema, found.inside[one.schema], one) for one in found.compartments.values()]
    read = {key for _, there, _ in (*common, *inside) for key in there.plugins}
    if strangers := [file.name for file in grant_files(folder) if file.stem not in read]:
        raise ContractError(f"beleid {strangers[0]}: er is geen plugin '{strangers[0].removesuffix('.csv')}'")
    return [
        Place(name, there, Policy(folder, Vocabulary.of(there, compartment), locked=False))
        for name, there, compartment in (*common, *inside)
    ]


@dataclass(frozen=True)
class Decision:
    """One row of the table; the field names are its header."""

    plaats: str
    organisatie: str
    rol: str
    rolcode: str
    onderwerp: str
    sleutel: str
    actie: str
    bereik: str
    bereikcode: str
    bron: str


HEADER = tuple(Decision.__annotations__)


def decisions(places: list[Place]) -> Iterator[Decision]:
    """Every permission that every role has, by place, organisation, role and key."""
    for place in places:
        words = titles(place.found)
        for organisatie, naam, code in _roles(place.policy.here.roles):
            for permission in place.policy.here.permissions:
                if row := _decision(place, (organisatie, naam, code), permission, words[permission]):
                    yield row


def _roles(names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Kind of organisation in words, name and code of each role of a place, as the presentation lists them."""
    known = rollen()
    for code, naam in names.items():
        yield SOORTEN[known[code].soort] if code in known else GUEST, naam, code


def _decision(place: Place, role: tuple[str, str, str], permission: Permission, title: str) -> Decision | None:
    organisatie, naam, code = role
    allowed, denied = place.policy.opened({code}, *permission)
    if not allowed:
        return None
    without = [f"; behalve {place.policy.scopes[key].uitleg}" for key in sorted(denied)]
    sources = dict.fromkeys(grant.line.bron for grant in place.policy.counting({code}, *permission))
    return Decision(
        plaats=place.naam,
        organisatie=organisatie,
        rol=naam,
        rolcode=code,
        onderwerp=title,
        sleutel=permission[0],
        actie=permission[1],
        bereik="; of ".join(place.policy.scopes[key].uitleg for key in sorted(allowed)) + "".join(without),
        bereikcode=" ".join([*sorted(allowed), *(f"-{key}" for key in sorted(denied))]),
        bron="; ".join(sources),
    )


def titles(found: Contributions) -> dict[Permission, str]:
    """What each permission is about, in Dutch: a type in a sentence, the text of a list, the title of an action."""
    read = {(type_.key, "lezen"): f"{type_.name}: {first_sentence(type_)}" for type_ in found.object_types.values()}
    for root in found.root_fields.values():
        if object_ := getattr(root, "object", None):
            read.setdefault((object_, "lezen"), root.description)
    return read | {(action.key, "uitvoeren"): action.title for action in found.actions.values()}


def first_sentence(type_: type[ObjectType]) -> str:
    """What a type is, in words; a reader of the table knows no type names."""
    return " ".join((type_.__doc__ or "").split()).partition(". ")[0].rstrip(".")


def as_csv(rows: list[Decision]) -> str:
    """The table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([getattr(row, name) for name in HEADER] for row in rows)
    return out.getvalue()


INTRO = """\
# Rechten per rol

Geschreven door `./dev policies` uit `policies/grants`; wijzig dit bestand niet met de hand. Per rol: wat ze ziet, wat
ze kan, voor welke rijen, en waar dat staat. "afgeleid" betekent dat geen bron het letterlijk zegt.
"""


def as_page(rows: list[Decision]) -> str:
    """The page: one section per role."""
    sections: dict[tuple[str, str, str], list[Decision]] = {}
    for row in rows:
        sections.setdefault((row.organisatie, row.rol, row.rolcode), []).append(row)
    return INTRO + "".join(_section(role, mine) for role, mine in sections.items())


def _section(role: tuple[str, str, str], rows: list[Decision]) -> str:
    organisatie, naam, code = role
    parts = [f"\n## {organisatie}: {naam} (`{code}`)\n"]
    for actie, heading in (("lezen", "Ziet"), ("uitvoeren", "Kan")):
        mine = [row for row in rows if row.actie == actie]
        if mine:
            parts.append(f"\n| {heading} | sleutel | plaats | bereik | bron |\n|---|---|---|---|---|\n")
            parts.extend(
                f"| {_cell(r.onderwerp)} | `{r.sleutel}` | {r.plaats} | {_cell(r.bereik)} | {_cell(r.bron)} |\n"
                for r in mine
            )
    return "".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def generated(folder: Path, docs: Path, found: Contributions) -> dict[Path, str]:
    """The files that follow from the policy, with their text: table, page and lock.

    ContractError when the policy is not sound: what is wrong is never locked.
    """
    rows = list(decisions(places(folder, found)))
    return {folder / "decisions.csv": as_csv(rows), docs / "rechten.md": as_page(rows), folder / NAME: locked(folder)}
