"""The sample story: the steps of ``verhaal.toml`` as real actions of real personas."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from typing import Any

from starlette.requests import HTTPConnection

from vlok.api.actor import Actor
from vlok.api.errors import ContractError
from vlok.graph.names import global_id
from vlok.identity.actors import Actors
from vlok.identity.tokens import persona_token
from vlok.kernel import Kernel
from vlok.procedures.execute import Request, execute

DAYS_AGO = re.compile(r"^vandaag-(\d+)$")


async def persona_actor(kernel: Kernel, naam: str) -> Actor:
    """A persona as the product knows it: by a bearer token, as any client of the API."""
    header = (b"authorization", f"Bearer {persona_token(kernel.settings, naam)}".encode())
    call = {"type": "http", "headers": [header], "path": "/", "query_string": b"", "state": {}}
    found = await Actors(kernel.settings, kernel.database, kernel.clock).of(HTTPConnection(call))
    if found is None:
        raise ContractError(f"persona {naam} has no role")
    return found


@dataclass
class Story:
    """Tells the steps in order; ``kept`` remembers what they made."""

    kernel: Kernel
    kept: dict[str, str] = field(default_factory=dict)

    async def tell(self) -> int:
        """All steps whose action is there; the number that were told."""
        text = (files("vlok.demo") / "verhaal.toml").read_text(encoding="utf-8")
        steps = [(self._place(step), step) for step in tomllib.loads(text)["stap"]]
        told = [(kernel, step) for kernel, step in steps if kernel and step["handeling"] in kernel.actions]
        for number, (kernel, step) in enumerate(told, 1):
            await self._step(number, kernel, step)
        return len(told)

    def _place(self, step: Mapping[str, Any]) -> Kernel | None:
        """The compartment that a step names, when there is one, else the common place."""
        return self.kernel.compartments.get(step["plaats"]) if "plaats" in step else self.kernel

    async def _step(self, number: int, kernel: Kernel, step: Mapping[str, Any]) -> None:
        actor = await persona_actor(self.kernel, step["wie"])
        own = global_id("Organisatie", actor.organisatie_id)
        subject = own if step["over"] == "organisatie" else self.kept[step["over"]]
        request = Request(step["handeling"], subject, self._filled(step["invoer"]), bevestigd=True)
        outcome = await execute(kernel, actor, request)
        if not outcome.uitgevoerd or outcome.toon is None:
            why = "; ".join(melding.tekst for melding in outcome.meldingen)
            raise ContractError(f"verhaal.toml: stap {number} ({step['handeling']}): {why}")
        if "bewaar" in step:
            self.kept[step["bewaar"]] = global_id(*outcome.toon)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        ago = DAYS_AGO.match(value) if isinstance(value, str) else None
        return (self.kernel.clock.now().date() - timedelta(days=int(ago[1]))).isoformat() if ago else value
