"""What the form of articles tells: cells of tables, numbered parts, the newest of a series.

Start reading at `table_cell.py`: it picks the cell that a question asks for.
"""
