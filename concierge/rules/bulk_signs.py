"""Signs that a mail went to many, or that a program wrote it to nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concierge.domain.findings import Evidence
from concierge.domain.message import ParsedMessage
from concierge.rules import machine_notices as notices
from concierge.rules.kind_phrases import ANSWER_PREFIXES
from concierge.rules.machine_words import (
    answer_prefix,
    phrases_in,
    start_of,
    takes_no_answers,
)

# A program's sentences stand at either end of its mail.
_END_CHARACTERS = 3_000

_ROLE = re.compile(
    r"^(e?news(letters?)?|notifications?|notify|alerts?|mailer|bounces?|mailing|campaigns?|"
    r".*-(request|bounces|owner|notifications?|newsletter))$"
)
_NAMED = re.compile(r"\b(newsletter|notifications?|no[- ]?reply|mailing)\b", re.IGNORECASE)
_CAMPAIGN = (
    "X-Campaign", "X-CampaignID", "X-Campaign-Id", "X-Campaign_ID", "X-MC-User", "X-MailingID",
    "X-Mailing-Id", "X-CSA-Complaints", "X-Mailer-RecptId", "X-Report-Abuse-To", "X-Job",
    "X-Newsletter", "X-Mailman-Version-Digest", "X-phpList-version", "X-ListMember",
    "X-Mailru-Msgtype", "X-Msg-EID", "X-rpcampaign", "X-SFMC-Stack", "X-EMV-CampagneId",
)  # fmt: skip
# Software of lists that people write to: RFC 2369, ezmlm and Yahoo, Mailman, Majordomo, Listserv.
_DISCUSSION = (
    "List-Post", "Mailing-List", "X-Mailing-List", "X-BeenThere", "X-Mailman-Version",
    "X-Majordomo", "List-Software", "X-Listprocessor-Version", "X-Listserver", "X-Yahoo-Profile",
    "X-Google-Group-Id",
)  # fmt: skip
_LIST_SENDER = re.compile(r"\bowner-|[-_.](owner|bounces|admin|request|errors)@", re.IGNORECASE)
# Systems that write for others: help desks, trackers, networks, scheduled jobs.
_SYSTEMS = (
    "X-GitHub-Reason", "X-GitLab-Project", "X-JIRA-FingerPrint", "X-Redmine-Host",
    "X-Bugzilla-Reason", "X-RT-Loop-Prevention", "X-OTRS-Loop", "X-Zendesk-Auto",
    "X-LinkedIn-Class", "X-Facebook-Notify", "X-Twitter-EmailId", "X-Cron-Env",
    "X-Discourse-Topic-Id",
    "X-Launchpad-Message-Rationale", "X-Trac-Project", "X-Phabricator-Sent-This-Message",
    "X-Gerrit-MessageType", "X-Mantis-Bug-Id",
)  # fmt: skip


def bulk_signs(message: ParsedMessage, text: str) -> Iterator[Evidence]:
    """The signs, each weighed; 3 and more in sum make a mass mail.

    What a list that people write to adds is no sign: a Google Group or a ticket alias puts it on
    a person's mail.
    """
    submitted = message.header("Auto-Submitted").casefold().lstrip("\" '")
    if submitted.startswith(("auto-generated", "auto-notified")):
        note = "says that a program wrote it"
        yield Evidence("kind.bulk.submitted", submitted, "header:auto-submitted", 3, note)
    yield from _mailing_signs(message)
    yield from _sender_signs(message)
    yield from _form_signs(message)
    yield from _report_signs(message)
    yield from _text_signs(message, text)
    system = next((name for name in _SYSTEMS if message.header(name)), "")
    if system:
        where, note = f"header:{system.lower()}", "sent by a system that writes for others"
        yield Evidence("kind.bulk.system", system, where, 2, note)
    elif message.in_reply_to and not submitted:
        found, note = message.in_reply_to[0], "answers a mail, as mailings do not"
        yield Evidence("kind.bulk.answers", found, "header:in-reply-to", -2, note)


def _discussed(message: ParsedMessage) -> bool:
    """Whether a list brought it that people write to, as its software says or its Sender shows."""
    if any(message.header(name) for name in _DISCUSSION):
        return True
    # What groups and ticket aliases write on a person's letter; mailings say "bulk".
    if message.header("Precedence").casefold() == "list":
        return True
    return bool(_LIST_SENDER.search(message.header("Sender")[:300]))


def _mailing_signs(message: ParsedMessage) -> Iterator[Evidence]:
    if _discussed(message):
        return
    precedence = message.header("Precedence").casefold()
    if precedence in {"bulk", "junk"} and not message.header("List-Id"):
        note = "says that it went to many"
        yield Evidence("kind.bulk.precedence", precedence, "header:precedence", 2, note)
    if message.header("List-Unsubscribe"):
        where, note = "header:list-unsubscribe", "offers to unsubscribe, as newsletters do"
        yield Evidence("kind.bulk.unsubscribe", "List-Unsubscribe", where, 2, note)
    campaign = next((name for name in _CAMPAIGN if message.header(name)), "")
    if campaign:
        where, note = f"header:{campaign.lower()}", "sent by a program for mailings"
        yield Evidence("kind.bulk.campaign", campaign, where, 2, note)


def _sender_signs(message: ParsedMessage) -> Iterator[Evidence]:
    sender = message.sender
    if sender is None:
        return
    local = sender.key.partition("@")[0]
    person = _names_person(message)
    if takes_no_answers(sender.key) or _ROLE.match(local):
        note = "comes from an address that takes no answers"
        yield Evidence(
            "kind.bulk.no_reply", sender.address, "header:from", 1 if person else 2, note
        )
    elif _NAMED.search(sender.name[:200]) and not person:
        note = "calls itself a newsletter or a notification"
        yield Evidence("kind.bulk.sender_name", sender.name[:80], "header:from", 2, note)


def _names_person(message: ParsedMessage) -> bool:
    """Whether answers go to somebody in another house, as when a web form writes for a person."""
    sender = message.sender
    house = "" if sender is None else sender.domain
    others = [other for other in message.reply_to if not takes_no_answers(other.key)]
    return any(not _same_house(other.domain, house) for other in others)


def _form_signs(message: ParsedMessage) -> Iterator[Evidence]:
    mailing = message.header("List-Unsubscribe") or any(map(message.header, _CAMPAIGN))
    if _names_person(message) and not mailing:
        found, note = message.reply_to[0].address, "answers go to a person, as with web forms"
        yield Evidence("kind.bulk.form", found, "header:reply-to", -2, note)


def _same_house(one: str, other: str) -> bool:
    """Whether two domains end in the same two names, such as a shop's and its mailer's."""
    return one.split(".")[-2:] == other.split(".")[-2:]


def _report_signs(message: ParsedMessage) -> Iterator[Evidence]:
    """Daily reports on our domain's mail, which providers send to whoever asks in the DNS."""
    if any(kind.startswith("application/tlsrpt") for kind in message.part_types):
        note = "a provider's daily report on encryption"
        yield Evidence("kind.bulk.report", "tlsrpt", "attachment", 3, note)
    elif start := start_of(message.subject, notices.REPORT_SUBJECTS):
        note = "a provider's daily report on our domain's mail (DMARC)"
        yield Evidence("kind.bulk.report", start, "subject", 3, note)
    elif start := start_of(message.subject, notices.NOTIFICATION_SUBJECTS):
        note = "begins as programs' notices do"
        yield Evidence("kind.bulk.subject", start, "subject", 2, note)


