"""Durable jobs: Procrastinate, in the same database and the same transaction."""
