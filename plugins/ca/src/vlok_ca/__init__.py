"""Plugin ``ca``: procedure conformiteitsattest."""
