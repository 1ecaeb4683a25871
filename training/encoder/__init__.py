"""Trains the bundled sentence encoder: a static embedding of tokens in two languages.

`__main__` lists the stages in order; `config.toml` has every hyperparameter.
"""
