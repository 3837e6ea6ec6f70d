"""What several kinds of tests need beside servers and fakes."""
