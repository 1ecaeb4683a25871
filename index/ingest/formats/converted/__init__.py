"""Files of old kinds, which LibreOffice turns into kinds that Yiju reads, where it is asked for.

`libre_office` is what is handed in, `conversion_worker` the program that runs LibreOffice within
limits, `ole_file` what an old file is.
"""
