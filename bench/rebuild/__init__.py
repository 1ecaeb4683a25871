"""The cost of rebuilds: of whole ones by size in `__main__.py`, of their stages in `stages.py`."""
