"""`concierge demo`: a guided tour with sample mail and servers of its own."""

from __future__ import annotations

from pathlib import Path


def demo(*, folder: Path | None = None, pause: bool = True) -> int:
    """See the whole way of a mail on this machine: letters in, triage, a reply approved and sent.

    Nothing is needed and nothing leaves this machine. On a terminal it ends at the review screen,
    for you to go on; elsewhere it prints the tour and ends.

    Parameters
    ----------
    folder
        Make the playground in this new folder and keep it; without it, a temporary one is used
        and removed.
    pause
        Wait for Enter between the steps, on a terminal.
    """
    from concierge.demo.tour import tour

    return tour(folder, pause=pause)
