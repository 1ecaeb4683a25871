"""Trains the small networks that rank passages, rank sentences and calibrate confidence.

They are fitted in this order, as each sees the output of the ones before, and after the span
reader, whose output they see as well. `fit` fits a network; `__main__` runs the stages.
"""
