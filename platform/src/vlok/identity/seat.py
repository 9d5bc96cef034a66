"""What a person may be in the organisation they act in, read at every request: with the session, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Date, Select, Uuid, any_, bindparam, func, literal_column, select, true, union_all

from vlok.db.direct import compiled
from vlok.identity.rights import holds_on, replaced_by
from vlok.identity.tables import Gebruiker, Mandaat, Roltoekenning, Sessie
from vlok.tenancy.tables import Organisatie

Seat = tuple[UUID, UUID]
"""The id of a person and of the organisation they act in."""

DAG: Any = bindparam("dag", type_=Date())


class Held(NamedTuple):
    """One role that a person holds in an organisation, for an IGS or not."""

    organisatie_id: UUID
    code: str
    organisatie: str
    soort: str
    domein: str
    gebied: str
    gebruiker_id: UUID
    voornaam: str
    naam: str
    rol: str
    igs: str | None


def _held(gebruiker_id: Any, organisatie_id: Any) -> Select[Any]:
    """Own roles in the one organisation and, of whom the person replaces there, theirs too.

    The people as one array: the index on roles serves "of any of these", and not "of this one or of those".
    """
    people = union_all(select(gebruiker_id), replaced_by(gebruiker_id, organisatie_id, DAG)).scalar_subquery()
    columns: tuple[Any, ...] = (
        Organisatie.id.label("organisatie_id"),
        Organisatie.code,
        Organisatie.naam.label("organisatie"),
        Organisatie.soort,
        Organisatie.domein,
        Organisatie.gebied,
        Gebruiker.id.label("gebruiker_id"),
        Gebruiker.voornaam,
        Gebruiker.naam,
        Roltoekenning.rol,
        Mandaat.igs_naam.label("igs"),
    )
    return (
        select(*columns)
        .select_from(Organisatie)
        .join(Roltoekenning, Roltoekenning.organisatie_id == Organisatie.id)
        .join(Gebruiker, Gebruiker.id == Roltoekenning.gebruiker_id)
        .outerjoin(Mandaat, Mandaat.id == Roltoekenning.mandaat_id)
        .where(Organisatie.id == organisatie_id, Roltoekenning.gebruiker_id == any_(func.array(people)), holds_on(DAG))
    )


def _with_session() -> Select[Any]:
    """A session and, once for each role that its person holds, that role; once without when there is none."""
    gebruiker: Any = literal_column("sessie.gebruiker_id", Uuid())
    organisatie: Any = literal_column("(convert_from(sessie.inhoud, 'UTF8')::json ->> 'organisatie')::uuid", Uuid())
    held = _held(gebruiker, organisatie).lateral("held")
    return (
        select(Sessie.inhoud, Sessie.aangemaakt_op, Sessie.gebruikt_op, *held.c)
        .select_from(Sessie)
        .outerjoin(held, true())
        .where(Sessie.sleutel_hash == bindparam("sleutel"))
    )


OF_SEAT = compiled(_held(bindparam("gebruiker", type_=Uuid()), bindparam("organisatie", type_=Uuid())))
"""Parameters ``gebruiker``, ``organisatie``, ``dag``."""
OF_SESSION = compiled(_with_session())
"""Parameters ``sleutel``, ``dag``."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as it was read, with the roles that came along."""

    session_id: str
    inhoud: bytes
    aangemaakt_op: datetime
    gebruikt_op: datetime
    held: tuple[Held, ...]

    @classmethod
    def of(cls, session_id: str, rows: Iterable[Any]) -> Seen | None:
        """From the rows of ``OF_SESSION``."""
        found = list(rows)
        if not found:
            return None
        held = tuple(Held(*row[3:]) for row in found if row[3] is not None)
        inhoud, aangemaakt_op, gebruikt_op = found[0][:3]
        return cls(session_id, inhoud, aangemaakt_op, gebruikt_op, held)
