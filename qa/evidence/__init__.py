"""Ranks sentences as evidence and tells how sure an answer is."""
