"""The register's front door: all that a plugin may import from it."""
