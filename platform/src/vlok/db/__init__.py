"""The database: embedded or external PostgreSQL, sessions, migrations per distribution."""
