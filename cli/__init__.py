"""The command line's options, output and signals; the commands stand in `yiju.py`."""
