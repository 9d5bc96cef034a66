"""What a plugin says about documents: its letters, its document types, and the order to print one.

Pure values, no input or output beyond reading a TOML file. The kernel prints (``vlok.documents``); a plugin declares.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import Any, Generic, Literal, TypeVar

import orjson
from pydantic import Field, TypeAdapter

from vlok.api.catalogue import Dated, blocks
from vlok.api.errors import ContractError

Content = TypeVar("Content")
Plain = str | int | bool | date | list["Plain"] | dict[str, "Plain"] | None
Aanmaak = Literal["A", "M", "U"]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LOGO = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/]+=*")
_DATE = "$datum"
_AS_THEY_ARE = frozenset({str, int, bool, date, type(None)})


@dataclass(frozen=True)
class Signatory:
    """One who signs. ``plaatshouder`` is printed invisibly for an external signing tool (handleiding VLOK, 'Manuele
    ondertekenflow'); empty means none."""

    functie: str
    naam: str
    plaatshouder: str = ""


@dataclass(frozen=True)
class HouseStyle:
    """How an organisation's paper looks (infosessie 11/03/2020: letters follow the organisation's own huisstijl).

    ``logo`` is a base64 ``data:image/…`` URI (png, jpeg or svg) or None; colours are ``#rrggbb``. Everything else is
    text. A value that could smuggle style or an address into the page raises ``ValueError``.
    """

    organisatie: str
    adres: tuple[str, ...]
    telefoon: str
    email: str
    website: str
    afzender: str
    ondertekenaars: tuple[Signatory, ...] = ()
    logo: str | None = None
    kleur_hoofd: str = "#1f3a5f"
    kleur_accent: str = "#f2b705"

    def __post_init__(self) -> None:
        if not all(_COLOUR.fullmatch(kleur) for kleur in (self.kleur_hoofd, self.kleur_accent)):
            raise ValueError("kleur_hoofd en kleur_accent moeten de vorm #rrggbb hebben")
        if self.logo is not None and not _LOGO.fullmatch(self.logo):
            raise ValueError("logo moet een data:image/png, jpeg of svg+xml in base64 zijn")


@dataclass(frozen=True)
class Letter(Generic[Content]):
    """A letter is a template and the one type it may speak about.

    ``key`` is ``<plugin>.<soort>``, ``soort`` the document type (``DT034``), ``title`` the Dutch name, ``template`` the
    path with its plugin prefix (``oo/beslissing.html``), ``content`` a frozen dataclass, ``sample`` one of it, which
    every test and preview prints.
    """

    key: str
    soort: str
    title: str
    template: str
    content: type[Content]
    sample: Content

    def __post_init__(self) -> None:
        if not isinstance(self.sample, self.content):
            raise ContractError(f"{self.key}: het voorbeeld is geen {self.content.__name__}")

    def plain(self, content: Content) -> dict[str, Plain]:
        """``content`` as the dict that a ``RenderOrder`` carries. Raises ``TypeError`` for another type of content."""
        if not isinstance(content, self.content):
            raise TypeError(f"{self.key} spreekt over {self.content.__name__}, niet over {type(content).__name__}")
        value = plain(content)
        if not isinstance(value, dict):
            raise TypeError(f"{self.key}: de inhoud moet een dataclass zijn")
        return value


AnyLetter = Letter[Any]


def plain(value: object) -> Plain:
    """Dataclasses, mappings and sequences as dict and list; str, int, bool, None and date as they are.

    Nothing else may reach a template (it runs in a sandbox in another process): anything else raises ``TypeError``.
    """
    if type(value) in _AS_THEY_ARE:
        return value  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if value is None or (isinstance(value, str | int | date) and not isinstance(value, datetime)):
        return value
    raise TypeError(f"{type(value).__name__} kan niet in een document")


@dataclass(frozen=True)
class RenderOrder:
    """Everything needed to print one document, and nothing that needs the database.

    ``concept`` prints the ONTWERP watermark; ``signature_fields`` draws boxes for digital signatures where a document
    signed by hand has dotted lines. ``to_json`` / ``from_json`` carry the order through the job queue.
    """

    template: str
    content: dict[str, Plain]
    house: HouseStyle
    referte: str
    title: str
    date: date
    concept: bool = True
    signature_fields: bool = False
    language: str = "nl-BE"

    def to_json(self) -> str:
        """The order as JSON text; a date becomes ``{"$datum": "2026-11-22"}`` so that it returns as a date."""
        return orjson.dumps(self, default=_dated, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()

    @classmethod
    def from_json(cls, text: str) -> "RenderOrder":
        """The order that ``to_json`` wrote. Raises ``ValueError`` (pydantic's included) when it is not one."""
        raw = json.loads(text, object_hook=_revive)
        return cls(**{**raw, "house": TypeAdapter(HouseStyle).validate_python(raw["house"])})


def _dated(value: object) -> dict[str, str]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_DATE: value.isoformat()}
    raise TypeError(f"{type(value).__name__} kan niet in een document")


def _revive(raw: dict[str, Any]) -> Any:
    return date.fromisoformat(raw[_DATE]) if raw.keys() == {_DATE} else raw


class DocumentType(Dated):
    """One type of document (``DT034``).

    ``ondertekenaars`` are the functions that sign, in order; ``aanmaak`` says how it comes to be: A made by VLOK,
    M made by a user from a template, U uploaded.
    """

    nummer: str = Field(pattern=r"^DT\d{3}$")
    naam: str = Field(min_length=3)
    ondertekenaars: tuple[str, ...] = ()
    aanmaak: frozenset[Aanmaak] = Field(min_length=1)


def document_types(path: Traversable) -> tuple[DocumentType, ...]:
    """The ``[[documenttype]]`` blocks of a TOML file.

    Raises ``ContractError`` naming file, number and reason: not TOML, a wrong or missing field, or two blocks of one
    number that hold on the same day.
    """
    return blocks(path, "documenttype", DocumentType, "nummer")
