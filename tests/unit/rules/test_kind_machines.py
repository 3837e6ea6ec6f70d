"""Programs of every family and language are known, and people who look like them are not muted."""

from __future__ import annotations

import pytest

from concierge.domain.findings import KINDS_ANSWERED, Kind
from concierge.domain.message import Address, ParsedMessage
from concierge.rules import machine_notices as notices
from concierge.rules.bounce_subjects import BOUNCE_BODIES, BOUNCE_SUBJECTS
from concierge.rules.kind import kind_of
from concierge.rules.kind_phrases import AUTO_SUBJECTS
from concierge.rules.machine_words import start_of

AMINA, DAEMON = "Amina <amina@example.org>", "Mail Delivery System <postmaster@mx.example.org>"
NO_REPLY = "Shop <no-reply@shop.example.com>"
LETTER = "I write songs and have not slept for weeks. Can somebody talk to me?"


def mail(subject="Help", body=LETTER, sender=AMINA, parts=("text/plain",), report="", **headers):
    fields = {"From": sender, "Subject": subject}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    name, _, address = sender.rstrip(">").rpartition("<")
    return ParsedMessage(
        sender=Address(address, name.strip()),
        reply_to=(Address(fields["Reply-To"]),) if "Reply-To" in fields else (),
        in_reply_to=(fields["In-Reply-To"],) if "In-Reply-To" in fields else (),
        subject=subject,
        body=body,
        headers=tuple(fields.items()),
        part_types=tuple(parts),
        report_text=report,
    )


def kind(message):
    return kind_of(message, message.body, own_addresses=frozenset({"desk@example.net"})).value


def every(table):
    return [(language, phrase) for language, phrases in table.items() for phrase in phrases]


@pytest.mark.parametrize("table", [AUTO_SUBJECTS, BOUNCE_SUBJECTS])
def test_it_knows_thirty_languages_and_more(table):
    assert len(table) >= 35
    wanted = "ar bg cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl pl pt"
    assert set(f"{wanted} ro ru sk sl sr sv th tr uk vi zh".split()) <= set(table)


@pytest.mark.parametrize(("language", "phrase"), every(AUTO_SUBJECTS))
def test_it_knows_an_automatic_answer_in_every_language(language, phrase):
    subject = f"{phrase.rstrip(':').title()}: Ihre Nachricht"
    more = {"X_Auto_Response_Suppress": "All", "Return_Path": "<>"}
    assert kind(mail(subject, body="...", **more)) is Kind.AUTO_REPLY
    assert kind(mail(f"Re: {subject}", body=LETTER)) is Kind.HUMAN
    assert kind(mail(f"Fwd: {subject}", body=LETTER)) is Kind.HUMAN
    assert kind(mail(f"Thank you, it said {subject}", body=LETTER)) is Kind.HUMAN


@pytest.mark.parametrize(("language", "phrase"), every(BOUNCE_SUBJECTS))
def test_it_knows_a_bounce_in_every_language(language, phrase):
    subject = f"{phrase}: Hello"
    assert kind(mail(subject, sender=DAEMON, body="...")) is Kind.BOUNCE
    assert kind(mail(subject, body=LETTER)) is Kind.HUMAN
    assert kind(mail(f"Fwd: {subject}", body=f"What is this? {BOUNCE_BODIES[0]}")) is Kind.HUMAN


@pytest.mark.parametrize("phrase", BOUNCE_BODIES)
def test_words_of_a_server_make_nobody_a_server(phrase):
    assert kind(mail("My mail", body=f"{phrase} {BOUNCE_BODIES[1]}")) is Kind.HUMAN
    assert kind(mail("Help", body=f"{phrase} {BOUNCE_BODIES[1]}", Return_Path="<>")) in {
        Kind.HUMAN, Kind.MACHINE_LOOKING,
    }  # fmt: skip


def test_a_letter_on_having_burnt_out_is_not_muted():
    letter = mail("Out of office", "I am on leave and do not know how to go on.")
    assert kind(letter) is Kind.MACHINE_LOOKING
    notice = mail("Out of office: Your letter", "I am on leave with limited access to email.")
    assert kind(notice) is Kind.AUTO_REPLY


def test_accents_case_and_breaks_do_not_hide_a_phrase():
    assert start_of("REPONSE  AUTOMATIQUE : x", AUTO_SUBJECTS["fr"]) == "réponse automatique"
    assert start_of("[Arpus Biroja]", AUTO_SUBJECTS["lv"]) in {"ārpus biroja", "arpus biroja"}


