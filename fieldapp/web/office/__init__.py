"""A commune's office: its first days, its backups, what can't wait, and what goes on by itself."""
