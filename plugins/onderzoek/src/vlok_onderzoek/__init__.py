"""Plugin ``onderzoek``: conformiteitsonderzoek en technisch verslag."""
