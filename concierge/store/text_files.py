"""Text files the rulebook is read from, with a sentence for each way one cannot be read."""

from __future__ import annotations

from pathlib import Path

from concierge.errors import FaultyInput


def read_text(path: Path) -> str:
    """The text of a file of the rulebook; :class:`FaultyInput` says why it cannot be had."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        fault = f"{path}:1:1: the file is missing; `concierge init` writes it"
    except UnicodeDecodeError as error:
        fault = f"{path}:1:1: not UTF-8 at byte {error.start}; save it as UTF-8"
    except OSError as error:
        fault = f"{path}:1:1: cannot be read ({error.strerror}); check its permissions"
    raise FaultyInput("A file of the rulebook cannot be read.", (fault,))
