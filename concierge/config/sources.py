"""Where secrets come from: a private file or an environment variable, exactly one of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from concierge.config.checks import existing_file
from concierge.config.faults import Fault
from concierge.config.reading import Block, Values
from concierge.config.secret import Secret

KEY_VARIABLE = "CONCIERGE_KEY"
#: The key feeds a 256-bit cipher and hash; fewer bytes could be guessed.
LEAST_KEY_BYTES = 32
# Nobody's password is longer; it keeps a device file named by mistake from being read for ever.
_MOST_BYTES = 65536


def read_into(values: Values, env: Mapping[str, str]) -> list[Fault]:
    """Put every secret into its block; the faults tell of those that could not be had."""
    faults: list[Fault] = []
    for section in ("mailbox", "outgoing"):
        for block in values[section]:
            if section == "outgoing" and not block.get("username"):
                block["password"] = None
            elif {"password_file", "password_env"} <= block.keys():
                _password(section, block, env, faults)
    for block in values["secrets"]:
        if "key_file" in block:
            _key(block, env, faults)
    return faults


def leave_unread(values: Values) -> None:
    """Put secrets that were not read into every block."""
    unread = Secret(None, "not read")
    for section, key in (("mailbox", "password"), ("outgoing", "password"), ("secrets", "key")):
        for block in values[section]:
            no_login = section == "outgoing" and not block.get("username")
            block[key] = None if no_login else unread


def _password(section: str, block: Block, env: Mapping[str, str], faults: list[Fault]) -> None:
    file, variable = block["password_file"], block["password_env"]
    try:
        secret = _one_of(file, variable, env)
        secret.text()
    except UnicodeDecodeError:
        faults.append(Fault((section, "password_file"), "the password is not UTF-8; save it so"))
    except _Trouble as trouble:
        faults.append(Fault((section, "password_file"), str(trouble)))
    else:
        block["password"] = secret


def _key(block: Block, env: Mapping[str, str], faults: list[Fault]) -> None:
    # The file has a default, so it is only meant where it is there or nothing else is.
    file = block["key_file"]
    meant = file if existing_file(file) is None or not env.get(KEY_VARIABLE) else None
    try:
        secret = _long_enough(_one_of(meant, KEY_VARIABLE, env))
    except _Trouble as trouble:
        faults.append(Fault(("secrets", "key_file"), str(trouble)))
    else:
        block["key"] = secret


def _long_enough(key: Secret) -> Secret:
    if len(key.raw()) >= LEAST_KEY_BYTES:
        return key
    raise _Trouble(
        f"the key ({key.source}) has {len(key.raw())} bytes; at least {LEAST_KEY_BYTES} are right, "
        "as `concierge init` writes"
    )


class _Trouble(Exception):
    """Why a secret could not be had, as a sentence."""


def _one_of(file: Path | None, variable: str, env: Mapping[str, str]) -> Secret:
    in_env = env.get(variable, "")
    if file and in_env:
        raise _Trouble(
            f"there are two sources, the file {file} and the variable {variable}; keep only one"
        )
    if in_env:
        return Secret(in_env.encode("utf-8", "surrogateescape"), f"environment {variable}")
    if file:
        return Secret(_private_content(file), f"file {file}")
    raise _Trouble(
        f"there is no password; name a file that holds it, or set {variable} in the environment"
    )


def _private_content(file: Path) -> bytes:
    """The bytes of a file that others cannot read."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _Trouble(f"{file} is not a file; name a file that holds the secret alone")
        if os.name == "posix" and status.st_mode & stat.S_IRWXO:
            raise _Trouble(f"others on this machine can use {file}; run `chmod o= {file}`")
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES)
    except OSError as error:
        raise _Trouble(_unreadable(file, error)) from None
    secret = _without_line_end(content)
    if not secret:
        raise _Trouble(f"the file {file} is empty; write the secret into it")
    return secret


def _without_line_end(content: bytes) -> bytes:
    """A file of text without the line end that editors and ``echo`` add; raw bytes as they are.

    32 random bytes that happen to be UTF-8 do not occur in practice.
    """
    try:
        return content.decode("utf-8").rstrip("\r\n").encode("utf-8")
    except UnicodeDecodeError:
        return content


def _unreadable(file: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        remedy = "`concierge init` creates the key" if file.suffix == ".key" else "create it"
        return f"there is no file {file}; {remedy}"
    return f"the file {file} cannot be read ({error.strerror}); let the desk's user read it"
