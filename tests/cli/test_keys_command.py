"""`yiju keys`: a key is shown once, listed by what it begins with, and revoked."""

import json
import re
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.keys_command import keys
from cli.server_parts import access_advice
from index.access.access_key import Right
from index.access.access_state import AccessState
from index.access.key_file import KeyFile
from index.settings import Settings
from tests.conftest import run_afresh, run_yiju


def run(store: Path, *arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(keys, [*arguments, "--store", str(store)])


def test_a_key_is_printed_alone_listed_and_revoked(tmp_path: Path) -> None:
    done = run_afresh("keys", "add", "值班室", "--right", "write", "--store", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    secret = done.stdout.strip()
    file = KeyFile(tmp_path)
    key = file.find(secret)
    assert key is not None
    assert (key.name, key.right, key.expires_at) == ("值班室", Right.WRITE, None)
    AccessState(tmp_path).note_use(key.id)
    listed = run(tmp_path, "list").output
    assert re.search(rf"{key.id}\s+write\s+\S+ \S+\s+\d{{4}}-\S+ \S+\s+never\s+值班室", listed)
    (told,) = json.loads(run(tmp_path, "list", "--json").output)["keys"]
    assert (told["id"], told["right"], told["expires_at"]) == (key.id, "write", None)
    assert datetime.now(UTC) - datetime.fromisoformat(told["last_used_at"]) < timedelta(minutes=5)
    assert secret[14:] not in listed
    assert run(tmp_path, "revoke", key.id).output == f"{key.id} of “值班室” is revoked.\n"
    assert file.find(secret) is None
    assert run(tmp_path, "list").output.startswith("There are no keys.")


def test_a_key_may_ask_unless_another_right_is_given_and_expires_when_it_is_told(
    tmp_path: Path,
) -> None:
    made = json.loads(run(tmp_path, "add", "a", "--expires", "90d", "--json").output)
    assert made["right"] == "ask"
    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=89) < left <= timedelta(days=90)
    made = json.loads(run(tmp_path, "add", "b", "--expires", "2999-12-31", "--json").output)
    assert made["expires_at"] == "3000-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "a", "--right", "all"], 2, "read"),
        (["add", "a", "--expires", "soon"], 2, "neither a day"),
        (["add", "a", "--expires", "0d"], 2, "neither a day"),
        (["add", "a", "--expires", "9999-12-31"], 2, "neither a day"),
        (["add", "a", "--expires", "2020-01-01"], 2, "2020-01-01 is over"),
        (["add", "known"], 1, "already"),
        (["add", " "], 1, "1 to 100"),
        (["revoke", "nobody"], 1, "There is no key “nobody”"),
        (["revoke", f"yiju_{'a' * 8}_{'b' * 52}"], 1, "“yiju_aaaaaaaa”"),
    ],
)
def test_bad_input_is_told_in_a_sentence(
    tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    KeyFile(tmp_path).add("known", Right.READ)
    done = run(tmp_path, *arguments)
    assert (done.exit_code, words in done.output) == (code, True), done.output
    assert "Traceback" not in done.output
    assert len(KeyFile(tmp_path).keys()) == 1


def test_a_backup_has_the_keys_for_their_owner_alone(tmp_path: Path, sample_store: Path) -> None:
    KeyFile(sample_store).add("kept", Right.READ)
    try:
        done = run_yiju("backup", tmp_path / "a.tar", "--store", sample_store)
    finally:
        (sample_store / "keys.json").unlink()
    assert done.returncode == 0, done.stderr
    with tarfile.open(tmp_path / "a.tar") as tar:
        assert tar.getmember("keys.json").mode == 0o600
        assert not [name for name in tar.getnames() if "access" in name]


def test_whoever_starts_a_server_that_others_reach_is_told_what_that_takes(tmp_path: Path) -> None:
    def advice(host: str, without_key: str = "auto") -> str:
        settings = Settings.model_validate({"store": tmp_path, "without_key": without_key})
        return access_advice(settings, host) or ""

    assert advice("127.0.0.1") == ""
    assert "yiju keys add" in advice("0.0.0.0")
    assert "Everybody" in advice("0.0.0.0", "write")
    assert advice("0.0.0.0", "ask") == ""
    KeyFile(tmp_path).add("a", Right.READ)
    assert advice("0.0.0.0") == ""
