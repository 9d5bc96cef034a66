"""Compiled SQL: text and parameters that know whose value they take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from vlok.api.actor import Actor
from vlok.db.direct import DIALECT, PARAMETER, PROOF, Numbered
from vlok.db.session import who
from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.standin import SALTS, marks, stand_in
from vlok.identity.seat import PROVEN


@dataclass(frozen=True)
class Sql:
    """A text with named parameters: constants, and those that are read off the actor."""

    text: str
    constants: Mapping[str, Any]
    of_actor: Mapping[str, str]

    def values(self, actor: Actor) -> dict[str, Any]:
        """The parameters for an actor."""
        return {**self.constants, **{name: getattr(actor, attr) for name, attr in self.of_actor.items()}}

    def with_(self, hole: str, part: Sql) -> Sql:
        """The statement with another one's text in a hole of its own."""
        return Sql(
            self.text.replace(hole, f"({part.text})"),
            {**self.constants, **part.constants},
            {**self.of_actor, **part.of_actor},
        )

    def spelled(self) -> Sql:
        """With the constants that may stand in a text as text: a statement's own, never what somebody asks."""
        plain = {name: _spelled(value) for name, value in self.constants.items() if type(value) in (str, int, bool)}
        text = PARAMETER.sub(lambda found: plain.get(found[1], found[0]), self.text)
        rest = {name: value for name, value in self.constants.items() if name not in plain}
        return Sql(text, rest, self.of_actor)

    def statement(self, *, guessed: bool = True) -> Statement:
        """As PostgreSQL itself takes it; ``guessed``: see ``Statement``."""
        text = PARAMETER.sub(lambda found: f"%({self.of_actor.get(found[1], found[1])})s", self.text)
        attributes = tuple(sorted(set(self.of_actor.values())))
        plain = Numbered.of(text)
        proven = Numbered.of(text.replace(PROOF, PROVEN)) if guessed else plain
        return Statement(plain, proven, self.constants, attributes, guessed)

    def prefixed(self, prefix: str) -> Sql:
        """The same with other parameter names, to stand inside another statement."""
        text = PARAMETER.sub(rf"%({prefix}\1)s", self.text)
        constants = {prefix + name: value for name, value in self.constants.items()}
        return Sql(text, constants, {prefix + name: attr for name, attr in self.of_actor.items()})


@dataclass(frozen=True)
class Statement:
    """A text with ``$1``, ``$2`` …, and where the values of its parameters come from."""

    plain: Numbered
    proven: Numbered
    """The same for who is expected to ask: it gives no row when they are not who was expected. What is not guessed is
    proven apart."""
    constants: Mapping[str, Any]
    of_actor: tuple[str, ...]
    """Attributes of the actor; a parameter of the text has the name of its attribute."""
    guessed: bool = True
    """Whether one plan of PostgreSQL's serves all values; else it plans anew for each (words that somebody seeks)."""

    def values(self, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters for an actor and the arguments of a request."""
        known = {**self.constants, **{f"wie_{name}": value for name, value in who(actor).items()}, **given}
        for name in self.of_actor:
            known[name] = getattr(actor, name)
        return known


def compiled(build: Callable[[Actor], Select[Any]], actor: Actor) -> Sql:
    """The statement that ``build`` makes, for every actor of the same shape; Unplannable when it cannot be."""
    decided: set[str] = set()
    (text, first), (other, second) = (_rendered(build(stand_in(actor, salt, decided))) for salt in SALTS)
    if decided:
        raise Unplannable(f"een bereik dat beslist op {', '.join(sorted(decided))}")
    if text != other or first.keys() != second.keys():
        raise Unplannable("een bereik dat de gebruiker zelf in de vraag schrijft")
    constants: dict[str, Any] = {}
    of_actor: dict[str, str] = {}
    known, again = (marks(actor, salt) for salt in SALTS)
    for name, value in first.items():
        if value == second[name]:
            constants[name] = value
        elif (attr := _attr(known, value)) is not None and attr == _attr(again, second[name]):
            of_actor[name] = attr
        else:
            raise Unplannable("een bereik dat van een deel van een kenmerk afhangt")
    return Sql(text, constants, of_actor)


def _spelled(value: str | int | bool) -> str:
    """A literal of SQL; in the text of a statement with parameters a percent sign stands double."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''").replace("%", "%%") + "'"
    return str(value).lower()


def _attr(known: Mapping[Any, str], value: Any) -> str | None:
    return known.get(value) if isinstance(value, str) or hasattr(value, "hex") else None


def _rendered(statement: Select[Any]) -> tuple[str, dict[str, Any]]:
    made = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    processors: Mapping[str, Any] = made._bind_processors  # SQLAlchemy's own last step
    given = made.construct_params()
    return made.string, {n: processors[n](v) if n in processors and v is not None else v for n, v in given.items()}