PEOPLE = {
    "a newsletter's word in a letter": mail(body="Where do I unsubscribe from my own life?"),
    "a list's footer": mail(body=f"{LETTER}\n--\nTo unsubscribe from this group, send a mail."),
    "a forwarded bounce": mail("FW: Undeliverable: my demo", body="user unknown, mailbox full"),
    "no return path": mail("Re: Your letter", Return_Path="<>", body="it was not delivered"),
    "no return path, speaking of mail": mail("Hello", Return_Path="<>", body="mailbox full"),
    "out of office as a sentence": mail("Out of office again and crying at my desk"),
    "on holiday as a sentence": mail("On holiday and I can't stop thinking of it"),
    "a car": mail("Auto: mein Unfall nach dem Konzert"),
    "leave for burnout": mail(body="I am on leave because of burnout and need help."),
    "on leave, and whom to call": mail(
        body="I am on leave from the orchestra. Whom do I call? Please contact me at night."
    ),
    "held in hospital": mail(body="My brother is being held because he tried to hurt himself."),
    "asked to confirm": mail("Please confirm your message arrived", body=LETTER),
    "a web form": mail(sender=NO_REPLY, Reply_To="amina@example.org"),
    "a web form of many headers": mail(
        sender="Website <wordpress@charity.example>", Reply_To="amina@example.org",
        Precedence="bulk",
    ),
    "a group": mail(
        List_Id="<g.example>", List_Post="<mailto:g@x>", List_Unsubscribe="<mailto:u@x>",
        Precedence="bulk",
    ),
    "a group of Yahoo's": mail(
        Mailing_List="list g@x; contact g-owner@x", Precedence="bulk", List_Unsubscribe="<u>"
    ),
    "a ticket alias of ours": mail(
        Precedence="list", List_Id="<help.desk.example>", List_Unsubscribe="<u>"
    ),
    "a list of Majordomo's": mail(Sender="owner-g@lists.example", Precedence="bulk"),
    "forwarded by a server": mail(X_Autogenerated="Forward"),
    "an invitation with words": mail(
        "Accepted: first talk", parts=("multipart/mixed", "text/plain", "text/calendar")
    ),
    "an answer through a helper's system": mail("Re: hello", In_Reply_To="<1@example.net>"),
    "an abuse report by hand": mail(
        "Abuse report: my manager", parts=("multipart/mixed", "text/plain", "message/rfc822")
    ),
    "on holiday, in an answer": mail(
        "Re: hello", "I am on vacation, I will be back on Monday. Can we talk then?",
        In_Reply_To="<1@example.net>",
    ),
    "somebody who must not be answered there": mail(body="Please do not reply, he reads my mail."),
    "an answer nobody can give": mail(body="Ik kan het niet beantwoorden. Help me."),
    "read, as a verb": mail("Read: my lyrics", body=LETTER),
    "a returned parcel": mail("Returned mail", body="My parcel was not delivered. And I am alone."),
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_it_mutes_no_person(name):
    found = kind(PEOPLE[name])
    # Nobody is muted; the last look so much like a program that staff decide.
    if name == "a returned parcel":
        assert found in {Kind.HUMAN, Kind.MACHINE_LOOKING}
    else:
        assert found is Kind.HUMAN


VACATION = (
    "Thank you for your mail. I am out of the office and will be back on Monday. For urgent "
    "matters please contact my colleague."
)
TNEF = ("multipart/report", "text/plain", "message/disposition-notification")
MACHINES = {
    "RFC 3834": (mail(Auto_Submitted="auto-replied"), Kind.AUTO_REPLY),
    "RFC 3834, with a comment": (mail(Auto_Submitted='"auto-replied (x)"'), Kind.AUTO_REPLY),
    "Notes": (mail(Preference="auto_reply"), Kind.AUTO_REPLY),
    "osTicket's list": (mail(X_Autogenerated="Reply"), Kind.AUTO_REPLY),
    "Apple": (mail(X_Apple_Action="vacation/1"), Kind.AUTO_REPLY),
    "Exchange": (
        mail("Out of Office: Hi", X_MS_Exchange_Generated_Message_Source="Mailbox Rules Agent"),
        Kind.AUTO_REPLY,
    ),
    "Gmail, in German": (
        mail("Abwesenheit Re: Hello", Auto_Submitted="auto-replied", Precedence="bulk"),
        Kind.AUTO_REPLY,
    ),
    "Outlook": (
        mail("Automatic reply: Hello", Auto_Submitted="auto-generated"), Kind.AUTO_REPLY,
    ),
    "an old vacation program": (mail("Away from my mail: x", Precedence="junk"), Kind.AUTO_REPLY),
    "an answer with its own subject": (
        mail("Respuesta automática: x", In_Reply_To="<1@example.net>"), Kind.AUTO_REPLY,
    ),
    "a notice without a heading": (mail("Hello", VACATION, Return_Path="<>"), Kind.MACHINE_LOOKING),
    "a German one": (
        mail("Hallo", "Ich bin nicht im Büro und wieder erreichbar am 5. In dringenden Fällen ...",
             In_Reply_To="<1@example.net>"),
        Kind.MACHINE_LOOKING,
    ),
    "an address for it": (mail(sender="auto-reply@example.org"), Kind.MACHINE_LOOKING),
    "a read receipt": (mail("Read: hello", "", parts=TNEF), Kind.AUTO_REPLY),
    "Outlook's receipt": (
        mail("Gelesen: Hello", "", parts=("application/ms-tnef",)), Kind.AUTO_REPLY,
    ),
    "Outlook's receipt with words": (
        mail("Read: hello", "Your message To: x was read on Monday."), Kind.AUTO_REPLY,
    ),
    "a calendar": (
        mail("Accepted: first talk", "", parts=("multipart/alternative", "text/calendar")),
        Kind.MACHINE_LOOKING,
    ),
    "a calendar's words": (
        mail("Accepted: talk @ Mon", "Amina has accepted this invitation.\nTalk\nMonday 5 pm",
             parts=("multipart/mixed", "text/plain", "application/ics")),
        Kind.MACHINE_LOOKING,
    ),
    "a phone at the wheel": (
        mail("", "I'm driving with Do Not Disturb While Driving turned on."), Kind.MACHINE_LOOKING,
    ),
    "another help desk": (
        mail("[#12] Hello", "Hello! A ticket has been created for you."), Kind.MACHINE_LOOKING,
    ),
    "an answering machine in Polish": (
        mail("Hello", "To jest automatyczna odpowiedź."), Kind.MACHINE_LOOKING,
    ),
    "a challenge": (
        mail("Please confirm your message", "To have your message delivered click here."),
        Kind.AUTO_REPLY,
    ),
    "a filter's header": (mail(X_Boxbe_Challenge="1"), Kind.AUTO_REPLY),
    "DMARC": (mail("Report Domain: example.net Submitter: x", ""), Kind.BULK),
    "TLS": (
        mail("Report", "", parts=("multipart/report", "application/tlsrpt+gzip")), Kind.BULK,
    ),
    "a tracker": (
        mail("Re: [x/y] bug", sender="Bo <notifications@github.example>", X_GitHub_Reason="mention",
             In_Reply_To="<x/y@github.example>"),
        Kind.BULK,
    ),
    "a help desk": (mail(X_JIRA_FingerPrint="1"), Kind.MACHINE_LOOKING),
    "a network": (
        mail(sender="Net <messages-noreply@net.example>", X_LinkedIn_Class="x"), Kind.BULK,
    ),
    "a cron job": (mail("Cron <root@x> backup", Auto_Submitted="auto-generated"), Kind.BULK),
    "a shop": (mail(sender=NO_REPLY, List_Unsubscribe="<u>"), Kind.BULK),
    "a shop's sentence": (
        mail(body="Your order left. Please do not reply to this email."), Kind.MACHINE_LOOKING,
    ),
    "a newsletter": (
        mail(body="View in browser. Concerts! Unsubscribe"), Kind.MACHINE_LOOKING,
    ),
    "a record": (mail(body='<?xml version="1.0"?><lead/>'), Kind.MACHINE_LOOKING),
    "a form that says it is a program": (
        mail(sender=NO_REPLY, Reply_To="amina@example.org", Auto_Submitted="auto-generated"),
        Kind.MACHINE_LOOKING,
    ),
    "an old complaint": (
        mail("complaint about message from 198.51.100.1",
             parts=("multipart/mixed", "message/rfc822")),
        Kind.BOUNCE,
    ),
    "a complaint": (
        mail("FBL", parts=("multipart/report", "message/feedback-report")), Kind.BOUNCE,
    ),
    "a program for programs": (
        mail(body='{"notificationType":"Bounce"}', sender=NO_REPLY), Kind.BOUNCE,
    ),
    "a daemon": (mail("?", sender="MAILER-DAEMON@mx.example.org"), Kind.BOUNCE),
    "a warning": (
        mail("Warning: message 1 delayed 24 hours", sender=DAEMON, body="not yet been delivered"),
        Kind.BOUNCE,
    ),
    "a server that says it in passing": (
        mail("Your message to x could not be delivered", sender=DAEMON, body="no longer valid"),
        Kind.BOUNCE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MACHINES)
def test_it_knows_each_family_of_programs(name):
    message, wanted = MACHINES[name]
    finding = kind_of(message, message.body, own_addresses=frozenset({"desk@example.net"}))
    assert finding.value is wanted
    assert finding.value not in KINDS_ANSWERED
    assert all(evidence.note for evidence in finding.evidence)


@pytest.mark.parametrize("phrase", notices.NO_ANSWER)
def test_it_answers_no_program_that_takes_no_answers(phrase):
    assert kind(mail(body=f"Your parcel is on its way.\n{phrase} message.")) is Kind.MACHINE_LOOKING
    assert kind(mail("Re: x", body=f"They wrote: {phrase}. What now?")) is Kind.HUMAN
