"""The command line's options, output and signal handling.

The commands are in `yiju.py` and in the modules here that are named after them; `serving.py` serves
a store or a folder, `server_parts.py` puts the server together. `options.py` has the option types
and turns errors into messages; `output.py` and `formats/` format results for people and programs;
`interrupts.py` ends a command cleanly.
"""
