"""compartiment."""

from vlok.api.compartment_migration import GAST, LOG, close_place, open_place, stand_in

revision = "kluis_0001"
down_revision = None
branch_labels = None
depends_on = None

OWN = f"gebruiker_id = {GAST}"
TABLES = (
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
)


def upgrade() -> None:
    """Forward."""
    open_place("kluis")
    stand_in("kluis", TABLES, guests={"taak": OWN, "antwoord": OWN, "bestand": OWN})
    stand_in("kluis" + LOG, ("auditregel",))


def downgrade() -> None:
    """Back."""
    close_place("kluis")
