"""Tables without drawn cells: where they are, their columns, their header and their rows.

`open_tables.py` finds them by their words alone, `rule_ladders.py` by the level rules about them.
`open_table.py` reads one: its columns (`open_columns.py`), header (`open_heads.py`) and rows
(`open_rows.py`).
"""
