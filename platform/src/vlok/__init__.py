"""The kernel: organisations, roles, dossiers, tasks, documents. It knows no dwelling and no procedure."""

import gc

# Nearly all that is made while starting stays: half a million objects. With Python's own threshold (700) the collector
# walks through them again and again, a fifth of the start; while serving, a collection of these is still below 1 ms.
gc.set_threshold(10_000)
