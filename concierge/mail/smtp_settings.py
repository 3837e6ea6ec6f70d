"""How to reach the submission server."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field
from typing import Literal

from concierge.errors import UsageError

#: An address literal for EHLO (RFC 5321, 4.1.3) that gives nothing away.
_NO_NAME = "[127.0.0.1]"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """How to reach the submission server. Timeouts are seconds for one whole step.

    ``data_timeout`` is the wait after the final dot: RFC 5321, 4.5.3.2.6 says 10 minutes, and
    every second less makes one more mail whose fate nobody knows. ``ca_file`` empty means the
    system's authorities. ``hostname`` is what EHLO says; empty gives no name away.
    """

    host: str
    port: int
    tls: Literal["implicit", "starttls", "plaintext"] = "implicit"
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    connect_timeout: float = 10.0
    command_timeout: float = 30.0
    data_timeout: float = 600.0
    hostname: str = ""

    def __post_init__(self) -> None:
        """Refuse plaintext beyond this machine; raises :class:`~concierge.errors.UsageError`."""
        if self.tls == "plaintext" and not _is_loopback(self.host):
            raise UsageError(
                f"Mail to {self.host} would travel unencrypted; set tls to implicit or starttls. "
                "Plaintext is for a relay on this machine only."
            )

    @property
    def ehlo_name(self) -> str:
        """What to call ourselves in EHLO."""
        return self.hostname or _NO_NAME

    def tls_context(self) -> ssl.SSLContext | None:
        """A context that verifies the server's certificate and name; None for plaintext.

        Raises OSError when ``ca_file`` cannot be read or holds no certificate.
        """
        if self.tls == "plaintext":
            return None
        return ssl.create_default_context(cafile=self.ca_file or None)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
