"""Two histories of one public script, with and without the inspectorate; and the smallest pair that still differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.security.histories.apart import INSPECTEUR, Apart
from tests.security.histories.replay import History, Key, Prepared, Step, difference, replay
from tests.security.histories.script import Ground, Public

SHARE = 0.4
"""How often the inspectorate does something before the next public step."""
Steps = list[tuple[Key, Step]]


@dataclass(frozen=True)
class Pair:
    """What was played: the public script alone, and with the inspectorate in between."""

    seed: int
    public: Steps
    both: Steps
    difference: str | None

    def __str__(self) -> str:
        lines = [f"zaad {self.seed}: {self.difference}", *(f"  {key} {step}" for key, step in self.both)]
        return "\n".join(lines)


async def two_histories(prepared: Prepared, ground: Ground, seed: int, folder: Path, length: int) -> Pair:
    """Draw and play both."""
    one = await _public(prepared, ground, seed, folder, length)
    two = await _interleaved(prepared, ground, seed, folder, one.steps)
    return Pair(seed, one.steps, two.steps, difference(one, two))


async def _public(prepared: Prepared, ground: Ground, seed: int, folder: Path, length: int) -> History:
    async with prepared.side(seed, folder) as side:
        schema = side.product.schema._schema  # type: ignore[attr-defined]
        public = Public(schema, ground, side.streams)
        for number in range(length):
            step = public.next()
            kind = "R" if step.who == INSPECTEUR else "P"
            public.learn(step, await side.do(f"{kind}{number}", step))
        return side.close()


async def _interleaved(prepared: Prepared, ground: Ground, seed: int, folder: Path, script: Steps) -> History:
    draws, number = Random(f"{seed} beurten"), 0  # noqa: S311
    async with prepared.side(seed, folder) as side:
        apart = Apart(seed, ground)
        for key, step in (one for one in script if one[0] != "R"):
            while draws.random() < SHARE:
                turn = apart.next()
                apart.learn(turn, await side.do(f"W{number}", turn))
                number += 1
            await side.do(key, step)
        return side.close()


async def shrink(prepared: Prepared, pair: Pair, folder: Path, most: int = 40) -> Pair:
    """Leave out what is not needed for a difference: first of the inspectorate, then of the public script."""
    smallest, tries = pair, 0
    for side in ("W", "P"):
        size = max(1, sum(key.startswith(side) for key, _ in smallest.both) // 2)
        while size and tries < most:
            keys = [key for key, _ in smallest.both if key.startswith(side)]
            for start in range(0, len(keys), size):
                tries += 1
                smaller = await _without(prepared, smallest, set(keys[start : start + size]), folder)
                if smaller.difference is not None:
                    smallest = smaller
                    break
                if tries >= most:
                    break
            else:
                size //= 2
    return smallest


async def _without(prepared: Prepared, pair: Pair, left_out: set[Key], folder: Path) -> Pair:
    public = [(key, step) for key, step in pair.public if key not in left_out]
    both = [(key, step) for key, step in pair.both if key not in left_out]
    one = await replay(prepared, pair.seed, folder, public)
    two = await replay(prepared, pair.seed, folder, both)
    return Pair(pair.seed, public, both, difference(one, two))
