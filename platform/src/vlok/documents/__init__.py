"""Documents: stationery (HTML), printer (PDF), the pool that isolates both, and the check on what users upload."""
