"""The commands, one module a noun, loaded lazily; they print and ask, and decide nothing."""
