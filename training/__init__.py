"""Training of the models that ship with Yiju, from public data to the weights files.

`encoder` makes the sentence encoder, `body` the transformer under the span reader, `reader` the
span reader and `rankers` the networks that rank, select and calibrate, in this order; `boilerplate`
fits the line classifier. They share `sources`
and `dictionaries` (the data), `leakage`, `translate`, `examples` and `corpora`.
"""
