"""What every procedure talks about: Pand, Entiteit, Adres, capakey, Betrokkene, Deelprocedure. It knows no procedure."""
