"""Encoders and rerankers, and the bundled weights."""
