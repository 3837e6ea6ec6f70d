"""A bounce tells whether our mail is lost, why, to whom, and which mail it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.message import Address, ParsedMessage
from concierge.rules.bounce import Bounce, BounceKind, BounceReason, bounce_of
from concierge.rules.kind import kind_of

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example.org>"
REPORT = ("multipart/report", "text/plain", "message/delivery-status")


def bounce(body="", report="", subject="Undelivered Mail Returned to Sender", **more):
    parts = more.pop("parts", REPORT if report else ("text/plain",))
    headers = {"From": more.pop("sender", DAEMON), "Subject": subject}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    return ParsedMessage(
        sender=Address("MAILER-DAEMON@mx.example.org"),
        to=(Address("desk@example.net"),),
        subject=subject,
        headers=tuple(headers.items()),
        body=body,
        report_text=report,
        part_types=parts,
    )


def read(*args, **more) -> Bounce:
    found = bounce_of(bounce(*args, **more))
    assert found is not None
    return found


def status(action, code, answer="", recipient="amina@example.org"):
    return (
        f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; {recipient}\n"
        f"Action: {action}\nStatus: {code}\nDiagnostic-Code: smtp; {answer}\n"
    )


#: Look-alikes of what the families of servers write, each with what it means.
TEXTS = {
    "qmail": (
        "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to "
        "deliver your message to the following addresses.\nThis is a permanent error; I've given "
        "up.\n\n<amina@example.org>:\n198.51.100.2 does not like recipient.\nRemote host said: "
        "552 mailbox full\nGiving up on 198.51.100.2.\n\n--- Below this line is a copy of the "
        "message.\n\nReturn-Path: <desk@example.net>\nMessage-ID: <one@example.net>\n",
        "permanent", "mailbox_full",
    ),
    "qmail, out of patience": (
        "This is the qmail-send program at mx.example.org.\n<amina@example.org>:\nSorry, I wasn't "
        "able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message "
        "has been in the queue too long.\n",
        "transient", "expired",
    ),
    "exim": (
        "This message was created automatically by mail delivery software.\nA message that you "
        "sent could not be delivered to one or more of its recipients. This is a permanent error."
        "\n\n  amina@example.org\n    host mx.example.org [198.51.100.2]\n    SMTP error from "
        "remote mail server after RCPT TO:<amina@example.org>:\n    550 no such user here\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        "Return-path: <desk@example.net>\n",
        "permanent", "no_such_address",
    ),
    "exim, waiting": (
        "A message that you sent has not yet been delivered to one or more of its recipients "
        "after more than 24 hours on the queue on mx.example.org.\n\n  amina@example.org\n    "
        "Delay reason: 451 greylisted\n\nNo action is required on your part. Delivery attempts "
        "will continue for some time.\n",
        "delayed", "policy",
    ),
    "postfix": (
        "This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that "
        "your message could not be delivered to one or more recipients.\n\n<amina@example.org>: "
        "host mx.example.org[198.51.100.2] said: 554 5.7.1 <desk@example.net>: Relay access "
        "denied (in reply to RCPT TO command)\n",
        "permanent", "relay_denied",
    ),
    "sendmail": (
        "The original message was received at Thu, 7 Jan 2027 10:00:00 +0100\n\n   ----- The "
        "following addresses had permanent fatal errors -----\n<amina@example.org>\n\n   ----- "
        "Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> DATA\n"
        "<<< 552 5.3.4 Message too large\n554 5.0.0 Service unavailable\n",
        "permanent", "too_large",
    ),
    "sendmail, waiting": (
        "    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND  **"
        "\n<amina@example.org>... Deferred: Connection refused by mx.example.org.\nWarning: "
        "message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n",
        "delayed", "host_unreachable",
    ),
    "exchange": (
        "Your message\n\n  To:      amina@example.org\n  Subject: Hello\n\ndid not reach the "
        "following recipient(s):\n\namina@example.org on Thu, 7 Jan 2027\n    The recipient name "
        "is not recognized\n",
        "permanent", "no_such_address",
    ),
    "office 365": (
        "Delivery has failed to these recipients or groups:\n\namina@example.org\nYour message "
        "wasn't delivered.\n\nRemote Server returned '550 5.4.1 Recipient address rejected: "
        "Access denied.'\n\nOriginal message headers:\n\nReceived: from x\n",
        "permanent", "no_such_address",
    ),
    "domino": (
        "Your message\n\n  Subject: Hello\n\nwas not delivered to:\n\n  amina@example.org\n\n"
        "because:\n\n  User amina (amina@example.org) not listed in Domino Directory\n",
        "permanent", "no_such_address",
    ),
    "gmail": (
        "Delivery to the following recipient failed permanently:\n\n     amina@example.org\n\n"
        "Technical details of permanent failure:\nThe recipient server did not accept our "
        "requests to connect.\n\n----- Original message -----\n\nMessage-ID: <one@example.net>\n",
        "permanent", "host_unreachable",
    ),
    "gmail, waiting": (
        "Delivery to the following recipient has been delayed:\n\n     amina@example.org\n\n"
        "Message will be retried for 2 more day(s)\n",
        "delayed", "other",
    ),
    "yahoo": (
        "Sorry, we were unable to deliver your message to the following address.\n\n"
        "<amina@example.org>:\n554: 5.7.9 Message not accepted for policy reasons.\n\n--- Below "
        "this line is a copy of the message.\n",
        "permanent", "policy",
    ),
    "a filter": (
        "<amina@example.org>: host mx.example.org said: 550 5.7.1 Message looks like spam\n",
        "permanent", "refused_as_spam",
    ),
    "opensmtpd": (
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An "
        "error has occurred while attempting to deliver a message for the following list of "
        "recipients:\n\namina@example.org: 530 5.7.26 Recipient address rejected: SPF fails\n",
        "permanent", "policy",
    ),
    "japanese": (
        "このメールは送信できませんでした。\n\n以下のメールアドレスへの送信に失敗しました。\n"
        "amina@example.org\n宛先不明\n",
        "permanent", "no_such_address",
    ),
    "french": (
        "Votre message n'a pas pu être remis à amina@example.org : boîte pleine\n",
        "permanent", "mailbox_full",
    ),
    "russian": (
        "Ваше письмо не может быть доставлено: amina@example.org\n550 пользователь не найден\n",
        "permanent", "no_such_address",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_it_reads_what_servers_write_in_plain_text(name):
    body, kind, reason = TEXTS[name]
    found = read(body)
    assert (found.kind.value, found.reason.value) == (kind, reason)
    assert found.recipient == "amina@example.org"
    assert found.given_up is (kind != "delayed")


@pytest.mark.parametrize(
    ("report", "kind", "given_up", "reason"),
    [
        (status("failed", "5.1.1"), "permanent", True, "no_such_address"),
        (status("failed", "5.2.2"), "permanent", True, "mailbox_full"),
        (status("failed", "4.2.2"), "transient", True, "mailbox_full"),
        (status("failed", "4.4.7"), "transient", True, "expired"),
        (status("failed", "4.4.1"), "transient", True, "host_unreachable"),
        (status("delayed", "4.4.7"), "delayed", False, "expired"),
        (status("delayed", "4.4.1", "451 4.4.1 timed out"), "delayed", False, "host_unreachable"),
        # An address that stayed unknown until the server gave up will not be known tomorrow.
        (status("failed", "4.1.1", "450 4.1.1 unknown user"), "permanent", True, "no_such_address"),
        (status("failed", "5.7.1", "550 listed at spamhaus"), "permanent", True, "refused_as_spam"),
        (status("failed", "5.7.26", "550 user unknown"), "permanent", True, "policy"),
        (status("failed", "5.1.8", "domain does not exist"), "permanent", True, "policy"),
        (status("failed", "5.0.0", "552 5.3.4 too big"), "permanent", True, "too_large"),
        (status("failed", "5.3.0"), "permanent", True, "other"),
        (status("FAILED (bounced)", "5.1.1"), "permanent", True, "no_such_address"),
        (status("error", "5.1.2"), "permanent", True, "host_unreachable"),
    ],
)
def test_it_reads_delivery_reports(report, kind, given_up, reason):
    found = read("Your message could not be delivered.", report)
    assert (found.kind.value, found.given_up, found.reason.value) == (kind, given_up, reason)
    assert found.recipient == "amina@example.org"


def test_it_takes_the_one_who_failed_of_several():
    report = status("delivered", "2.0.0", recipient="bo@example.org")
    report += "\n" + status("delayed", "4.4.1", recipient="carla@example.org")
    report += "\n" + status("failed", "5.1.1")
    found = read("", report)
    assert (found.recipient, found.status) == ("amina@example.org", "5.1.1")


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_it_takes_no_good_news_for_a_bounce(action):
    assert bounce_of(bounce("", status(action, "2.0.0"))) is None


def test_it_lets_the_first_code_win():
    words = "<amina@example.org>: 451 4.7.1 try again later\nearlier: 550 5.1.1 user unknown\n"
    assert read(f"Deferred\n{words}").kind is BounceKind.TRANSIENT
    assert read(f"Deferred\n{words}").status == "4.7.1"


def test_it_prefers_a_full_code_in_the_answer_to_an_empty_status():
    assert read("", status("failed", "5.0.0", "550 5.2.1 disabled")).status == "5.2.1"
    assert read("", status("failed", "5.0.0", "421 4.7.0 later")).status == "5.0.0"


def test_it_reads_no_code_out_of_the_mail_that_came_back():
    body = "<amina@example.org>: no such user\n--- Below this line is a copy of the message.\n\n"
    found = read(body + "Subject: 4.2.2 is over quota\n\n452 4.2.2 mailbox full\n")
    assert (found.kind, found.status) == (BounceKind.PERMANENT, "")
    assert found.reason is BounceReason.NO_SUCH_ADDRESS


@pytest.mark.parametrize("words", ["after 450 seconds", "at 10.4.5.1", "452 bytes", "port 4505"])
def test_it_takes_no_other_number_for_a_code(words):
    assert read(f"amina@example.org: gave up {words}").kind is BounceKind.PERMANENT


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("Undeliverable: my delayed train", "It could not be sent.", "permanent"),
        ("Undeliverable: x", "Subject: the band is delayed\nIt could not be sent.", "permanent"),
        ("Warning: message 1 delayed 24 hours", "amina@example.org", "delayed"),
        ("Delivery Status Notification (Delay)", "amina@example.org", "delayed"),
        ("Nachricht verzögert", "amina@example.org", "delayed"),
        ("Undelivered Mail", "<amina@example.org>: temporary failure", "transient"),
        ("Undelivered Mail", "temporary trouble became permanent", "permanent"),
    ],
)
def test_it_tells_a_delay_from_a_loss_without_any_code(subject, body, kind):
    assert read(body, subject=subject).kind.value == kind


def test_it_reads_fields_written_into_the_text():
    found = read("Technical report:\n\n" + status("failed", "4.4.7", "554 4.4.7 message expired"))
    assert (found.kind, found.reason) == (BounceKind.TRANSIENT, BounceReason.EXPIRED)


def test_it_joins_what_a_server_broke_over_lines_and_ignores_an_archives_status():
    report = (
        "Status: RO\n\nFinal-Recipient: rfc822;\n amina@example.org\nAction: failed\n"
        "Status: 5.2.2 (full)\nDiagnostic-Code: smtp; 552\n    the mailbox is\n    full\n"
    )
    found = read("", report)
    assert (found.status, found.recipient) == ("5.2.2", "amina@example.org")


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("Feedback-Type: abuse\nOriginal-Rcpt-To: amina@example.org\n", "complaint"),
        ("Feedback-Type: fraud\nOriginal-Rcpt-To: amina@example.org\n", "complaint"),
        ("Feedback-Type: auth-failure\nOriginal-Rcpt-To: amina@example.org\n", "policy"),
        ("Feedback-Type: not-spam\nOriginal-Rcpt-To: amina@example.org\n", "other"),
        ("X-HmXmrOriginalRecipient: amina@example.org\nSubject: Hello\n", "complaint"),
    ],
)
def test_it_knows_complaints(report, reason):
    parts = ("multipart/report", "text/plain", "message/feedback-report")
    found = read("", report, parts=parts)
    assert (found.kind, found.reason.value) == (BounceKind.COMPLAINT, reason)
    assert found.recipient == "amina@example.org"
    assert not found.given_up


def test_it_reads_a_providers_notice_for_programs():
    body = (
        '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":'
        '[{"emailAddress":"amina@example.org","status":"5.1.1"}]}}'
    )
    found = read(body, sender="no-reply@sns.example.com", subject="Notification")
    assert (found.kind, found.status) == (BounceKind.PERMANENT, "5.1.1")
    complaint = read(body.replace("Bounce", "Complaint"), sender="no-reply@sns.example.com")
    assert complaint.kind is BounceKind.COMPLAINT


def test_it_names_the_mail_that_came_back():
    message = bounce(
        "> Message-ID: <two@example.net>\nMessage ID: <three@example.net>\n"
        "X-Concierge-Ref: C-1-2-0123456789",
        status("failed", "5.1.1") + "\nMessage-ID: <one@example.net>\nX-Concierge-Ref: C-3-4-ABC\n",
        Delivered_To="desk+C-5-6-XYZ@example.net",
    )
    found = bounce_of(message)
    assert found is not None
    ids = ("<one@example.net>", "<two@example.net>", "<three@example.net>")
    assert found.message_ids == ids
    assert found.tokens == ("C-3-4-ABC", "C-1-2-0123456789", "C-5-6-XYZ")


def test_it_sees_no_bounce_in_a_persons_mail():
    message = ParsedMessage(subject="Help", body="My mail was undeliverable: user unknown, 5.1.1.")
    assert bounce_of(message) is None


@pytest.mark.parametrize("name", TEXTS)
def test_every_reason_and_sentence_is_in_words(name):
    found = read(TEXTS[name][0])
    assert found.sentence[0].isupper()
    assert found.sentence.endswith(".")
    assert "_" not in found.sentence
    assert found.evidence
    assert all(evidence.note for evidence in found.evidence)


def test_every_reason_can_be_given():
    reasons = {reason for _, _, reason in TEXTS.values()}
    assert reasons | {"complaint", "expired", "other"} == {reason.value for reason in BounceReason}


TEXT = st.text(max_size=300) | st.sampled_from([body for body, _, _ in TEXTS.values()])


@settings(max_examples=150, deadline=None)
@given(
    body=TEXT,
    report=TEXT | st.just(status("failed", "5.1.1")),
    subject=st.text(max_size=80),
    headers=st.lists(st.tuples(st.sampled_from(["From", "To", "X-Failed-Recipients"]), TEXT)),
    parts=st.lists(st.sampled_from([*REPORT, "message/feedback-report", "text/calendar"])),
)
def test_it_reads_anything(body, report, subject, headers, parts):
    message = ParsedMessage(
        subject=subject, body=body, report_text=report, headers=tuple(headers),
        part_types=tuple(parts),
    )  # fmt: skip
    found = bounce_of(message)
    assert found is None or found.sentence
    assert kind_of(message, body, own_addresses=frozenset()).evidence


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit",
    ["Message-ID: <\n", "> " * 40 + "\n", "4.2.2 ", "a@", "Action: failed\n\n", "+a", "{\"", "<",
     "-" * 78 + "\n", "\n", "im urlaub ", "Received: ", "notificationtype\": "],
)  # fmt: skip
def test_it_reads_a_huge_bounce_in_little_time(unit):
    huge = unit * (2_000_000 // len(unit))
    message = bounce(huge, huge, subject=huge, To=huge, X_Failed_Recipients=huge)
    bounce_of(message)
    kind_of(message, huge, own_addresses=frozenset())
