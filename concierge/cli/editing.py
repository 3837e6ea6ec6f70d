"""Editing words in the editor of the person's choice, and showing what changed."""

from __future__ import annotations

import difflib
import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from concierge.cli.options import on_terminal
from concierge.cli.safe import safe
from concierge.errors import FaultyInput, UsageError

_DEFAULT_EDITOR = "vi"


def changed_text(text: str) -> str:
    """The text after the person edited it; unchanged when the editor failed or left nothing.

    The file is readable by its owner only, lies in the session's private folder where there is
    one, and is removed whatever happens.

    Raises:
        UsageError: there is no terminal, or no such editor.
    """
    if not on_terminal():
        raise UsageError("There is no terminal for an editor; give the text with --body-file -.")
    with tempfile.TemporaryDirectory(prefix="concierge-", dir=_private_folder()) as private:
        path = Path(private) / "draft.txt"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        if _run_editor(path) != 0:
            return text
        edited = path.read_text(encoding="utf-8", errors="replace")
    return edited if edited.strip() else text


def print_difference(before: str, after: str) -> None:
    """What an edit changed, line by line."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "before", "after", lineterm=""
    )
    for one in lines:
        # Spaces are kept as they are: they are part of what would be sent.
        print(safe(one.rstrip("\n")))


def print_unsafe_words(before: str, after: str, language: str, rules: Path) -> None:
    """Warn of what an edit brought in that safe messaging advises against; it refuses nothing."""
    from concierge.rules.safe_words import safe_words_warnings
    from concierge.store.templates import read_safe_words

    try:
        words = read_safe_words(rules)
    except FaultyInput as error:
        print(safe(f"! The words of this change were not checked: {error}"))
        return
    known = {one.partition(": ")[2] for one in safe_words_warnings(words, before, language)}
    for warning in safe_words_warnings(words, after, language):
        if warning.partition(": ")[2] not in known:
            print(safe(f"! {warning}"))


def _private_folder() -> str | None:
    """The session's own folder, in memory only; None where the session left none behind."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return folder if folder and os.access(folder, os.W_OK | os.X_OK) else None


def _run_editor(path: Path) -> int:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _DEFAULT_EDITOR
    try:
        return subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError):
        raise UsageError(f"The editor {editor!r} cannot be started; set EDITOR.") from None
