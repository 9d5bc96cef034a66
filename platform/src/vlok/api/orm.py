"""The declarative base and the mixins that say who owns a row and who may see it.

Every table that holds something of an organisation carries ``domein`` (the unit that owns it: ``lb:41002``, ``wvl``,
``wi``, ``vlabel``) and ``gebied`` (the NIS code of the municipality it lies in). WVL and WI are one agency but two
domains: "own organisation" means the domain, never the agency.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, MetaData, String, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The one metadata; each distribution migrates its own tables (see ``vlok.db.migrate``)."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads a plain dict
        datetime: DateTime(timezone=True),
        str: Text(),
        dict[str, Any]: JSONB(),
        list[str]: ARRAY(String()),
    }


class Identified:
    """A random key: it shows neither order nor volume."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Versioned:
    """Concurrent edits are detected: the row counts its changes and SQLAlchemy checks the count on update."""

    versie: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - a declared_attr works on the class
        return {"version_id_col": cls.versie}


class Owned:
    """A row of one domain, in one municipality."""

    domein: Mapped[str] = mapped_column(index=True)
    gebied: Mapped[str] = mapped_column(index=True)


class Shared(Owned):
    """A row that starts as its own organisation's and becomes visible to the other side at one moment.

    ``gedeeld_op`` is that moment: the signature of a document or examination, the sending of an advice or decision,
    or simply the creation of a dossier or task, which are both sides' from the start (Afsprakenkader VLOK: unsigned is
    the own organisation's, signed is both sides').
    """

    gedeeld_op: Mapped[datetime | None]


class Signed(Identified, Shared, Base):
    """A row that somebody signs. The signature shares it, unless it is shielded (see ``vlok.api.afscherming``)."""

    __abstract__ = True

    ondertekend_op: Mapped[datetime | None]
