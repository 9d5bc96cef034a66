"""What every procedure talks about: Pand, Entiteit, Adres, capakey, Betrokkene, Deelprocedure. Knows no procedure."""
