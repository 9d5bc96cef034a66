"""Gerechtelijke procedure van de Wooninspectie (WI).

Not built yet: this module offers no hook, so the kernel loads nothing from it.
"""
