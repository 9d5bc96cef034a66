"""Casbin answers which scopes a set of roles opens for (object, action); SQL answers which rows a scope holds."""

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import casbin
from sqlalchemy import ColumnElement, and_, false, not_, or_

from vlok.api.actor import Actor
from vlok.api.errors import ContractError
from vlok.api.visibility import Scope
from vlok.policy.reader import Line, read

OBJECT, ACTION = 1, 2
logging.getLogger("casbin").setLevel(logging.ERROR)  # it warns at every "no", and "no" is an answer


class Policy:
    """The loaded policy. Asked once per (role set, object, action); never per row."""

    def __init__(self, folder: Path, scopes: Iterable[Scope]) -> None:
        self.scopes: Mapping[str, Scope] = {scope.key: scope for scope in scopes}
        self.lines: list[Line] = read(folder)
        self._enforcer = casbin.FastEnforcer(str(folder / "model.conf"), cache_key_order=[OBJECT, ACTION])
        self._load()
        self.opened = lru_cache(maxsize=4096)(self._opened)

    def _load(self) -> None:
        for line in self.lines:
            if line.kind == "p":
                self._known_scope(line)
                self._enforcer.add_named_policy("p", list(line.cells))
            else:
                self._enforcer.add_grouping_policy(list(line.cells))
        linked = self._enforcer.get_role_manager().has_link
        self._enforcer.add_function("holds", lambda roles, role: any(linked(r, role) for r in roles))

    def _known_scope(self, line: Line) -> None:
        if line.cells[3] not in self.scopes:
            raise ContractError(f"{line.place}: scope '{line.cells[3]}' is not declared")

    def _opened(self, roles: frozenset[str], object_: str, action: str) -> tuple[frozenset[str], frozenset[str]]:
        asked = {key: self._enforcer.enforce(roles, object_, action, key) for key in self.scopes}
        denied = self._denied(roles, object_, action)
        return frozenset(key for key, yes in asked.items() if yes), denied

    def _denied(self, roles: frozenset[str], object_: str, action: str) -> frozenset[str]:
        """Scopes that a deny line takes away: their rows are removed even when another scope opens them."""
        linked = self._enforcer.get_role_manager().has_link
        return frozenset(
            scope
            for role, obj, act, scope, effect in (line.cells for line in self.lines if line.kind == "p")
            if effect == "deny" and (obj, act) == (object_, action) and any(linked(r, role) for r in roles)
        )

    def allows(self, actor: Actor, object_: str, action: str) -> bool:
        """Whether the actor's roles open anything at all for this object and action."""
        return bool(self.opened(actor.rollen, object_, action)[0])

    def visible(self, actor: Actor, object_: str, action: str, row: Any) -> ColumnElement[bool]:
        """The criterion on ``row`` (a mapped class or alias) that holds exactly for what the actor may reach."""
        allowed, denied = self.opened(actor.rollen, object_, action)
        opens = or_(false(), *(self.scopes[key].criterion(actor, row) for key in sorted(allowed)))
        return and_(opens, *(not_(self.scopes[key].criterion(actor, row)) for key in sorted(denied)))
