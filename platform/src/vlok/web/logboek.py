"""``GET /logboek.csv``: the audit trail as a file, with the same arguments as the query of that list.

``?lijst=leesregister&persoon=…&reden=…&toelichting=…`` gives a person's register of consultations. The export itself is
on record before its first byte leaves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Select, func, select
from sqlalchemy.exc import DataError
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.api.graph import DOEL, RootList
from vlok.audit.export import HEADER, cells, csv_text
from vlok.audit.shown import plain
from vlok.audit.tables import Auditregel, Soort
from vlok.graph.context import NIET_AANGEMELD
from vlok.graph.names import camel
from vlok.identity.who import Who
from vlok.kernel import Kernel
from vlok.web.files import STATUS

TYPE = "Logregel"
MOST = 50_000
"""Lines of one file; who needs more asks for a shorter period."""
AT_ONCE = 1000
BOM = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""


class LogExport:
    """The route, in one place."""

    def __init__(self, kernel: Kernel, actors: Who) -> None:
        self.kernel = kernel
        self.actors = actors

    async def __call__(self, request: Request) -> Response:
        try:
            actor = await self.actors.of(request)
            if actor is None:
                raise Refusal("NIET_AANGEMELD", NIET_AANGEMELD)
            root, args = self._asked(actor, request.query_params)
            lines, last = await self._counted(actor, root, args)
        except DataError:
            return JSONResponse({"code": "ONGELDIG", "tekst": "Een waarde bevat een teken dat niet kan."}, 422)
        except Refusal as no:
            return JSONResponse({"code": no.code, "tekst": no.tekst}, STATUS.get(no.code, 422))
        headers = {"content-disposition": f'attachment; filename="{camel(root.name)}.csv"'}
        return StreamingResponse(self._text(actor, lines, last), media_type="text/csv; charset=utf-8", headers=headers)

    def _asked(self, actor: Actor, given: QueryParams) -> tuple[RootList, dict[str, Any]]:
        """The list and its arguments; Refusal ``ONBEKEND`` for a list that is not the actor's."""
        roots = [root for root in self.kernel.contributions.root_fields.values() if isinstance(root, RootList)]
        name = given.get("lijst", "logboek")
        root = next((root for root in roots if root.to == TYPE and camel(root.name) == name), None)
        if root is None or not self.kernel.policy.allows(actor, self.kernel.types[TYPE].key, "lezen"):
            raise Refusal("ONBEKEND", "Niet gevonden, of u hebt er geen toegang toe.")
        if strange := given.keys() - root.args.keys() - {"lijst"}:
            raise Refusal("ONGELDIG", f"Onbekend: {', '.join(sorted(strange))[:100]}.")
        return root, {name: _parsed(name, arg.type, given.get(name), arg.default) for name, arg in root.args.items()}

    async def _counted(self, actor: Actor, root: RootList, args: Mapping[str, Any]) -> tuple[Select[Any], int]:
        """The lines and the number of the last one; on record from here on, so what is added later is not in it."""
        async with self.kernel.work(actor) as work:
            full = {**args, **(await root.before(work, args) if root.before else {})}
            visible = self.kernel.policy.visible(actor, self.kernel.types[TYPE].key, "lezen", Auditregel)
            lines = select(Auditregel).where(visible, root.where(actor, Auditregel, full))
            numbers = lines.with_only_columns(Auditregel.volgnummer).limit(MOST + 1).subquery()
            many, last = (await work.session.execute(select(func.count(), func.max(numbers.c.volgnummer)))).one()
            if many > MOST:
                raise Refusal("TE_ZWAAR", f"Dit zijn meer dan {MOST} regels: kies een kortere periode.")
            said = {"vraag": plain(args), "aantal": {"logregel": many}}
            work.audit(f"{camel(root.name)}.csv", said, soort=Soort.EXPORT, doel=full.get(DOEL))
        return lines, last or 0

    async def _text(self, actor: Actor, lines: Select[Any], last: int) -> AsyncIterator[str]:
        yield BOM + csv_text([HEADER])
        below = last + 1
        async with self.kernel.reading(actor) as session:
            while below > 1:
                page = lines.where(Auditregel.volgnummer < below).order_by(-Auditregel.volgnummer).limit(AT_ONCE)
                found = (await session.scalars(page)).all()
                yield csv_text(cells(regel) for regel in found)
                below = found[-1].volgnummer if len(found) == AT_ONCE else 0


def _parsed(name: str, type_: Any, text: str | None, default: Any) -> Any:
    if not text:
        if default is ...:
            raise Refusal("ONGELDIG", f"Geef '{name}'.", veld=name)
        return default
    try:
        return TypeAdapter(type_).validate_python(text)
    except ValidationError as fout:
        raise Refusal("ONGELDIG", f"'{name}' is niet geldig.", veld=name) from fout
