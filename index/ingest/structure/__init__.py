"""The structure of a text: line shapes, dates, bylines, headings, tables, HTML blocks."""
