"""Plugin ``vivoo``: Vlaamse inventaris van ongeschikte en onbewoonbare woningen."""
