"""Find names, amounts, distributions and lists by tags and patterns."""
