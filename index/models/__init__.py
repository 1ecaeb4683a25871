"""Encoders, rerankers and small networks, and the bundled encoder's files.

Start at `encoder`, the protocols; `loading` finds a model by its name. Training is in `training`.
"""
