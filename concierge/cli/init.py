"""`concierge init`: a deployment folder with explained defaults."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from concierge.errors import UsageError

#: Twice the 16 bytes that would do, because a key cannot be made longer later without every
#: reference sent so far going blind.
_KEY_BYTES = 32


def init(folder: Path = Path("concierge-desk")) -> int:
    """Write a deployment folder: config, templates, directory, rules and a new key.

    Nothing that is there already is touched.

    Parameters
    ----------
    folder
        The folder to write; made when it does not exist.
    """
    from concierge.bootstrap import shipped_folder
    from concierge.config import explained_toml

    shipped = shipped_folder()
    if (folder / "config.toml").exists():
        raise UsageError(f"{folder} holds a config.toml already; nothing was written.")
    private = folder / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    private.mkdir(mode=0o700, exist_ok=True)
    for name in ("templates", "data"):
        if not (folder / name).exists():
            shutil.copytree(shipped / name, folder / name)
    _write_private(private / "desk.key", secrets.token_bytes(_KEY_BYTES))
    (folder / "config.toml").write_text(explained_toml(), encoding="utf-8")
    print(
        f"Written: {folder}/config.toml, templates/, data/ and secrets/desk.key.\n"
        "Keep the key: without it answers no longer find their cases, and back it up apart from\n"
        "the store. Now:\n"
        f"  1. Fill in the lines marked REQUIRED in {folder}/config.toml.\n"
        "  2. Put the passwords of the mailbox and of the outgoing server into files that only\n"
        "     the desk's user can read (chmod 600), and name each as password_file.\n"
        f"  3. cd {folder} && concierge db upgrade && concierge doctor\n"
        "  4. concierge worker"
    )
    return 0


def _write_private(path: Path, content: bytes) -> None:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(content)
