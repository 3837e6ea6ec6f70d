"""The ports the desk talks to, each a Protocol that states its failure contract."""
