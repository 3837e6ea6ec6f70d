"""One module a migration, numbered in their order; never edited once released."""
