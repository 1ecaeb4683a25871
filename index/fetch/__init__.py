"""Pages of the web, fetched when asked for, and never from where they should not be."""
