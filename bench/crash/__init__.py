"""Fault injection: rebuilds killed at any instant, and an oracle.

`workload` changes a folder of articles and predicts the index of it, `processes` runs and kills
rebuilds, `readers` query the server meanwhile, `oracle` inspects the store. `__main__` is the loop.
"""
