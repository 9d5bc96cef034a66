"""Questions that nobody asks who means well, generated: what each must be answered with.

The families are those of OWASP's GraphQL cheat sheet and of the checks of graphql-cop, batchql and clairvoyance, made
by hand: those tools send a few fixed questions, here each family has a row of sizes around the limit and far beyond.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

HEAVY, WRONG = "TE_ZWAAR", "ONGELDIG"
JSON_TYPE = "application/json"


@dataclass(frozen=True)
class Abuse:
    """One request. ``code``: that of every error in the answer; empty when it is answered without error."""

    name: str
    content: bytes
    code: str
    status: int = 200
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": JSON_TYPE})


def asked(query: str, **more: Any) -> bytes:
    """A request for a query."""
    return json.dumps({"query": query, **more}).encode()


def doubling(levels: int, *, leaf: str = "naam") -> str:
    """2 ** levels fields in a few hundred words."""
    chain = "\n".join(f"fragment f{n} on Ik {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ ik {{ ...f0 }} }}\n{chain}\nfragment f{levels} on Ik {{ {leaf} }}"


def doubling_lists(levels: int) -> str:
    """The same through lists in lists: rows and fields double together."""
    chain = "\n".join(
        f"fragment f{n} on Taak {{ a: dossier {{ taken(first: 1) {{ ...f{n + 1} }} }}"
        f" b: dossier {{ taken(first: 1) {{ ...f{n + 1} }} }} }}"
        for n in range(levels)
    )
    return f"{{ werklijst {{ edges {{ node {{ ...f0 }} }} }} }}\n{chain}\nfragment f{levels} on Taak {{ id }}"


def circle(length: int) -> str:
    """Fragments that spread each other in a circle."""
    ring = " ".join(f"fragment c{n} on Ik {{ naam ...c{(n + 1) % length} }}" for n in range(length))
    return f"{{ ik {{ ...c0 }} }} {ring}"


def nested(levels: int, *, first: int) -> str:
    """Lists within lists."""
    below = f"dossier {{ taken(first: {first}) {{ " * levels + "id" + " } }" * levels
    return f"{{ werklijst(first: {first}) {{ edges {{ node {{ {below} }} }} }} }}"


def wide(aliases: int) -> str:
    """The same root field under many names."""
    return "{" + " ".join(f"a{n}: ik {{ naam }}" for n in range(aliases)) + "}"


def corpus() -> list[Abuse]:
    """All of them."""
    return [*_heavy(), *_wrong_documents(), *_introspection(), *_suggestions(), *_values(), *_bodies(), *_requests()]


def _each(family: str, code: str, queries: Mapping[Any, str]) -> Iterator[Abuse]:
    for name, query in queries.items():
        yield Abuse(f"{family}: {name}", asked(query), code)


def _heavy() -> Iterator[Abuse]:
    yield from _each("fragment bomb", HEAVY, {n: doubling(n) for n in (8, 10, 12, 16, 20, 24, 30, 40, 48, 60, 80, 100)})
    yield from _each("bomb of nothing", HEAVY, {n: doubling(n, leaf="") for n in (10, 20, 48)})
    yield from _each("bomb of lists", HEAVY, {n: doubling_lists(n) for n in (5, 8, 12, 20, 40)})
    yield from _each("circle", HEAVY, {n: circle(n) for n in (1, 2, 3, 10, 49)})
    yield from _each("aliases", HEAVY, {n: wide(n) for n in (31, 60, 100, 300, 1000)})
    yield from _each("duplicated field", HEAVY, {n: "{ ik { " + "naam " * n + "} }" for n in (202, 500, 950, 3000)})
    sizes = ((8, 30), (30, 10), (60, 25), (60, 30), (100, 40))
    inline = {f"{n}x{m}": "{ ik { " + ("... on Ik { " + "naam " * m + "} ") * n + "} }" for n, m in sizes}
    yield from _each("inline fragments", HEAVY, inline)
    yield from _each("directives", HEAVY, {n: "{ ik { naam " + "@x " * n + "} }" for n in (51, 200, 900)})
    skips = {n: "{ ik { " + "naam @skip(if: true) " * n + "} }" for n in (51, 200)}
    yield from _each("skips", HEAVY, skips)
    spreads = {n: "{ ik { " + "...f " * n + "} } fragment f on Ik { naam }" for n in (600, 900)}
    yield from _each("spreads", HEAVY, spreads)
    unused = {n: "{ ik { naam } } " + "".join(f"fragment f{i} on Ik {{ naam }} " for i in range(n)) for n in (50, 150)}
    yield from _each("unused fragments", HEAVY, unused)
    deep = {n: "{ ik { " + "... on Ik { " * n + "naam" + " }" * n + " } }" for n in (41, 100, 150)}
    yield from _each("inline fragments in each other", HEAVY, deep)
    lists = ((1, 500), (2, 50), (4, 12))
    yield from _each("lists in lists", HEAVY, {f"{n} of {m}": nested(n, first=m) for n, m in lists})
    yield from _each("depth", HEAVY, {n: nested(n, first=1) for n in (5, 20, 50)})
    yield from _each("words", HEAVY, {n: "{ ik { " + "naam\n" * n + "} }" for n in (2_000, 5_000, 12_000)})
    yield from _each("comments", HEAVY, {n: "#\n" * n + "{ ik { naam } }" for n in (101, 30_000)})
    yield from _each("blanks", HEAVY, {n: " " * n + "{ ik { naam } }" for n in (66_000, 200_000)})


def _wrong_documents() -> Iterator[Abuse]:
    yield from _each("braces", WRONG, {n: "{" * n for n in (1, 900, 1_900, 5_000)})
    yield from _each("closed braces", WRONG, {n: "{" * n + "}" * n for n in (2, 900)})
    literal = "{{ node(id: {0}1{1}) {{ id }} }}"
    for code, depths in ((WRONG, (1, 150)), (HEAVY, (300, 900, 3_000))):
        yield from _each("list literals", code, {n: literal.format("[" * n, "]" * n) for n in depths})
        objects = {n: "{ werklijst(filter: " + "{a: " * n + "1" + "}" * n + ") { totalCount } }" for n in depths}
        yield from _each("deep input object", code, objects)
    yield from _each("wide list", WRONG, {n: "{ node(id: [" + "1 " * n + "]) { id } }" for n in (10, 1_900)})
    names = {n: "{ ik { " + " ".join(f"x{i}" for i in range(n)) + " } }" for n in (1, 100, 900)}
    yield from _each("unknown fields", WRONG, names)
    variables = {n: "query(" + " ".join(f"$a{i}: Int" for i in range(n)) + ") { ik { naam } }" for n in (1, 100, 450)}
    yield from _each("unused variables", WRONG, variables)
    yield from _each("no question", WRONG, {
        "schema": "type A { a: Int } " * 20, "only a fragment": "fragment f on Ik { naam }", "blank": "\ufeff#",
        "text": "hallo", "two unnamed": "{ ik { naam } } { ik { id } }", "subscription": "subscription { ik { naam } }",
        "same name": "query A { ik { naam } } query A { ik { id } }", "unknown fragment": "{ ik { ...f } }",
        "defer": "{ ik { ... @defer { naam } } }", "stream": "{ ik { rollen @stream { code } } }",
        "conflict": "{ ik { a: naam a: id } }", "unknown directive": "{ ik { naam @x } }",
        "include without if": "{ ik { naam @include } }", "no selection": "{ ik }", "scalar with selection":
        "{ ik { naam { x } } }", "fragment of another type": "{ ik { ... on Taak { id } } }",
        "unknown type": "{ ik { ... on Niets { id } } }", "mutation of a query": "mutation { ik { naam } }",
    })  # fmt: skip
    two = "query A { ik { naam } } query B { ik { id } }"
    for name in ("", "C", "a", "A B", "__proto__", "x" * 10_000):
        yield Abuse(f"operationName: {name[:20]}", asked(two, operationName=name), WRONG)
    yield Abuse("operationName: none of two", asked(two), WRONG)
    yield Abuse("operationName: one of two", asked(two, operationName="B"), "")


def _introspection() -> Iterator[Abuse]:
    of_type = "ofType { " * 9 + "name" + " }" * 9
    yield Abuse("introspection: deep", asked("{ __schema { types { fields { type { " + of_type + " } } } } }"), HEAVY)
    for levels, code in ((3, WRONG), (6, HEAVY)):
        fields = "fields { type { " * levels + "name" + " } }" * levels
        yield Abuse(f"introspection: {levels} circles", asked("{ __schema { types { " + fields + " } } }"), code)


def _suggestions() -> Iterator[Abuse]:
    yield from _each("almost right", WRONG, {
        "field": '{ dosier(referte: "x") { id } }', "nested field": "{ ik { naamm } }",
        "argument": '{ dossier(reverte: "x") { id } }', "type": "{ ik { ... on Ikk { naam } } }",
        "variable type": "query($f: WerklijstFilterr) { werklijst(filter: $f) { totalCount } }",
        "input field": "{ werklijst(filter: {zoekk: 1}) { totalCount } }",
        "directive": "{ ik { naam @inclde(if: true) } }", "directive argument": "{ ik { naam @include(iff: true) } }",
        "fragment": "{ ik { ...Delenn } } fragment Delen on Ik { id }",
        "mutation": 'mutation { voerHandelingUitt(handeling: "x", subject: "x") { uitgevoerd } }',
        "enum": 'mutation { proefNoteren(subject: "x", invoer: {nota: {soort: GEWON}}) { uitgevoerd } }',
        "enum as text": 'mutation { proefNoteren(subject: "x", invoer: {nota: {soort: "GEWOON"}}) { uitgevoerd } }',
    })  # fmt: skip
    query = 'mutation($i: ProefNoterenInvoer) { proefNoteren(subject: "x", invoer: $i) { uitgevoerd } }'
    wrong: dict[str, Any] = {"enum": {"nota": {"soort": "GEWON"}}, "field": {"notaa": {}}, "below": {"nota": {"x": 1}}}
    for name, invoer in wrong.items():
        yield Abuse(f"almost right in a variable: {name}", asked(query, variables={"i": invoer}), WRONG)


TYPES: Mapping[str, Iterable[Any]] = {
    "Int!": ("a", 1.5, True, [], {}, None, 2**31, -(2**31) - 1, 10**30, "1"),
    "String!": (1, 1.5, True, [], {}, None),
    "ID!": (1.5, True, [], {}, None),
    "Boolean!": (1, "true", [], {}, None),
    "WerklijstFilter": (1, "a", [1], {"nummer": "a"}, {"enkelMijn": 1}, {"zoek": {}}, {"zoek": ["a"]}),
}
USES = {
    "Int!": "werklijst(first: $v) { totalCount }",
    "String!": "dossier(referte: $v) { id }",
    "ID!": "node(id: $v) { id }",
    "Boolean!": 'handelingen(subject: "x", ookNietBeschikbaar: $v) { sleutel }',
    "WerklijstFilter": "werklijst(filter: $v) { totalCount }",
}


def _values() -> Iterator[Abuse]:
    for type_, values in TYPES.items():
        query = f"query($v: {type_}) {{ {USES[type_]} }}"
        for value in values:
            yield Abuse(f"{type_} gets {str(value)[:20]!r}", asked(query, variables={"v": value}), WRONG)
        yield Abuse(f"{type_} gets another type", asked(query.replace(type_, "Float")), WRONG)
    for first in (-(10**9), -1, 0, 10**9, 2**31 - 1):
        query = f"{{ werklijst(first: {first}) {{ totalCount edges {{ cursor }} }} }}"
        yield Abuse(f"first: {first}", asked(query), "")
    for literal in ("99999999999", "1e9", '"5"', "null", "9" * 5_000, "0x10", "{}"):
        yield Abuse(f"first: {literal[:12]}", asked(f"{{ werklijst(first: {literal}) {{ totalCount }} }}"), WRONG)
    for name, cursor in FORGED.items():
        query = "query($c: String) { werklijst(after: $c) { totalCount } }"
        yield Abuse(f"cursor: {name}", asked(query, variables={"c": cursor}), WRONG)
    for hidden in ("domein", "gebied", "gedeeldOp", "sorteerdatum", "gebruikerId", "_and", "__typename"):
        yield Abuse(f"filter: {hidden}", asked(f"{{ werklijst(filter: {{{hidden}: 1}}) {{ totalCount }} }}"), WRONG)
        yield Abuse(f"sort: {hidden}", asked(f'{{ werklijst(orderBy: "{hidden}") {{ totalCount }} }}'), WRONG)
        yield Abuse(f"field: {hidden}", asked(f"{{ werklijst {{ edges {{ node {{ {hidden}X }} }} }} }}"), WRONG)


FORGED = {
    "no base64": "%%%", "a letter": "a", "blank": " ", "a number": "10", "an offset": "b2Zmc2V0OjEw",
    "order values": "WyIyMDI2LTEyLTAxIiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0", "zeros": "A" * 92,
    "long": "A" * 100_000, "sql": "' or 1=1 --", "a zero byte": "\0", "other letters": "é€",
}  # fmt: skip


def _bodies() -> Iterator[Abuse]:
    ok = '"query": "{ ik { naam } }"'
    wrong: dict[str, str | bytes] = {
        "nothing": "", "a brace": "{", "null": "null", "a number": "1", "text": '"{ ik { naam } }"', "true": "true",
        "an empty list": "[]", "a batch": f"[{{{ok}}}]", "a batch of two": f"[{{{ok}}}, {{{ok}}}]",
        "a batch of a thousand": f"[{', '.join([f'{{{ok}}}'] * 1000)}]", "no query": "{}",
        "a query of null": '{"query": null}',
        "a query of numbers": '{"query": 5}', "a query of lists": '{"query": ["{ ik { naam } }"]}',
        "a query twice": f"{{{ok}, {ok}}}", "variables twice": f'{{{ok}, "variables": {{"a": 1, "a": 2}}}}',
        "a list of variables": f'{{{ok}, "variables": [1]}}', "variables as text": f'{{{ok}, "variables": "{{}}"}}',
        "a number as name": f'{{{ok}, "operationName": 5}}', "NaN": f'{{{ok}, "variables": {{"a": NaN}}}}',
        "Infinity": f'{{{ok}, "variables": {{"a": -Infinity}}}}', "a lone surrogate": '{"query": "\\ud800"}',
        "a huge number": f'{{{ok}, "variables": {{"a": {"9" * 5_000}}}}}', "not UTF-8": b'{"query": "\xff"}',
        "UTF-16": '{"query": "{ ik { naam } }"}'.encode("utf-16"), "a zero byte": f"{{{ok}\0}}",
        "a comment": f"{{{ok} /* x */}}", "a comma too many": f"{{{ok},}}",
        "single quotes": "{'query': '{ ik { naam } }'}",
        "two values": f"{{{ok}}}{{{ok}}}", "a multipart map": f'{{"operations": {{{ok}}}, "map": {{}}}}',
    }  # fmt: skip
    for levels in (33, 100, 1_000, 5_000, 100_000):
        wrong[f"{levels} lists"] = "[" * levels + "]" * levels
        wrong[f"{levels} open lists"] = "[" * levels
        wrong[f"{levels} lists in a variable"] = f'{{{ok}, "variables": {{"a": {"[" * levels}{"]" * levels}}}}}'
    wrong["33 objects in a variable"] = f'{{{ok}, "variables": ' + '{"a": ' * 33 + "1" + "}" * 34
    for name, text in wrong.items():
        yield Abuse(f"body: {name}", text.encode() if isinstance(text, str) else text, WRONG, 400)
    yield Abuse("body: a blank query", asked(" "), WRONG, 400)
    for size in (300_000, 5_000_000):
        long = asked("{ ik { naam } }", variables={"a": "x" * size})
        yield Abuse(f"body: {size} bytes of variables", long, WRONG, 413)
        yield Abuse(f"body: {size} bytes of blanks", b" " * size, WRONG, 413)
    yield Abuse("body: many variables", asked("{ ik { naam } }", variables={f"v{n}": n for n in range(15_000)}), "")
    query = "query($f: WerklijstFilter) { werklijst(filter: $f) { totalCount } }"
    yield Abuse("body: a long list in a variable", asked(query, variables={"f": [0] * 80_000}), WRONG)
    yield Abuse("body: tracing asked", asked("{ ik { naam } }", extensions={"tracing": True}), "")


def _requests() -> Iterator[Abuse]:
    body = asked("{ ik { naam } }")
    forms = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    for kind in (*forms, "application/xml", "application/graphql", "text/json", "application/json-patch+json", ""):
        yield Abuse(f"type: {kind or 'none'}", body, WRONG, 415, headers={"content-type": kind} if kind else {})
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        yield Abuse(f"method: {method}", body, WRONG, 405, method)
    yield Abuse("type: with a charset", body, "", headers={"content-type": "application/json; charset=utf-8"})
