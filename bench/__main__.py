"""``./dev bench``: the product beside its references, in one run. Results on stdout and in ``bench/out``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import lezen, omgeving, postgraphile, rapport, servers
from bench.bedienen import KINDS
from bench.brieven import meten as brieven
from bench.groei import meten as groei
from bench.omgeving import ROOT, Environment
from bench.rapport import Figure
from bench.scenarios import SCENARIOS
from bench.schrijven import meten as schrijven
from bench.voortgang import say

OUT = ROOT / "bench" / "out"
PARTS = ("lezen", "schrijven", "brieven", "servers", "groei")
SIZE = 1_000_000
"""Tasks at factor 1."""
QUICK = 20_000
GROWTH = (10_000, 100_000, SIZE)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="./dev bench", description="Meet het product naast referenties, in één run.")
    parser.add_argument("onderdeel", nargs="*", help=f"{', '.join(PARTS)}; zonder: alle")
    parser.add_argument("--taken", type=int, nargs="+", help="aantal taken in de databank; bij groei: alle groottes")
    parser.add_argument("--factor", type=float, help="veelvoud van de gepubliceerde belasting (1 = 1 000 000 taken)")
    parser.add_argument("--snel", action="store_true", help="kleine databank, één ronde, 20 brieven")
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS), help="lezen: enkel deze")
    parser.add_argument(
        "--naast", action="append", choices=sorted(KINDS), help="lezen en schrijven: enkel deze servers"
    )
    parser.add_argument("--ronden", type=int, default=5)
    parser.add_argument("--seconden", type=float, default=3.0)
    parser.add_argument("--verbindingen", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--brieven", type=int, default=500)
    options = parser.parse_args()
    if unknown := set(options.onderdeel) - set(PARTS):
        parser.error(f"geen onderdeel: {', '.join(sorted(unknown))} (kies uit {', '.join(PARTS)})")
    if options.snel:
        options.ronden, options.seconden, options.brieven = 1, 1.0, 20
    return options


def size(options: argparse.Namespace) -> int:
    """The number of tasks of the parts that work on one database."""
    if options.factor:
        return round(options.factor * SIZE)
    return options.taken[-1] if options.taken else QUICK if options.snel else SIZE


def growing(options: argparse.Namespace) -> Sequence[int]:
    """The sizes of the part ``groei``."""
    if options.taken:
        return sorted(set(options.taken))
    return (10_000, QUICK) if options.snel else GROWTH


def servers_to_ask(options: argparse.Namespace) -> list[str]:
    """The servers that can be asked here."""
    kinds = [kind for kind in KINDS if kind in (options.naast or KINDS)]
    if "postgraphile" in kinds and (why := postgraphile.missing()):
        say(f"zonder PostGraphile: {why}")
        kinds.remove("postgraphile")
    return kinds


def environment_of(options: argparse.Namespace) -> Environment:
    """The database of the run."""
    say(f"databank met {size(options):,} taken")
    return omgeving.prepare(size(options))


def part_of(name: str, options: argparse.Namespace, raw: list[Any]) -> Callable[[], list[Figure]]:
    """What runs one part."""

    def reading() -> list[Figure]:
        wanted = [SCENARIOS[one] for one in options.scenario or SCENARIOS]
        found, samples = lezen.run(environment_of(options), wanted, servers_to_ask(options), options)
        raw.extend(samples)
        return found

    def writing() -> list[Figure]:
        kinds = options.naast or schrijven.KINDS
        return schrijven.run(environment_of(options), kinds, options.ronden, quick=options.snel)

    return {
        "lezen": reading,
        "schrijven": writing,
        "brieven": lambda: brieven.run(options.brieven, min(options.ronden, 2)),
        "servers": lambda: servers.run(environment_of(options), options),
        "groei": lambda: groei.run(growing(options), quick=options.snel),
    }[name]


def main() -> None:
    """Run the parts; what is finished is kept, also when a later part fails."""
    options = arguments()
    figures: list[Figure] = []
    raw: list[Any] = []
    wanted = [part for part in PARTS if part in (options.onderdeel or PARTS)]
    about = {name: value for name, value in vars(options).items() if value is not None}
    for name in wanted:
        say(f"== {name}")
        figures += part_of(name, options, raw)()
        rapport.keep(OUT, figures, about, raw)
    print(rapport.table(figures))


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main()
