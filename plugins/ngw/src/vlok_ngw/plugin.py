"""Besluit artikel 135 §2 Nieuwe Gemeentewet (NGW).

Not built yet: this module offers no hook, so the kernel loads nothing from it.
"""
