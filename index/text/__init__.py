"""Text itself: folding, numbers, words, sentences, passages."""
