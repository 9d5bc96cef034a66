"""The usual way: Strawberry types with resolvers, the async ORM, and a dataloader per relation. Same row security."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import make_url, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from bench.omgeving import Environment
from bench.schrijven.gewoon import Mutation, writer
from vlok.api.tables import Document, Dossier, Onderwerp, Taak

URL = make_url(Environment.given().app_url)
SESSIONS = async_sessionmaker(create_async_engine(URL, pool_size=10, max_overflow=0), expire_on_commit=False)
Info = strawberry.Info[Any, Any]


@strawberry.type
class DocumentType:
    referte: str
    soort: str
    titel: str
    status: str


@strawberry.type
class OnderwerpType:
    referte: str
    soort: str
    titel: str


@strawberry.type
class DossierType:
    key: strawberry.Private[UUID]
    referte: str
    soort: str
    status: str
    gestart_op: date

    @strawberry.field
    async def documenten(self, info: Info, first: int = 50) -> list[DocumentType]:
        found = await info.context["documenten"].load(self.key)
        return [DocumentType(referte=d.referte, soort=d.soort, titel=d.titel, status=d.status) for d in found[:first]]


@strawberry.type
class TaakType:
    onderwerp_key: strawberry.Private[UUID]
    dossier_key: strawberry.Private[UUID]
    referte: str
    nummer: int
    naam: str
    rol: str
    deadline: date | None
    aangemaakt_op: datetime
    gesloten_op: datetime | None

    @strawberry.field
    def te_laat(self) -> bool:
        return self.deadline is not None and self.deadline < date.today() and self.gesloten_op is None  # noqa: DTZ011

    @strawberry.field
    async def onderwerp(self, info: Info) -> OnderwerpType | None:
        o = await info.context["onderwerpen"].load(self.onderwerp_key)
        return OnderwerpType(referte=o.referte, soort=o.soort, titel=o.titel) if o else None

    @strawberry.field
    async def dossier(self, info: Info) -> DossierType | None:
        d = await info.context["dossiers"].load(self.dossier_key)
        if d is None:
            return None
        return DossierType(key=d.id, referte=d.referte, soort=d.soort, status=d.status, gestart_op=d.gestart_op)


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge:
    node: TaakType


@strawberry.type
class Connection:
    page_info: PageInfo
    edges: list[Edge]


@strawberry.type
class Query:
    @strawberry.field
    async def werklijst(self, info: Info, first: int) -> Connection:
        who = info.context["who"]
        mine = or_(
            (Taak.rol.in_(who["rollen"])) & Taak.gebruiker_id.is_(None), Taak.gebruiker_id == who["gebruiker_id"]
        )
        wanted = select(Taak).where(Taak.domein == who["domein"], Taak.gesloten_op.is_(None), mine)
        page = wanted.order_by(Taak.sorteerdatum, Taak.id).limit(first + 1)
        rows = list(await info.context["session"].scalars(page))
        edges = [Edge(node=_taak(row)) for row in rows[:first]]
        return Connection(page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=None), edges=edges)


def _taak(row: Taak) -> TaakType:
    return TaakType(
        onderwerp_key=row.onderwerp_id,
        dossier_key=row.dossier_id,
        referte=row.referte,
        nummer=row.nummer,
        naam=row.naam,
        rol=row.rol,
        deadline=row.deadline,
        aangemaakt_op=row.aangemaakt_op,
        gesloten_op=row.gesloten_op,
    )


def by_key(session: AsyncSession, model: Any) -> DataLoader[UUID, Any]:
    """Rows by key in one statement."""

    async def load(keys: list[UUID]) -> list[Any]:
        found = {row.id: row for row in await session.scalars(select(model).where(model.id.in_(keys)))}
        return [found.get(key) for key in keys]

    return DataLoader(load)


def documents(session: AsyncSession, who: dict[str, Any]) -> DataLoader[UUID, list[Document]]:
    """The visible documents of dossiers in one statement."""
    area = Document.gebied == who["gebied"] if who["gebied"] != "*" else true()

    async def load(keys: list[UUID]) -> list[list[Document]]:
        seen = or_(Document.domein == who["domein"], Document.gedeeld_op.is_not(None) & area)
        wanted = select(Document).where(Document.dossier_id.in_(keys), seen)
        found: defaultdict[UUID, list[Document]] = defaultdict(list)
        for row in await session.scalars(wanted.order_by(Document.aangemaakt_op, Document.referte)):
            found[row.dossier_id].append(row)
        return [found[key] for key in keys]

    return DataLoader(load)


class Server(GraphQL[Any, Any]):
    """One session per request, opened when the context is made and closed with the answer."""

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        session: AsyncSession = request.state.session
        who = (await writer(session, request.cookies["vlok"]))._asdict()
        loaders = {"onderwerpen": by_key(session, Onderwerp), "dossiers": by_key(session, Dossier)}
        return {"session": session, "request": request, "who": who, "documenten": documents(session, who), **loaders}


server = Server(strawberry.Schema(Query, Mutation))


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The ASGI application."""
    if scope["type"] != "http":
        return
    async with SESSIONS() as session:
        scope.setdefault("state", {})["session"] = session
        await server(scope, receive, send)
