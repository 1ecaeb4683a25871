"""Tells an article from the boilerplate around it."""
