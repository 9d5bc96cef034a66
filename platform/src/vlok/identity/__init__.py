"""People, the roles they hold, and their sessions."""
