"""Turn the bytes of files into clean articles.

`sources` finds files and decodes them, `formats` reads each format, `structure` finds titles, dates
and tables in lines, `boilerplate` cuts what isn't the article, `recognition` reads the words in
pictures. Start reading at `read.py`; storing articles is left to `index.store`, fetching pages to
`index.fetch`.
"""
