"""Compartments: shielded places beside the common one, who is admitted, and the facts that cross."""
