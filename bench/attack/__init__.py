"""Attacks on a running server, bounded and on the loopback interface.

Slow clients, and more questions than it can bear: start reading at `slow_clients.py` and
`overload.py`, which measure; `candidates.py` has the servers that the same application can be put
on, `clients.py` those who ask.

The others start a server of their own (`target.py`) and exit with 1 if they succeed:
`mixed_load.py` asks, searches, reads, edits and rebuilds at once, `odd_requests.py` and
`odd_questions.py` send what nobody sends by mistake, `hostile_uploads.py` files that are made to
take all of a machine, `streams.py` leaves in the middle of an answer, `kill_server.py` kills.
"""
