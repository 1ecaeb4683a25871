"""Errors of the training commands."""


class CheckpointError(Exception):
    """A checkpoint was written with other settings or inputs."""
