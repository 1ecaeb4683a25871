"""The store: articles in, passages out, and the two indexes that find them."""
