"""Work in processes of their own: several at once, within limits, one at a time.

Start with `worker_process` (one), `worker_pool` (several) and `limits` (what a piece of work may
take). Nothing here knows what the work is.
"""
