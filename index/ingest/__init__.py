"""From files on disk to clean articles."""
