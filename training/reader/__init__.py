"""Trains the span reader of `qa/reader` in torch, which the product runs in numpy.

`examples` prepares questions with retrieved sentences, `sampling` and `batches` feed them to
`network`, and `train` runs the loop.
"""
