"""The command line's options, output and signal handling.

The commands are in `yiju.py`, but for `evaluate_command.py`, `feedback_command.py`,
`keys_command.py`, and `watch_command.py`, which runs one of them; `server_parts.py` puts the server
together. `options.py` has the option types and turns errors into messages, `output.py` formats
results for people and programs, `interrupts.py` ends a command cleanly.
"""
