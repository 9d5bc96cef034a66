"""The kernel: organisations, roles, dossiers, tasks, documents. It knows no dwelling and no procedure."""

import gc

# Nearly all that is made while starting stays: a quarter of a million objects. With Python's own thresholds (700, 10)
# the collector walks through them again and again, a seventh of the start. While serving, a look at 10,000 objects
# takes about a millisecond.
gc.set_threshold(10_000, 100)
