"""Machines are told from people by weighed signs; a person is never muted on a weak one."""

from __future__ import annotations

import pytest

from concierge.domain.findings import Kind
from concierge.domain.message import Address, Defect, ParsedMessage
from concierge.rules.bounce_fields import recipient_fields
from concierge.rules.bounce_origin import returned_ids
from concierge.rules.bounce_reading import has_given_up, status_of
from concierge.rules.kind import kind_of

OWN = frozenset({"desk@example.net"})
PERSON = "Amina <amina@example.org>"


def message(subject="Help", sender=PERSON, body="I need help", **headers):
    reply_to = headers.pop("reply_to", ())
    parts = headers.pop("parts", ("text/plain",))
    fields = {"from": sender, "subject": subject}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    address = sender.rpartition("<")[2].rstrip(">")
    return ParsedMessage(
        sender=Address(address) if "@" in address else None,
        subject=subject,
        body=body,
        headers=tuple(fields.items()),
        reply_to=tuple(Address(one) for one in reply_to),
        part_types=tuple(parts),
        in_reply_to=(fields["in-reply-to"],) if "in-reply-to" in fields else (),
    )


def found(one, **more):
    return kind_of(one, one.body, own_addresses=OWN, **more)


DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example.org>"
REPORT = ("multipart/report", "text/plain", "message/delivery-status")


@pytest.mark.parametrize(
    "one",
    [
        message(),
        message(list_id="<g.example>", list_unsubscribe="<mailto:u@x>", list_post="<mailto:g@x>"),
        message(precedence="list", list_id="<g.example>"),
        message(precedence="bulk", list_id="<g.example>", list_post="<mailto:g@x>"),
        message(return_path="<>"),
        message(subject="Re: out of office", body="I saw Bo is away, who can help me?"),
        message(subject="Fwd: Undelivered Mail Returned", body="user unknown, mailbox full"),
        message(subject="WG: Automatische Antwort: Hilfe"),
        message(body="I am out of the office of my therapist and crying"),
        message(sender="noreply@forms.example", reply_to=("amina@example.org",)),
        message(x_auto_response_suppress="All"),
        message(auto_submitted="no"),
    ],
)
def test_it_takes_people_for_people(one):
    finding = found(one)
    assert finding.value is Kind.HUMAN
    assert finding.evidence[0].rule.startswith("kind.human")


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (message(sender=DAEMON, parts=REPORT, return_path="<>"), Kind.BOUNCE),
        (message(sender=DAEMON, subject="Returned mail: see transcript"), Kind.BOUNCE),
        (message(sender=DAEMON, auto_submitted="auto-replied"), Kind.BOUNCE),
        (message(x_failed_recipients="a@x"), Kind.BOUNCE),
        (
            message(subject="failure notice", body="This is the qmail-send program", from_="x",
                    sender="MAILER-DAEMON@x"),
            Kind.BOUNCE,
        ),
        (message(parts=("multipart/report", "message/feedback-report")), Kind.BOUNCE),
        (message(auto_submitted="auto-replied (vacation)"), Kind.AUTO_REPLY),
        (message(x_autoreply="yes"), Kind.AUTO_REPLY),
        (message(precedence="auto_reply"), Kind.AUTO_REPLY),
        (message(subject="Automatic reply: Your letter", return_path="<>"), Kind.AUTO_REPLY),
        (
            message(subject="Réponse automatique : x", x_auto_response_suppress="All"),
            Kind.AUTO_REPLY,
        ),
        (
            message(subject="Out of Office: x", auto_submitted="auto-generated", return_path="<>"),
            Kind.AUTO_REPLY,
        ),
        (
            message(parts=("multipart/report", "message/disposition-notification")),
            Kind.AUTO_REPLY,
        ),
        (message(auto_submitted="auto-generated"), Kind.BULK),
        (message(precedence="bulk", list_unsubscribe="<mailto:u@x>"), Kind.BULK),
        (message(sender="no-reply@shop.example", list_unsubscribe="<u>"), Kind.BULK),
        (message(sender="Desk <desk@example.net>"), Kind.OWN),
    ],
)  # fmt: skip
def test_it_knows_machines(one, kind):
    finding = found(one)
    assert finding.value is kind
    assert finding.evidence


@pytest.mark.parametrize(
    "one",
    [
        message(list_unsubscribe="<mailto:u@x>"),
        message(sender="no-reply@shop.example"),
        message(sender="newsletter@band.example"),
        message(subject="Automatic reply: Your letter"),
        message(sender="desk@example.net", reply_to=("amina@example.org",)),
    ],
)
def test_it_shows_what_it_doubts(one):
    finding = found(one)
    assert finding.value is Kind.MACHINE_LOOKING
    assert finding.undetermined
    assert "human" in finding.candidates


def test_it_knows_the_desks_own_message_ids():
    one = ParsedMessage(message_id="<7@mail.example.net>", body="x")
    own = frozenset({"mail.example.net"})
    assert found(one, own_domains_message_ids=own).value is Kind.OWN
    assert found(one).value is Kind.HUMAN


def test_it_leaves_unreadable_mail_unreadable_whatever_the_headers_say():
    one = ParsedMessage(
        headers=(("Auto-Submitted", "auto-generated"),),
        unreadable=True,
        defects=(Defect("encrypted", "..."),),
    )
    finding = found(one)
    assert finding.value is Kind.UNREADABLE
    assert finding.evidence[0].found == "encrypted"


def test_it_finds_the_send_a_bounce_answers():
    one = ParsedMessage(
        report_text="Status: 5.1.1\nMessage-ID: <sent@example.net>\n",
        body="--- copy ---\n> Message-Id: <other@example.net>\nmessage-id in a sentence",
        in_reply_to=("<sent@example.net>",),
    )
    assert returned_ids(one) == ("<sent@example.net>", "<other@example.net>")


@pytest.mark.parametrize(
    ("report", "body", "status"),
    [
        ("Action: failed\nStatus: 5.1.1\n", "", "5.1.1"),
        ("Action: delayed\nStatus: 4.4.1\n\nAction: failed\nStatus: 5.2.2\n", "", "5.2.2"),
        ("Status: 4.4.1\n", "550 5.1.1 later", "4.4.1"),
        ("", "host 10.4.1.1 said: 550 5.7.1 refused", "5.7.1"),
        ("", "host 5.1.1.9 said no", ""),
        ("", "no code", ""),
    ],
)
def test_it_reads_the_status_of_a_bounce(report, body, status):
    message = ParsedMessage(report_text=report, body=body)
    assert status_of(message, recipient_fields(message)) == status


@pytest.mark.parametrize(
    ("report", "body", "headers", "gone"),
    [
        ("Action: failed\nStatus: 5.1.1\n", "", (), True),
        ("Action: failed\nStatus: 4.4.1\n", "", (), True),
        ("Action: delayed\nStatus: 4.4.1\n", "", (), False),
        ("Action: delivered\nStatus: 2.0.0\n", "", (), False),
        ("Status: 4.4.1\n", "", (), False),
        ("", "4.2.2 mailbox full", (), False),
        ("", "4.2.2 mailbox full", (("X-Failed-Recipients", "amina@example.org"),), True),
        ("", "550 5.7.1 refused", (), True),
        ("", "no code", (), True),
    ],
)
def test_it_tells_a_bounce_for_good_from_a_delay(report, body, headers, gone):
    message = ParsedMessage(report_text=report, body=body, headers=headers)
    assert has_given_up(message, recipient_fields(message)) is gone
