"""Who may ask for the procedure, as dated data (``data/initiatiefnemers.toml``)."""

from importlib.resources import files

from vlok.api.catalogue import Code, blocks, codes

BURGEMEESTER = "burgemeester"
"""The one who asks nobody: a procedure on the burgemeester's own initiative has no verzoek."""

_BESTAND = files("vlok_oo") / "data" / "initiatiefnemers.toml"
INITIATIEFNEMERS = blocks(_BESTAND, "initiatiefnemer", Code)
_OP_CODE = codes(_BESTAND, "initiatiefnemer", Code)


def naam_van(code: str) -> str:
    """The Dutch name; the code itself when it is no longer in the list."""
    return _OP_CODE[code].naam if code in _OP_CODE else code
