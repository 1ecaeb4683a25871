"""Attacks on a running server: clients that are slow, and more questions than it can bear.

Start reading at `slow_clients.py` and `overload.py`, which measure; `candidates.py` has the servers
that the same application can be put on, `clients.py` those who ask. All of it stays on the loopback
interface and ends within ten minutes.
"""
