"""Why an examination is done, as dated data (``data/redenen.toml``)."""

from importlib.resources import files

from pydantic import Field

from vlok.api.catalogue import Code, blocks, codes

_BESTAND = files("vlok_onderzoek") / "data" / "redenen.toml"


class Reden(Code):
    """A reason; ``voor`` names the kinds of organisation (``lokaal_bestuur``, ``wvl``…) that may choose it."""

    voor: frozenset[str] = Field(min_length=1)


REDENEN = blocks(_BESTAND, "reden", Reden)
_OP_CODE = codes(_BESTAND, "reden", Reden)


def naam_van(code: str) -> str:
    """The Dutch name; the code itself when it is no longer in the list."""
    return _OP_CODE[code].naam if code in _OP_CODE else code
