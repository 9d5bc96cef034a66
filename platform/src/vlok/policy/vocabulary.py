"""What a policy line may speak of in one place: the roles, permissions and scopes that exist there.

A line about anything else is a mistake, and a mistake in a policy stops the start. The files of plugins that do not
live in the place are not read there: what they open does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.compartments import Compartment
from vlok.api.errors import ContractError
from vlok.api.visibility import Scope
from vlok.identity.roles import rollen
from vlok.plugins import Contributions
from vlok.policy.reader import Grant, Line

Permission = tuple[str, str]
"""What can be granted: an object (a type's, list's or action's key) and ``lezen`` or ``uitvoeren``."""

SOMEBODY = Actor(
    UUID(int=0), "", UUID(int=0), "", "", OrganisatieSoort.LOKAAL_BESTUUR, "lb:00000", "00000", frozenset(["lb.lezer"])
)
"""Nobody in particular, to try whether a scope can be asked of a table at all."""


def permissions(found: Contributions) -> dict[Permission, type[Any] | None]:
    """Everything that can be granted, with the mapped class whose rows it is about (None: about no rows).

    Reading each published type and each list with an object of its own; executing each action.
    """
    models = {type_.name: type_.model for type_ in found.object_types.values()}
    read: dict[Permission, type[Any] | None] = {(t.key, "lezen"): t.model for t in found.object_types.values()}
    for root in found.root_fields.values():
        if object_ := getattr(root, "object", None):
            read.setdefault((object_, "lezen"), models.get(getattr(root, "to", "")))
    do = {(action.key, "uitvoeren"): action.subject for action in found.actions.values()}
    return dict(sorted({**read, **do}.items()))


@dataclass(frozen=True)
class Vocabulary:
    """The words of one place."""

    plugins: frozenset[str]
    """The keys of those that live here; a grants file is named after one."""
    roles: Mapping[str, str]
    """Dutch names by code."""
    permissions: Mapping[Permission, type[Any] | None]
    scopes: Mapping[str, Scope]

    @classmethod
    def of(cls, found: Contributions, compartment: Compartment | None = None) -> Vocabulary:
        """The words of the place where these contributions live: in a compartment the roles of its members, and those
        it gives to guests; nobody else can be there."""
        names = {code: rol.naam for code, rol in rollen().items()}
        if compartment is not None:
            members = {code: naam for code, naam in names.items() if code.partition(".")[0] == compartment.domein}
            names = {**members, **compartment.rollen}
        scopes = {scope.key: scope for scope in found.all_scopes}
        return cls(frozenset(found.plugins), names, permissions(found), scopes)

    def own(self, lines: Iterable[Line]) -> list[Line]:
        """The lines about who can be here, in the files of the plugins that live here; ContractError when one speaks of
        what does not exist, or when no line is left."""
        strangers = rollen().keys() - self.roles.keys()
        mine = [line for line in lines if line.owner in self.plugins and line.cells[0] not in strangers]
        for fault in self._faults(mine):
            raise ContractError(f"beleid {fault}")
        if not any(line.kind == "p" for line in mine):
            raise ContractError("beleid: geen enkele regel geeft hier een recht")
        return mine

    def _faults(self, lines: list[Line]) -> Iterator[str]:
        for line in lines:
            reason = self._wrong(Grant.of(line)) if line.kind == "p" else self._wrong_include(line)
            if reason:
                yield f"{line.place}: {reason}"
        yield from circles(lines)

    def _wrong(self, grant: Grant) -> str | None:
        if grant.rol not in self.roles:
            return f"de rol '{grant.rol}' bestaat niet"
        if (grant.object, grant.actie) not in self.permissions:
            return f"'{grant.actie}' van '{grant.object}' bestaat niet"
        if grant.scope not in self.scopes:
            return f"het bereik '{grant.scope}' bestaat niet"
        if grant.line.owner not in (grant.object.partition(".")[0], grant.rol.partition(".")[0]):
            return f"een regel over '{grant.object}' hoort in een ander bestand"
        return self._misfit(grant)

    def _misfit(self, grant: Grant) -> str | None:
        """A scope that needs a column which the rows do not have would fail at the first reading."""
        model: Any = self.permissions[grant.object, grant.actie]
        wrong = _wrong_about(self.scopes[grant.scope], model)
        return f"het bereik '{grant.scope}' past niet op '{grant.object}' ({wrong})" if wrong is not None else None

    def _wrong_include(self, line: Line) -> str | None:
        role, included = line.cells
        if unknown := {role, included} - self.roles.keys():
            return f"de rol '{min(unknown)}' bestaat niet"
        if role.partition(".")[0] != included.partition(".")[0]:
            return "een rol omvat enkel rollen van dezelfde soort organisatie"
        return None


@cache
def _wrong_about(scope: Scope, model: Any) -> str | None:
    """What goes wrong when a scope is asked of a table; once for the many lines that do."""
    try:
        scope.criterion(SOMEBODY, model)
    except Exception as wrong:  # whatever a scope's own code does wrong, it is wrong now and not while serving
        return str(wrong)
    return None


def circles(lines: Iterable[Line]) -> Iterator[str]:
    """The inclusions by which a role would include itself."""
    for line in lines:
        if line.kind == "g" and line.cells[0] in included(lines, line.cells[1]):
            yield f"{line.place}: de rol '{line.cells[0]}' omvat zichzelf"


def included(lines: Iterable[Line], role: str) -> frozenset[str]:
    """A role with all the roles it includes, directly or not."""
    direct: dict[str, set[str]] = {}
    for line in lines:
        if line.kind == "g":
            direct.setdefault(line.cells[0], set()).add(line.cells[1])
    found, todo = {role}, [role]
    while todo:
        more = direct.get(todo.pop(), set()) - found
        found |= more
        todo.extend(more)
    return frozenset(found)
