"""Read the span that answers out of sentences: selection, features, network, probabilities.

Which sentence answers is left to `qa.evidence`. Start with `span_reader`.
"""
