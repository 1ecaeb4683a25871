"""From a question and the passages found for it to an answer with citations."""
