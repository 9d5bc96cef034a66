"""The policy multiplied out: role × permission → scopes, the table that reviewers read."""

from __future__ import annotations

import csv
import io
from itertools import product
from pathlib import Path

from vlok.api.graph import RootList
from vlok.identity.roles import rollen
from vlok.plugins import Contributions
from vlok.policy.policy import Policy

HEADER = ("rol", "object", "actie", "bereik")


def permissions(found: Contributions) -> list[tuple[str, str]]:
    """Everything that can be granted: reading each published type and worklist, executing each action."""
    read = {(type_.key, "lezen") for type_ in found.object_types.values()}
    roots = [root for root in found.root_fields.values() if isinstance(root, RootList)]
    lists = {(root.object, "lezen") for root in roots if root.object}
    do = {(action.key, "uitvoeren") for action in found.actions.values()}
    return sorted(read | lists | do)


def decided(folder: Path, found: Contributions) -> str:
    """The table as CSV: one row per role and permission that is opened, in order."""
    policy = Policy(folder, found.all_scopes)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for role, (object_, action) in product(sorted(rollen()), permissions(found)):
        opened, denied = policy.opened(frozenset({role}), object_, action)
        if opened:
            writer.writerow(
                (role, object_, action, " ".join(sorted(opened)) + "".join(f" −{d}" for d in sorted(denied)))
            )
    return out.getvalue()
