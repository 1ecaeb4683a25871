"""The command `completion`: what makes a shell complete the commands, options and paths."""

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "fish", "zsh")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands.

    It completes commands, options and paths. In ~/.bashrc: eval "$(yiju completion bash)"
    """
    complete = get_completion_class(shell)
    assert complete is not None  # click has one for each of these
    root = context.find_root()
    click.echo(complete(root.command, {}, "yiju", "_YIJU_COMPLETE").source())
