"""The file of keys: what was added is found until it is revoked, by every process, at once."""

import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from index.access.access_key import Right
from index.access.key_file import KeyFile
from index.errors import StoreError, UsageError

NAMES = st.text("ab密钥 {}\"\\'", min_size=1, max_size=6).filter(str.strip)
RIGHTS = st.sampled_from([Right.READ, Right.ASK, Right.WRITE])


class KeyLife(RuleBasedStateMachine):
    """Keys are added and revoked by one command or another, and a server looks on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        root = Path(self.folder.name)
        self.commands = [KeyFile(root), KeyFile(root)]
        self.server = KeyFile(root)
        self.valid: dict[str, tuple[str, Right]] = {}
        self.revoked: set[str] = set()

    def teardown(self) -> None:
        """Delete the folder."""
        self.folder.cleanup()

    @rule(name=NAMES, right=RIGHTS, by=st.integers(0, 1))
    def add(self, name: str, right: Right, by: int) -> None:
        """Add a key; one of a name that is taken is refused."""
        if any(name == known for known, _ in self.valid.values()):
            with pytest.raises(UsageError, match="already"):
                self.commands[by].add(name, right)
            return
        key, secret = self.commands[by].add(name, right)
        assert secret.startswith(f"{key.id}_")
        self.valid[secret] = name, right

    @precondition(lambda self: self.valid)
    @rule(data=st.data(), by=st.integers(0, 1), how=st.sampled_from(["name", "id", "secret"]))
    def revoke(self, data: st.DataObject, by: int, how: str) -> None:
        """Revoke a key by what names it."""
        secret = data.draw(st.sampled_from(sorted(self.valid)))
        name, _ = self.valid.pop(secret)
        which = {"name": name, "id": secret[:13], "secret": secret}[how]
        assert self.commands[by].revoke(which).name == name
        self.revoked.add(secret)

    @invariant()
    def those_that_are_valid_are_found(self) -> None:
        """Look each up."""
        for secret, (name, right) in self.valid.items():
            key = self.server.find(secret)
            assert key is not None
            assert (key.name, key.right) == (name, right)

    @invariant()
    def those_that_are_revoked_are_not(self) -> None:
        """Look each up, and list what is left."""
        assert not any(self.server.find(secret) for secret in self.revoked)
        assert [key.name for key in self.server.keys().values()] == [
            name for name, _ in self.valid.values()
        ]


TestKeyLife = KeyLife.TestCase
TestKeyLife.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)


@given(st.binary(max_size=60))
def test_a_file_of_anything_else_lets_nobody_in(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        keys = KeyFile(Path(folder))
        _, secret = keys.add("a", Right.WRITE)
        keys.path.write_bytes(content)
        with pytest.raises(StoreError, match=r"keys\.json is no file of keys"):
            keys.find(secret)


@given(st.data())
def test_a_file_cut_short_or_with_a_byte_changed_lets_no_other_key_in(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        keys = KeyFile(Path(folder))
        _, secret = keys.add("a", Right.ASK)
        content = bytearray(keys.path.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
        keys.path.write_bytes(content)
        try:
            key = keys.find(secret)
        except StoreError:
            return
        assert key is None or key.id == secret[:13]


def test_the_file_is_for_its_owner_alone_and_has_no_secret(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "new" / "store")
    _, secret = keys.add("值班室", Right.READ)
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert secret[14:] not in keys.path.read_text(encoding="utf-8")
    copy = keys.copy_into(tmp_path)
    assert copy is not None
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_without_a_file_there_are_no_keys_and_nothing_to_copy(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "none")
    assert not keys.keys()
    assert keys.copy_into(tmp_path) is None
    assert not (tmp_path / "none").exists()


def test_a_deleted_file_revokes_all_keys(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    _, secret = keys.add("a", Right.READ)
    assert keys.find(secret)
    keys.path.unlink()
    assert keys.find(secret) is None


def test_a_key_is_found_until_it_expires(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    now = datetime.now(UTC)
    _, over = keys.add("over", Right.READ, now - timedelta(seconds=1))
    _, lasting = keys.add("lasting", Right.READ, now + timedelta(days=1))
    assert keys.find(over) is None
    assert keys.find(lasting)
    assert len(keys.keys()) == 2


@pytest.mark.parametrize("name", ["", "  ", "a" * 101, "a\nb", "\x1b[2J"])
def test_a_name_that_can_not_be_listed_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="1 to 100 printable"):
        KeyFile(tmp_path).add(name, Right.READ)


def test_an_id_goes_before_a_name_that_looks_like_it(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    first, _ = keys.add("first", Right.READ)
    keys.add(first.id, Right.READ)
    assert keys.revoke(first.id).name == "first"


def test_what_a_killed_command_left_is_in_nobody_s_way(tmp_path: Path) -> None:
    (tmp_path / "keys.json.next").write_text("half a file", encoding="utf-8")
    keys = KeyFile(tmp_path)
    _, secret = keys.add("a", Right.READ)
    assert keys.find(secret)


def _add_some(folder: Path, prefix: str) -> None:
    for number in range(10):
        KeyFile(folder).add(f"{prefix}{number}", Right.READ)


def test_commands_at_once_lose_no_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_some, args=(tmp_path, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(KeyFile(tmp_path).keys()) == 30
