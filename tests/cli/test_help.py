"""Every command explains itself, and the list of commands says what they say."""

from collections.abc import Iterator

import click
import pytest

from tracker.cli.lazy import COMMANDS, root


def _walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from _walk(found, (*path, name))


PATHS = list(_walk(root))


def _command(path: tuple[str, ...]) -> click.Command:
    command: click.Command = root
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return command


GROUPS = {
    "alias": ["add", "list", "remove"],
    "correct": ["drop", "flag", "list", "override", "scale"],
    "db": ["backup", "check", "path", "restore", "salvage", "upgrade", "vacuum"],
    "entity": ["add", "change", "list", "merge", "parent", "show"],
    "event": ["add", "list"],
    "log": ["show"],
    "market": ["add", "list", "rule", "show"],
    "source": ["add", "list", "show"],
}


def test_all_commands_are_here():
    under = [(group, name) for group, names in GROUPS.items() for name in names]
    assert sorted(PATHS) == sorted([(), *((name,) for name in COMMANDS), *under])


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_has_a_sentence_and_explains_every_option(path, call):
    for flag in ("--help", "-h"):
        result = call(*path, flag)
        assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(('tracker', *path))} ")
    command = _command(path)
    assert command.help
    assert command.help.splitlines()[0].endswith((".", "somewhere."))
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{param.opts} has no help"


@pytest.mark.parametrize("path", [path for path in PATHS if path and len(path) + len(_command(path).params) > 2])
def test_a_command_that_does_something_has_an_example_or_an_explanation(path):
    command = _command(path)
    if path[-1] in ("list", "show", "path", "upgrade") and len(path) == 2:
        return
    paragraphs = (command.help or "").strip().split("\n\n")
    assert len(paragraphs) > 1 or isinstance(command, click.Group), path


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_command_says(name, call):
    said = (_command((name,)).help or "").strip().partition("\n")[0]
    assert said == COMMANDS[name]


@pytest.mark.parametrize("path", [(name,) for name in GROUPS if name != "log"])
def test_a_group_alone_lists_its_commands(path, call):
    result = call(*path)
    assert (result.code, result.out) == (2, "")
    assert result.err == call(*path, "--help").out


def test_version(call):
    from tracker import __version__

    assert call("--version").out == f"tracker, version {__version__}\n"


def test_no_command(call):
    result = call()
    assert (result.code, result.out) == (2, "")
    assert result.err == call("--help").out


def test_unknown_command(call):
    usage = "Usage: tracker [OPTIONS] COMMAND [ARGS]...\n"
    assert call("frob").err == usage + "There is no command 'frob'.\n"
    assert call("sho").err == usage + "There is no command 'sho'. Near it: show.\n"
    assert call("sho").code == 2


def test_unknown_option(call, starter):
    result = call("show", "--markets", "x")
    assert result.code == 2
    assert result.err.startswith("Usage: tracker show [OPTIONS]")
    assert "No such option" in result.err
