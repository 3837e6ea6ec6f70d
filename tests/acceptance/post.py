"""Mail for the acceptance tests: every kind, each with a word that stands nowhere else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from support.deployment import DESK_ADDRESS

#: Plain requests, one a language, none of them urgent.
_REQUESTS = (
    "Hello, I am a drummer and I would like to know how your fund for therapy works. Thank you.",
    "Guten Tag, ich bin Schlagzeuger und möchte gerne wissen, wie Ihr Fonds funktioniert. Danke.",
    "Bonjour, je suis batteur et je voudrais savoir comment fonctionne votre fonds. Merci bien.",
    "Hola, soy baterista y me gustaría saber cómo funciona su fondo para terapia. Muchas gracias.",
    "Olá, sou baterista e gostaria de saber como funciona o vosso fundo para terapia. Obrigado.",
    "Dobrý den, jsem bubeník a rád bych věděl, jak funguje váš fond na terapii. Děkuji.",
    "Здравствуйте, я барабанщик и хотел бы узнать, как работает ваш фонд. Спасибо.",
    "Γεια σας, είμαι ντράμερ και θα ήθελα να μάθω πώς λειτουργεί το ταμείο σας.",
    "مرحبا، أنا عازف طبول وأود أن أعرف كيف يعمل صندوقكم. شكرا جزيلا لكم.",
    "こんにちは。私はドラマーです。基金の仕組みについて教えていただけますか。",
    "안녕하세요. 저는 드러머입니다. 기금이 어떻게 운영되는지 알고 싶습니다.",
    "你好，我是一名鼓手，我想了解你们的基金是如何运作的。谢谢。",
)
_FIRST = datetime(2026, 11, 20, 9, tzinfo=UTC)
_TRACE = b"Received: from relay.example.net by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000"


@dataclass(frozen=True)
class Letter:
    """A mail and what must become of it."""

    canary: str
    raw: bytes
    #: ``person`` (must stand in exactly one case), ``machine`` (parked) or ``again`` (the same
    #: mail as an earlier one; its canary is that one's).
    fate: str


def person(canary: str, *, sender: str = "", text: str = _REQUESTS[0], **fields: str) -> bytes:
    """A mail of a person as their program writes it; ``fields`` adds or (empty) leaves out."""
    head = {
        "From": sender or f"Amina <amina.{canary}@example.org>",
        "To": DESK_ADDRESS,
        "Subject": f"A question about the fund ({canary})",
        "Date": format_datetime(_FIRST),
        "Message-ID": f"<{canary}@example.org>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    head |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return "\r\n".join([*lines, "", text, f"({canary})", ""]).encode()


def auto_reply(canary: str) -> bytes:
    return person(
        canary,
        text="I am out of the office until Monday.",
        Subject=f"Automatic reply: {canary}",
        Auto_Submitted="auto-replied",
        X_Auto_Response_Suppress="All",
    )


def newsletter(canary: str) -> bytes:
    return person(
        canary,
        sender="Weekly news <news@lists.example.net>",
        text="This week in music: ten new records.",
        Subject=f"Our newsletter {canary}",
        List_Id="<news.lists.example.net>",
        List_Unsubscribe="<https://lists.example.net/leave>",
        Precedence="bulk",
    )


def bounce(canary: str, *, of: str = "", recipient: str = "nobody@example.org") -> bytes:
    """A delivery status notification (RFC 3464) for a mail with the Message-ID ``of``."""
    return "\r\n".join(
        [
            "Return-Path: <>",
            "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>",
            f"To: {DESK_ADDRESS}",
            f"Subject: Undelivered Mail Returned to Sender {canary}",
            f"Date: {format_datetime(_FIRST)}",
            f"Message-ID: <{canary}@mx.example.net>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b0",
            "",
            "--b0",
            "Content-Type: text/plain",
            "",
            "Your message could not be delivered.",
            "",
            "--b0",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.net",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            "Action: failed",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 no such user",
            "",
            "--b0",
            "Content-Type: message/rfc822",
            "",
            f"Message-ID: {of or f'<{canary}@elsewhere.example.net>'}",
            f"To: {recipient}",
            "Subject: Re: your question",
            "",
            "Hello,",
            "--b0--",
            "",
        ]
    ).encode()


def _broken(canary: str, number: int) -> bytes:
    """Mail that breaks parsers, and still is a person's."""
    plain = person(canary)
    match number % 4:
        case 0:  # A charset nobody knows, and a Message-ID the standard library trips over.
            return (
                plain.replace(b"charset=utf-8", b"charset=x-nobody-knows")
                .replace(b"Message-ID: <", b"Message-ID: <[")
                .replace(b"@example.org>\r\nMIME", b"]@example.org>\r\nMIME")
            )
        case 1:  # A multipart that never ends, with a NUL.
            return (
                plain.replace(
                    b"Content-Type: text/plain; charset=utf-8",
                    b"Content-Type: multipart/mixed; boundary=never",
                )
                + b"--never\r\nContent-Type: text/plain; name*\r\n\r\nhelp with rent \x00 "
                + canary.encode()
            )
        case 2:  # No header but From, and bytes of another charset.
            return f"From: amina.{canary}@example.org\r\n\r\n".encode() + (
                f"Grüße aus Wien, ich suche Hilfe {canary}\r\n".encode("latin-1")
            )
        case _:  # An unclosed quote in To and an encoded subject with a line break in it.
            return plain.replace(f"To: {DESK_ADDRESS}".encode(), b'To: "').replace(
                b"Subject: A", b"Subject: =?utf-8?q?hello=0D=0ABcc:_evil@example.net?= A"
            )


def generated(count: int, source: random.Random) -> list[Letter]:
    """``count`` letters of all kinds in a seeded order, the one that comes again last."""
    letters: list[Letter] = []
    for number in range(count - 1):
        canary = f"kanari{number:04}{source.randrange(16**6):06x}"
        letters.append(_machine(number, canary) or _of_a_person(number, canary, letters))
    first = letters[0]
    source.shuffle(letters)
    # Exactly the same mail, brought once more by another relay.
    return [*letters, Letter(first.canary, _TRACE + b"\r\n" + first.raw, "again")]


def _machine(number: int, canary: str) -> Letter | None:
    makers = {7: auto_reply, 27: auto_reply, 11: bounce, 17: newsletter, 37: newsletter}
    make = makers.get(number % 40)
    return Letter(canary, make(canary), "machine") if make else None


def _of_a_person(number: int, canary: str, before: list[Letter]) -> Letter:
    fields = {
        "text": _REQUESTS[number % len(_REQUESTS)],
        "Date": format_datetime(_FIRST + timedelta(minutes=number)),
    }
    raw = b""
    match number % 40:
        case 3 | 13 | 23 | 33:
            raw = _broken(canary, number // 10)
        case 5 | 25:
            fields["Message_ID"] = ""
        case 9:  # The same Message-ID as another's mail, and other bytes.
            fields["Message_ID"] = _field(before[-1].raw, b"Message-ID")
        case 19:  # The same person again, answering their own mail.
            fields["sender"] = _field(before[-1].raw, b"From")
            fields["In_Reply_To"] = _field(before[-1].raw, b"Message-ID")
    return Letter(canary, raw or person(canary, **fields), "person")


def _field(raw: bytes, name: bytes) -> str:
    for line in raw.split(b"\r\n"):
        if line.lower().startswith(name.lower() + b":"):
            return line.partition(b":")[2].strip().decode()
    return ""
