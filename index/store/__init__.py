"""Storage on disk: the store's folder, its lock, its library in SQLite, manifests, backups.

All SQL is here. Start with `store` (the folder and the switch) and `library` (the source of truth).
How a generation is written is in `index.build`, how it is searched in `index.search`.
"""
