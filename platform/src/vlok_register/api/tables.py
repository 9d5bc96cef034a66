"""The register's tables, for plugins."""

from vlok_register.tables import Betrokkene, Deelprocedure, Entiteit, Pand

__all__ = ["Betrokkene", "Deelprocedure", "Entiteit", "Pand"]