def _text_signs(message: ParsedMessage, words: str) -> Iterator[Evidence]:
    """A program's sentences; never enough to mute, and none in what a person answers.

    Only the sender's own words count: a person passes on what a program wrote, and the footer of
    a mailing list offers to unsubscribe under a person's letter.
    """
    if message.in_reply_to or answer_prefix(message.subject, ANSWER_PREFIXES):
        return
    text = words[:_END_CHARACTERS]
    if len(words) > _END_CHARACTERS:
        text += "\n" + words[-_END_CHARACTERS:]
    head = text.lstrip()[:500].casefold()
    if head.startswith("<?xml") and "<html" not in head:
        note = "a record for a program, not a letter"
        yield Evidence("kind.bulk.record", "<?xml", "body", 2, note)
    whole = 2 * _END_CHARACTERS + 1
    if found := phrases_in(text, notices.NO_ANSWER, whole):
        note = "says that it takes no answers"
        yield Evidence("kind.bulk.no_answer", found[0], "body", 2, note)
        return
    online = phrases_in(text, notices.VIEW_ONLINE, whole)
    leave = [] if _discussed(message) else phrases_in(text, notices.LEAVE_LIST, whole)
    if online and leave:
        note = "can be read in a browser and unsubscribed from, as newsletters can"
        found = [f"{online[0]} … {leave[0]}"]
        yield Evidence("kind.bulk.newsletter", found[0], "body", 2, note)
