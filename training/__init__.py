"""Makes the bundled encoder out of public data; `python -m training` names its stages in order."""
