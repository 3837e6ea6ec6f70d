"""What a server's refusals mean, and what of an error may be shown."""

from __future__ import annotations

import imaplib
import socket
import ssl

import pytest

from concierge.mail.imap_session import explain, is_refusal, is_temporary

QUOTING = "unexpected response: b'I cannot go on'"


@pytest.mark.parametrize(
    ("words", "temporary"),
    [
        ("[UNAVAILABLE] Temporary authentication failure.", True),
        ("[inuse] locked", True),
        ("Too many simultaneous connections. (Failure)", True),
        ("Internal error occurred. Refer to server log for more information.", True),
        ("[AUTHENTICATIONFAILED] Authentication failed.", False),
        ("[ALERT] Application-specific password required", False),
        ("[CONTACTADMIN] account disabled", False),
        ("LOGIN failed.", False),
        ("", False),
    ],
)
def test_it_tells_not_now_from_not_you(words, temporary):
    assert is_temporary(words) is temporary


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (TimeoutError("timed out"), "it did not answer in time"),
        (ConnectionRefusedError(111, "Connection refused"), "Connection refused"),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "certificate verify"),
        (imaplib.IMAP4.error("select failed: [SERVERBUG] oops"), "[SERVERBUG] oops"),
        (imaplib.IMAP4.abort(QUOTING), "closed the connection"),
        (imaplib.IMAP4.error(QUOTING), "could not be understood (error)"),
        (ValueError(QUOTING), "could not be understood (ValueError)"),
        (imaplib.IMAP4.error("fetch failed: " + "x" * 5000), "fetch failed: x"),
        (imaplib.IMAP4.error("fetch failed: \x1b[2J\r\nnext"), "fetch failed: [2J next"),
    ],
)
def test_it_shows_what_happened_and_no_mail(error, shown):
    words = explain(error)
    assert shown in words
    assert "go on" not in words
    assert len(words) < 300
    assert words.isprintable()


def test_it_knows_a_refused_command_from_a_lost_connection():
    assert is_refusal(imaplib.IMAP4.error("no"))
    assert not is_refusal(imaplib.IMAP4.abort("gone"))
    assert not is_refusal(TimeoutError())
