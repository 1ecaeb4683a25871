"""How well Yiju answers: `python -m bench.answers` prints every figure that is to be reached.

`table` has the figures with where they stood and where they are to come. `question_lines`,
`reading_sets`, `given_passage` and `costs` measure, each a set at a time; `records` keeps what was
asked and answered; `domains` looks at confidence by what the articles are about, `thresholds` at
what other thresholds would bring.
"""
