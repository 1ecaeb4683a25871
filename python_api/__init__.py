"""Yiju for Python programs, and the parts that the command line and the server are put together of.

Start reading at `open_library.py`: what a program opens. `parts.py` and `writing_parts.py` open
what the settings name, `rebuilding.py` rebuilds, `checked_inputs.py` and `checked_arguments.py`
refuse what makes no sense in one sentence.
"""
