"""What a person may be in the organisation they act in, read at every request: with the session, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import (
    Date,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from vlok.db.direct import PARAMETER, Numbered, compiled, rendered
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


def _with_session() -> Select[Any, Any]:
    """A session with the roles that its person holds, as one text; and the moment of its last use."""
    gebruiker: Any = literal_column("sessie.gebruiker_id", Uuid())
    organisatie: Any = literal_column("(convert_from(sessie.inhoud, 'UTF8')::json ->> 'organisatie')::uuid", Uuid())
    held = _held(gebruiker, organisatie).subquery("held")
    each = func.json_build_array(*held.c)
    order = [held.c.gebruiker_id, held.c.rol, held.c.igs]
    roles = select(func.json_agg(aggregate_order_by(each, *order))).correlate(Sessie).scalar_subquery()
    inhoud: Any = literal_column("convert_from(sessie.inhoud, 'UTF8')")
    text = cast(func.json_build_array(inhoud, Sessie.aangemaakt_op, roles), Text).label("tekst")
    return select(text, Sessie.gebruikt_op).where(Sessie.sleutel_hash == bindparam("sleutel"))


OF_SEAT = compiled(_held(bindparam("gebruiker", type_=Uuid()), bindparam("organisatie", type_=Uuid())))
"""Parameters ``gebruiker``, ``organisatie``, ``dag``."""
OF_SESSION = compiled(_with_session())
"""Parameters ``sleutel``, ``dag``; one row, or none when there is no such session."""
_AGAIN = f"(SELECT tekst FROM ({rendered(_with_session())}) AS zetel) = %(tekst)s"  # noqa: S608
PROVEN = PARAMETER.sub(r"%(bewijs_\1)s", _AGAIN)
"""The condition that a session and the rights of its person are still as they were: parameters ``bewijs_sleutel``,
``bewijs_dag`` and, what they were, ``bewijs_tekst``."""
STILL = Numbered.of(f"SELECT true WHERE {PROVEN}")
"""The same by itself: one row, or none."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as it was read, with the roles that came along; ``tekst`` is all of it but the last use."""

    session_id: str
    inhoud: bytes
    aangemaakt_op: datetime
    gebruikt_op: datetime
    held: tuple[Held, ...]
    tekst: str

    @classmethod
    def of(cls, session_id: str, rows: Sequence[Any]) -> Seen | None:
        """From the rows of ``OF_SESSION``."""
        if not rows:
            return None
        [(tekst, gebruikt_op)] = rows
        inhoud, begun, roles = orjson.loads(tekst)
        held = tuple(_from_json(one) for one in roles or ())
        return cls(session_id, inhoud.encode(), datetime.fromisoformat(begun), gebruikt_op, held, tekst)


def _from_json(values: Sequence[Any]) -> Held:
    held = Held(*values)
    return held._replace(organisatie_id=UUID(values[0]), gebruiker_id=UUID(str(held.gebruiker_id)))
