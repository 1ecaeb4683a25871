"""Readers of sheets: `.csv` and `.xlsx`, each row a line with the names of its cells.

`read_xlsx.py` reads the XML of a workbook itself, in the package that `sources/office_package`
opens: openpyxl gives up a workbook for a drawing that isn't there, and python-calamine tells 0.12
where the sheet shows 12%. `cell_format.py` writes a number as its cell shows it, `sheet_lines.py`
makes lines of rows.
"""
