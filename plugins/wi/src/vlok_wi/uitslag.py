"""What an examination for the Wooninspectie can say about an entiteit, in the codes of VLOK."""

from enum import StrEnum


class WiUitslag(StrEnum):
    """Quality, possibly with overbewoning (handleiding VLOK, "Hoe berekent VLOK de resultaten?")."""

    VOL = "VOL"
    OG = "OG"
    OGOB = "OG/OB"
    VOL_OVB = "VOL/OVB"
    OG_OVB = "OG/OVB"
    OGOB_OVB = "OG/OB/OVB"

    @property
    def label(self) -> str:
        """The result in words."""
        return LABELS[self]


LABELS = {
    WiUitslag.VOL: "voldoet",
    WiUitslag.OG: "ongeschikt",
    WiUitslag.OGOB: "ongeschikt en onbewoonbaar",
    WiUitslag.VOL_OVB: "voldoet, maar overbewoond",
    WiUitslag.OG_OVB: "ongeschikt en overbewoond",
    WiUitslag.OGOB_OVB: "ongeschikt, onbewoonbaar en overbewoond",
}
CONFORM = WiUitslag.VOL
"""Only this counts as conform: an overbewoonde woning may be let no more than an unfit one (VCW art. 3.34)."""
