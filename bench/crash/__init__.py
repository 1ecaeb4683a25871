"""Kills rebuilds at any instant and checks that nothing is lost."""
