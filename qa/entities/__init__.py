"""Names, amounts and lists in a text."""
