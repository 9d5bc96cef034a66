"""References, as everything in VLOK has one."""

import re

REFERTE = re.compile(r"^(?P<prefix>[A-Z]{2})(?P<jaar>\d{2})-(?P<nummer>\d{6})$")
"""``EN18-016485``: prefix, two digits of the year of creation, six digits (reference formats of VLOK)."""
