"""Benchmarks: what Yiju costs and how good it is, each figure printed by a command.

`service`, `serve` and `rebuild` measure time, memory and disk; `encoder`, `quality`, `answers`,
`documents`, `boilerplate` and `peers` measure quality; `compare` compares two versions;
`crash` injects faults, `attack` sends slow clients and hostile input. `held` tells what a server
holds.
"""
