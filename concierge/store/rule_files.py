"""Files the rulebook is read from, with a sentence for each way one cannot be read."""

from __future__ import annotations

from pathlib import Path

from concierge.errors import FaultyInput


def read_text(path: Path) -> str:
    """The text of a file of the rulebook; :class:`FaultyInput` says why it cannot be had."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _faulty(f"{path}:1:1: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of the rulebook; :class:`FaultyInput` says why they cannot be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        fault = f"{path}:1:1: the file is missing; `concierge init` writes it"
        raise _faulty(fault) from error
    except OSError as error:
        fault = f"{path}:1:1: cannot be read ({error.strerror}); check its permissions"
        raise _faulty(fault) from error


def _faulty(fault: str) -> FaultyInput:
    return FaultyInput("A file of the rulebook cannot be read.", (fault,))
