"""Benchmarks: what Yiju costs and how good it is, each figure printed by a command.

`service`, `serve` and `rebuild` measure time, memory and disk; `encoder`, `quality`, `answers`,
`documents` and `boilerplate` measure quality, and `peers` both, beside other libraries;
`compare` compares two versions; `crash` injects faults, `attack` sends slow clients and hostile
input. `held` tells what a server holds.
"""
