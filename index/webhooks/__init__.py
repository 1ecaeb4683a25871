"""Webhooks: tell addresses of the owner what happened, signed as Standard Webhooks has it.

`webhooks.py` has the queues, `attempt.py` one attempt to tell one address; what happened is handed
in as an `Event`.
"""
