"""What lies on disk: the library in SQLite, the generations, the lock, backups."""
