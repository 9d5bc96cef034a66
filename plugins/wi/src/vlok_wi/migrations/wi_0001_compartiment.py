"""compartiment."""

from vlok.api.compartment_migration import GAST, LOG, close_place, open_place, stand_in

revision = "wi_0001"
down_revision = None
branch_labels = None
depends_on = None

OWN = f"gebruiker_id = {GAST}"
"""A guest reaches the answers to own requests, and the files uploaded for them."""


def upgrade() -> None:
    """Forward."""
    open_place("wi")
    stand_in(
        "wi",
        (
            "dossier",
            "taak",
            "bestand",
            "document",
            "uitvoering",
            "antwoord",
            "feit",
            "nummerreeks",
            "parameterwaarde",
            "opmerking",
            "afscherming",
            "ontvangst",
            "deelprocedure",
            "betrokkene",
        ),
        guests={"antwoord": OWN, "bestand": OWN},
    )
    stand_in("wi" + LOG, ("auditregel",))


def downgrade() -> None:
    """Back."""
    close_place("wi")
