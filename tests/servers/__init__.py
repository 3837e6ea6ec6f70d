"""Real servers on loopback for tests: private, started for one test session, stopped cleanly."""
