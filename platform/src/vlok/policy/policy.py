"""Casbin answers which scopes a set of roles opens for (object, action); SQL answers which rows a scope holds.

Whatever goes wrong while deciding is a "no": it is logged as an alarm and opens nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import casbin
import structlog
from sqlalchemy import ColumnElement, and_, false, not_, or_

from vlok.api.actor import Actor
from vlok.api.errors import ContractError
from vlok.api.visibility import Scope
from vlok.policy.reader import Grant, Line, read
from vlok.policy.slot import check_lock
from vlok.policy.vocabulary import Vocabulary, included

OBJECT, ACTION = 1, 2
Opened = tuple[frozenset[str], frozenset[str]]
NOTHING: Opened = (frozenset(), frozenset())
NOBODY: frozenset[str] = frozenset()
PATTERNS = re.compile(r"\b(eval|\w*[mM]atch\w*|keyGet\w*)\s*\(|=~")
"""What a matcher may not hold: evaluated text, regular expressions and wildcards match more than they seem to."""

log = structlog.get_logger(__name__)
logging.getLogger("casbin").setLevel(logging.ERROR)  # it warns at every "no", and "no" is an answer


class Policy:
    """The loaded policy of one place. Asked once per (role set, object, action); never per row, never changed."""

    def __init__(self, folder: Path, here: Vocabulary, *, locked: bool = True) -> None:
        """Read and check ``folder``; ContractError with file and reason when anything is amiss.

        ``locked``: also hold the files against the lock of the last review. Only a draft is read without.
        """
        if locked:
            check_lock(folder)
        self.here = here
        self.lines: list[Line] = here.own(read(folder))
        self.grants: list[Grant] = [Grant.of(line) for line in self.lines if line.kind == "p"]
        self._enforcer = _enforcer(folder)
        self._load()
        self._decided = lru_cache(maxsize=4096)(self._decide)

    @property
    def scopes(self) -> Mapping[str, Scope]:
        """The scopes of this place by key."""
        return self.here.scopes

    def _load(self) -> None:
        for line in self.lines:
            if line.kind == "p":
                self._enforcer.add_named_policy("p", list(line.cells))
            else:
                self._enforcer.add_grouping_policy(list(line.cells))

    def opened(self, roles: Iterable[str], object_: str, action: str) -> Opened:
        """The scopes that a set of roles opens, and those taken away again. A decision that fails opens nothing."""
        try:
            return self._decided(frozenset(roles), object_, action)
        except Exception as wrong:
            alarm("beslissing", object_, action, wrong)
            return NOTHING

    def _decide(self, roles: frozenset[str], object_: str, action: str) -> Opened:
        if (object_, action) not in self.here.permissions:
            raise LookupError(f"({object_}, {action}) is not a permission of this place")
        granted = {grant.scope for grant in self.grants if (grant.object, grant.actie) == (object_, action)}
        allowed = frozenset(key for key in granted if self._enforcer.enforce(roles, object_, action, key))
        if any(self._enforcer.enforce(NOBODY, object_, action, key) for key in allowed):
            raise PermissionError("the enforcer opens to nobody in particular")
        denied = frozenset(g.scope for g in self.counting(roles, object_, action) if g.effect == "deny")
        return allowed, denied

    def counting(self, roles: Iterable[str], object_: str, action: str) -> list[Grant]:
        """The lines that speak about these roles (or roles they include) and this object and action."""
        held = frozenset().union(*(self.held(role) for role in roles))
        return [g for g in self.grants if (g.object, g.actie) == (object_, action) and g.rol in held]

    def held(self, role: str) -> frozenset[str]:
        """A role with the roles it includes."""
        return included(self.lines, role)

    def allows(self, actor: Actor, object_: str, action: str) -> bool:
        """Whether the actor's roles open anything at all for this object and action."""
        return bool(self.opened(actor.rollen, object_, action)[0])

    def visible(self, actor: Actor, object_: str, action: str, row: Any) -> ColumnElement[bool]:
        """The criterion on ``row`` (a mapped class or alias) that holds exactly for what the actor may reach."""
        try:
            allowed, denied = self.opened(actor.rollen, object_, action)
            opens = or_(false(), *(self.scopes[key].criterion(actor, row) for key in sorted(allowed)))
            return and_(opens, *(not_(self.scopes[key].criterion(actor, row)) for key in sorted(denied)))
        except Exception as wrong:
            alarm("bereik", object_, action, wrong)
            return false()


def alarm(what: str, object_: str, action: str, wrong: Exception) -> None:
    """Say in the log that a decision failed and was a "no"; without a trace, whose variables hold people."""
    reason = f"{type(wrong).__name__}: {wrong}"
    log.critical(f"beleid: {what} mislukt, dus geweigerd", object=object_, actie=action, reden=reason)


def _enforcer(folder: Path) -> casbin.FastEnforcer:
    """An enforcer with the model and no line yet; ContractError when the model is none, or its matcher could open more
    than it says."""
    file = folder / "model.conf"
    rules = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    if found := PATTERNS.search("\n".join(rules)):
        raise ContractError(f"beleid model.conf: '{found.group().strip()}' mag niet in een beslissing staan")
    try:
        made = casbin.FastEnforcer(str(file), cache_key_order=[OBJECT, ACTION])
        linked = made.get_role_manager().has_link
        made.add_function("holds", lambda roles, role: any(linked(r, role) for r in roles))
        made.enforce(NOBODY, "", "", "")
    except Exception as wrong:
        raise ContractError(f"beleid model.conf: dit is geen bruikbaar model ({wrong!r})") from wrong
    return made
