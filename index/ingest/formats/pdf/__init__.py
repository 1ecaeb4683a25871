"""PDF files: their words put back into the lines, paragraphs and tables of the page."""
