"""Telling the service manager (systemd) that the worker is up, alive or stopping.

The protocol is one datagram to the socket named by NOTIFY_SOCKET (sd_notify(3)); outside of
systemd there is none, and nothing happens.
"""

from __future__ import annotations

import os
import socket


def ready() -> None:
    """The worker has started."""
    _notify("READY=1")


def alive() -> None:
    """The watchdog may wait again; said only while polls succeed."""
    _notify("WATCHDOG=1")


def stopping() -> None:
    """The worker is ending by itself."""
    _notify("STOPPING=1")


def _notify(state: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        # An abstract socket is written with a leading @ and named with a leading NUL.
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.sendto(state.encode(), address)
    except OSError:
        # The service manager not listening is its trouble; the watchdog will say so by itself.
        return
