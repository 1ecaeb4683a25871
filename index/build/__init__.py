"""Makes a new generation of the index from files, web pages and uploads."""
