"""Plugin ``wi``: gerechtelijke procedure van de Wooninspectie."""
