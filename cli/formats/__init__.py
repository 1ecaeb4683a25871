"""Texts and JSON that commands print: answers, evaluations, kept questions, notices."""
