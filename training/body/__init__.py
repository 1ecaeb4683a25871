"""Pretrains the transformer under the span reader: masked words over frozen word vectors.

`texts` gathers what is read, `masking` hides words, `pretrain` runs the loop.
"""
