"""Fault injection: rebuilds killed at any instant, stores put wrong while they are edited.

`workload` changes a folder of articles and predicts the index of it, `processes` runs and kills
rebuilds, `readers` query the server meanwhile, `oracle` inspects the store, `kill_loop` is the loop
of kills. `editors` upload and delete articles, `faults` put a store wrong, `fault_loop` is the loop
of faults.
"""
