"""The mail edge: reading MIME, IMAP in, SMTP out."""
