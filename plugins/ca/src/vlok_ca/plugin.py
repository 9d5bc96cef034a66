"""Procedure conformiteitsattest (CA).

Not built yet: this module offers no hook, so the kernel loads nothing from it.
"""
