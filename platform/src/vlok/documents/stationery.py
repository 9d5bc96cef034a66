"""From a render order to HTML: a sandboxed, strict template environment in which a typo is an error."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency
from jinja2 import PackageLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vlok.api.documents import RenderOrder
from vlok.api.errors import ContractError

KERNEL = "kernel"
_LOCALE = "nl_BE"


def datum(day: date) -> str:
    """``22 november 2026``."""
    return format_date(day, "d MMMM y", locale=_LOCALE)


def euro(cents: int) -> str:
    """An amount in cents as ``€ 1.250,00``."""
    return format_currency(Decimal(cents) / 100, "EUR", locale=_LOCALE)


def opsomming(items: Sequence[str]) -> str:
    """``a, b en c``: a list as it is written in a Dutch sentence."""
    *front, last = items
    return f"{', '.join(front)} en {last}" if front else last


class Stationery(ImmutableSandboxedEnvironment):
    """A template may read plain values and call its own macros; nothing more.

    Jinja's sandbox stops attribute escapes but not what eats memory: ``'a' * 10**9`` and ``'a'.center(10**9)`` are
    refused here. The process that renders is limited as well (``vlok.documents.renderer``).
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"{operator} mag niet in een sjabloon")

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro | BlockReference)

    def getattr(self, obj: Any, attribute: str) -> Any:
        # Content is a dict: `it.items` must be its field of that name or a typo, never the method of the dict.
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def stationery(packages: Mapping[str, str]) -> Stationery:
    """The environment over the kernel's layout and the ``templates`` folder of each plugin.

    ``packages`` maps a plugin's prefix to its package (``{"oo": "vlok_oo"}``); one plugin cannot shadow the
    letters of another nor of the kernel. Raises ``ContractError`` for a plugin that wants the kernel's prefix or ships
    no templates.
    """
    if KERNEL in packages:
        raise ContractError(f"{KERNEL!r} is het voorvoegsel van de kernel en kan niet van een plugin zijn")
    try:
        plugins = {key: PackageLoader(package) for key, package in packages.items()}
    except (ImportError, ValueError) as fault:
        raise ContractError(f"een plugin met documenten zonder map templates: {fault}") from fault
    loader = PrefixLoader({KERNEL: PackageLoader("vlok.documents", "assets"), **plugins})
    environment = Stationery(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    allowed = ("capitalize", "escape", "first", "join", "last", "length", "lower", "trim", "upper")
    environment.filters = {name: environment.filters[name] for name in allowed}
    environment.filters |= {"datum": datum, "euro": euro, "opsomming": opsomming}
    environment.globals = {}
    return environment


def html(environment: Stationery, order: RenderOrder) -> str:
    """The document as HTML text. In a template ``it`` is the content, ``huis`` the house style, ``brief`` the order.

    Raises jinja2's ``UndefinedError`` for a name that does not exist, ``SecurityError`` for what is forbidden.
    """
    return environment.get_template(order.template).render(it=order.content, huis=order.house, brief=order)
