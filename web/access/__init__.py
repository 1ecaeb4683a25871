"""Who may do what, and how often.

Start reading at `Gate` in `gate.py`, which every request passes. `endpoint_rights.py` has the right
that each route needs, `without_key.py` what is open to all, `rate_limits.py` the limits, whose
counters `counter_storage.py` keeps for all processes. `session_routes.py` signs a page in and out.
"""
