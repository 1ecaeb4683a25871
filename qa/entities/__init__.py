"""Find names, amounts, distributions and lists in a text, by dictionary tags and patterns."""
