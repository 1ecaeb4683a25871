"""What it costs to have a language model write beside answers: `python -m bench.writing STORE`."""
