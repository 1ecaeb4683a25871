"""Reads the span that answers out of the sentences that were found."""
