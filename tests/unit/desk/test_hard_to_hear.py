"""A cry through everything that hides one: a broken charset and a mailing list's wrapping."""

from __future__ import annotations

from support.desk_fixtures import DEE, OURS, Desk, letter

from concierge.desk.ports.views import QueueRow
from concierge.desk.queue import in_order
from concierge.domain.findings import Urgency

CRY = (
    "Merhaba, Türkiye'de yaşıyorum, müzisyenim. Artık dayanamıyorum, bu gece kendimi öldüreceğim. "
    "İlaçları aldım bile, lütfen yardım edin."
)
#: As a list server passes a mail on, with the charset its member's program claims wrongly.
WRAPPED = (
    f"From: Amina via Muzik <muzik@lists.example.net>\r\nReply-To: Amina <amina@example.org>\r\n"
    f"Sender: muzik-bounces@lists.example.net\r\nTo: {OURS}\r\n"
    "Subject: [Muzik] selam\r\nMessage-ID: <cry@example.org>\r\n"
    "List-Id: Muzik <muzik.lists.example.net>\r\n"
    "List-Unsubscribe: <mailto:muzik-leave@lists.example.net>\r\n"
    "List-Post: <mailto:muzik@lists.example.net>\r\nPrecedence: list\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
).encode() + (
    f"{CRY}\r\n\r\n_______________________________________________\r\n"
    "Muzik mailing list -- muzik@lists.example.net\r\n"
    "To unsubscribe send an email to muzik-leave@lists.example.net\r\n"
).encode("windows-1254")


def test_it_puts_a_cry_in_a_broken_charset_on_a_list_first_with_the_numbers_of_there():
    desk = Desk()
    for number in range(3):
        desk.keep(letter(sender=f"dee{number}@house{number}.example", mid=f"<{number}@x.example>"))
    entry = desk.keep(WRAPPED)
    desk.keep(letter(sender=DEE, mid="<last@x.example>"))
    assert desk.admit().failures == ()
    assert desk.entry(entry.id).state == "case"
    rows = [QueueRow(case, None, 0, 1) for case in desk.store.data.cases.values()]
    first = in_order(rows)[0].case
    assert first.id == desk.entry(entry.id).case_id
    assert (first.urgency, first.language, first.country) == (Urgency.EMERGENCY, "tr", "TR")
    draft = desk.draft(first.id)
    assert draft is not None
    assert draft.language == "tr"
    assert "112" in draft.text
