"""Products by the hundred: what no request changes is made once, what a process remembers is each product's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from vlok import app
from vlok.api.clock import FixedClock
from vlok.app import Product, build, contributions
from vlok.documents import pdfcheck
from vlok.graph.context import Context
from vlok.graph.documents import Documents
from vlok.graph.schema import Assembly
from vlok.graph.types import Types
from vlok.settings import Settings
from vlok.testing.cluster import Database
from vlok.testing.world import TODAY


class Factory:
    """Builds products that share the declarations and the GraphQL schemas made of them: most of what a start costs.

    Read questions, plans, decisions, pools and stores begin empty in each, as in a process that has just begun. One
    product lives at a time. What the program apart says of a file is asked once of the same bytes.
    """

    def __init__(self) -> None:
        self._found = contributions(Settings())
        self._types: dict[tuple[Any, ...], Types] = {}
        self._schemas: dict[int, Any] = {}
        self._judge = cache(pdfcheck._judge_apart)

    def product(self, data: Path, database: Database) -> Product:
        """A product on that database."""
        settings, clock = Settings(data=data, demo=True), FixedClock(TODAY)
        with patch.object(app, "Types", self._typed), patch.object(app, "Assembly", self._assembly):
            return build(settings, database.app_url, places=database.places, clock=clock, found=self._found)

    @contextmanager
    def answering(self, by_plan: bool) -> Iterator[None]:
        """Questions are answered by plans where that can be, or all by graphql-core."""
        path = patch.object(Context, "compiled", by_plan)
        with patch.object(pdfcheck, "_judge_apart", self._judge), path:
            yield

    def _typed(self, declared: Iterable[Any], extensions: Iterable[Any]) -> Types:
        key = tuple(declared)
        if key not in self._types:
            self._types[key] = Types(key, extensions)
        return self._types[key]

    def _assembly(self, found: Any, types: Types) -> Any:
        def schema(*, introspection: bool) -> Any:
            if id(types) not in self._schemas:
                self._schemas[id(types)] = Assembly(found, types).schema(introspection=introspection)
            made = self._schemas[id(types)]
            made.documents = Documents(made._schema, introspection=introspection)
            made.planner = None
            return made

        return SimpleNamespace(schema=schema)
