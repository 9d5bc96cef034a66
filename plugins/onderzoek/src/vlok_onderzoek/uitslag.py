"""What an examination can say about an entiteit, as VLOK writes it."""

from enum import StrEnum


class OnderzoekUitslag(StrEnum):
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
    OnderzoekUitslag.VOL: "voldoet",
    OnderzoekUitslag.OG: "ongeschikt",
    OnderzoekUitslag.OGOB: "ongeschikt en onbewoonbaar",
    OnderzoekUitslag.VOL_OVB: "voldoet, maar overbewoond",
    OnderzoekUitslag.OG_OVB: "ongeschikt en overbewoond",
    OnderzoekUitslag.OGOB_OVB: "ongeschikt, onbewoonbaar en overbewoond",
}
