"""What readers thought of answers, and the questions that found no sure one.

`answer_memory.py` remembers each answer for a day, in the background; `feedback_store.py` keeps
verdicts and questions, in the file that `feedback_file.py` opens; `kept_questions.py` reads them;
`known_lines.py` makes question lines of them. Nothing below this package knows the file.
"""
