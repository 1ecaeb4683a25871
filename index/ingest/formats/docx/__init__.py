"""Word documents (.docx): paragraphs, headings, lists and tables in their places."""
