"""One read, one statement: a validated operation becomes one SQL statement, compiled once per document and role set."""
