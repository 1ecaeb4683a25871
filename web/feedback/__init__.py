"""What readers think of answers, and the owner's page of unanswered questions.

Start reading at `feedback_routes.py`; the schemas are in `feedback_shapes.py`. What is kept is left
to `qa.feedback`.
"""
