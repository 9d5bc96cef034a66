"""The part ``brieven``: letters per second, of the product's printer and of WeasyPrint as one would use it at first."""
