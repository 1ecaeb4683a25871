"""Understands a question: what it asks for, what it is about, whether it leans on the history."""
