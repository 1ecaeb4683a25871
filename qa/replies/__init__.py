"""Puts an answer together from evidence."""
