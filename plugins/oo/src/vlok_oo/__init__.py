"""Plugin ``oo``: procedure ongeschikt- en onbewoonbaarverklaring, met waarschuwingsprocedure."""
