"""What an answer shows: collected while it is read, kept as lines of the audit trail before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from vlok.api.graph import RootList, ToonAanAnder
from vlok.audit.lines import Line, Subject
from vlok.audit.tables import Soort
from vlok.graph.plan import HIDDEN, LOGGED, OTHERS, TOLD
from vlok.graph.types import Types

LONGEST_QUESTION = 2000
"""Bytes of a question that a line keeps; of a longer one only that it was."""

Keys = dict[str, dict[str, None]]
"""Name of a type → keys, each once, in the order in which they were found."""


class Shown:
    """The things of one request whose consultation is kept. A root field that showed none leaves no line."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._told: Keys = {}
        self.lines: list[Line] = []

    def opened(self, wat: str, row: Any, vraag: Mapping[str, Any] | None = None) -> None:
        """One thing was opened: the row as read, with everything that it holds."""
        keys = self._found([row])
        subject = (row[HIDDEN], UUID(row[LOGGED])) if row and row.get(LOGGED) else None
        self.line(Soort.OPENEN, wat, keys, vraag, subject)

    def listed(self, wat: str, rows: Iterable[Any], vraag: Mapping[str, Any], doel: str | None) -> None:
        """Things were shown in a list."""
        self.line(Soort.LIJST, wat, self._found(rows), vraag, None, doel)

    def loaded(self, wat: str, rows: Iterable[Any], subject: Any) -> None:
        """A screen was made from these mapped rows, to do something with the last argument."""
        keys: Keys = {}
        for row in rows:
            declared = self._types.publishing(type(row))
            if declared is not None and declared.gelogd and getattr(row, declared.gelogd_als) is not None:
                keys.setdefault(declared.name, {})[str(getattr(row, declared.gelogd_als))] = None
        self.line(Soort.OPENEN, wat, keys, None, (self._types.of_row(subject).name, subject.id))

    def tell(self, name: str, keys: Iterable[str]) -> None:
        """Rows of that type were shown, which somebody wants to know."""
        self._told.setdefault(name, {}).update(dict.fromkeys(keys))

    def told(self) -> Iterator[tuple[ToonAanAnder, list[UUID]]]:
        """Who wants to know that rows were shown, and which."""
        for name, keys in self._told.items():
            hook = self._types[name].toon_aan_ander
            assert hook
            yield hook, [UUID(key) for key in keys]

    def _found(self, rows: Iterable[Any]) -> Keys:
        keys: Keys = {}
        waiting = list(rows)
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                self._note(value, keys)
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)
        return keys

    def _note(self, row: Mapping[str, Any], keys: Keys) -> None:
        if row.get(LOGGED):
            keys.setdefault(row[HIDDEN], {})[row[LOGGED]] = None
        if row.get(TOLD):
            self.tell(row[HIDDEN], [row[TOLD]])
        for name in [name for name in row if name.startswith(OTHERS)]:
            keys.setdefault(name.split(".")[2], {}).update(dict.fromkeys(row[name] or ()))

    def line(
        self,
        soort: Soort,
        wat: str,
        keys: Keys,
        vraag: Mapping[str, Any] | None,
        subject: Subject | None,
        doel: str | None = None,
    ) -> None:
        """Keep the consultation of the things with these keys, unless there are none."""
        by_kind: Keys = {}
        for name, some in keys.items():
            by_kind.setdefault(self._types[name].gelogd or name, {}).update(some)
        if not any(by_kind.values()):
            return
        counts = {"aantal": {kind: len(some) for kind, some in by_kind.items() if some}}
        everything = [key for kind in sorted(by_kind) for key in sorted(by_kind[kind])]
        self.lines.append(Line(soort, wat, {**counts, **question(vraag or {})}, subject, everything, doel))


def kept(root: RootList, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a list as they may be kept."""
    secret = {name for name, arg in root.args.items() if arg.geheim}
    return {name: "***" if name in secret and value else value for name, value in given.items()}


def question(vraag: Mapping[str, Any]) -> dict[str, Any]:
    """What a line says of the question."""
    said = plain(vraag)
    return {"vraag": said} if said else {}


def plain(vraag: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that a user gave, as JSON values and not endless."""
    given = {name: value for name, value in vraag.items() if value not in (None, "")}
    text = orjson.dumps(given, default=_plain)
    if len(text) > LONGEST_QUESTION:
        return {"te_lang": len(text)}
    asked: dict[str, Any] = orjson.loads(text)
    return {name: value for name, value in asked.items() if value not in ({}, [])}


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, BaseModel) else str(value)
