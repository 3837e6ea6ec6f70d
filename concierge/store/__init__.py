"""The storage edge: SQLite rows, repositories, migrations, and the files staff curate."""
