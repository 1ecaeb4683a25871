"""Storage on disk: the store's folder, its lock, manifests, retention, backups.

Start with `store` (the folder and the switch). What a store is made from is in `index.library`, how
a generation is written in `index.build`, how it is searched in `index.search`.
"""
