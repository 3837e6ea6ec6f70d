"""What the trade knows: frozen values, no clock, no I/O, standard library only."""
