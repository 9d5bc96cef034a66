"""Who asks, and about what: many users, and the one with the most to look through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.omgeving import Environment, Person
from vlok.api.actor import Actor, OrganisatieSoort
from vlok.db.roles import connected

NOWHERE = "nergensstraat 1"
"""An address that does not exist: everything must be looked through to know that."""


@dataclass(frozen=True)
class User:
    """A person as the product knows them, and what they open."""

    actor: Actor
    panden: tuple[str, ...]
    words: tuple[str, ...]
    dossiers: tuple[str, ...]

    def variables(self, scenario: str, n: int) -> Mapping[str, Any]:
        """What they ask the n-th time."""
        given: dict[str, Mapping[str, Any]] = {
            "werklijst": {"first": 50},
            "pand": {"referte": self.panden[n % len(self.panden)]},
            "documenten": {"referte": self.panden[n % len(self.panden)]},
            "dossier": {"referte": self.dossiers[n % len(self.dossiers)]},
            "zoeken": {"zoek": self.words[n % len(self.words)]},
            "zoeken op straat": {"zoek": self.words[n % len(self.words)].split()[0]},
            "zoeken zonder treffer": {"zoek": NOWHERE},
        }
        return given.get(scenario, {})


def typical(environment: Environment, count: int) -> list[User]:
    """So many users over as many organisations, as they come."""
    return _known(environment, environment.people(count))


def worst(environment: Environment) -> User:
    """The user with the most open tasks in all their roles together; they open the largest property and dossier."""
    people = environment.people(10_000)
    with connected(environment.admin_url) as connection:
        counted = connection.execute(
            "select domein, rol, count(*) from taak where gesloten_op is null group by domein, rol"
        ).fetchall()
    tasks = {(domein, rol): count for domein, rol, count in counted}

    def load(person: Person) -> tuple[int, int]:
        return sum(tasks.get((person.domein, rol), 0) for rol in person.rollen), len(person.rollen)

    [found] = _known(environment, [max(people, key=load)])
    return User(found.actor, ("PA18-0000000",), found.words, ("OO20-0000000",))


def _known(environment: Environment, people: Sequence[Person]) -> list[User]:
    asked = "select domein, id, code, naam, soort from organisatie"
    with connected(environment.admin_url) as connection:
        places = {domein: rest for domein, *rest in connection.execute(asked).fetchall()}
        found = []
        for person in people:
            key, code, naam, soort = places[person.domein]
            actor = Actor(
                gebruiker_id=person.gebruiker_id,
                naam="Persoon",
                organisatie_id=key,
                organisatie_code=code,
                organisatie_naam=naam,
                soort=OrganisatieSoort(soort),
                domein=person.domein,
                gebied=person.gebied,
                rollen=frozenset(person.rollen),
                verzoek_id="bench",
            )
            found.append(User(actor, person.panden, person.words, _dossiers(connection, person.gebied)))
    return found


def _dossiers(connection: Any, gebied: str) -> tuple[str, ...]:
    asked = "select referte from dossier where gebied = %s or %s = '*' limit 20"
    return tuple(referte for (referte,) in connection.execute(asked, [gebied, gebied]).fetchall())
