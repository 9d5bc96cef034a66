"""The bench: generated data at the published load, scenarios of the product, and references beside it in one run."""
