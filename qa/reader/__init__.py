"""Find the span that answers: selection, features, network, probabilities.

Which sentence answers is left to `qa.evidence`. Start with `span_reader`.
"""
