"""What one line, or a few, of a mail's text tell about who wrote them."""

from __future__ import annotations

import re

QUOTED = re.compile(r"^\s{0,4}(>(?!\s*:\s*$)|&gt;|＞)")
SIGNATURE = re.compile(r"^\s{0,2}(-- ?|—|––|__|--\s{0,3})$")

# Mail programs write the date and address of what they quote in every language; the words around
# them differ, so the line is known by digits, a year, a time, an address and its last mark.
_TIME = re.compile(r"\d{1,2}\s?[:.h時点시]\s?\d{2}|\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}|<\s?(mailto:)?https?:")
ENDING = re.compile(r"[:：]\**\s*$|(wrote|写道|寫道)\s*$")
# Longer than any reply line, with a long name and two addresses in it.
_REPLY_CHARACTERS = 300
_SIGN = re.compile(r"[\d@]")
_ANGLE = re.compile(r"[<(\[]\s?(mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,255}[>)\]]")
_WROTE = re.compile(
    r"(wrote|writes|schrieb|geschrieben|schreef|geschreven|[ée]crit|escribi[óo]|escreveu|scritto|"
    r"skrev|skrifaði|kirjoitti|pisze|napisała?(\(a\))?|napsala?|napísala?|írta|scris|"
    r"писала?|написала?|написав|пише|написа|pisao|έγραψε|yazdı|كتب|כתב|写道|寫道|写到|さん|작성|씨|"
    r"menulis|viết|เขียนว่า|लिखा)\W{0,4}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19|20)\d\d\b|(19|20)\d\d\s?[年년]|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")

_DASHES = "-–—_*="
_PAIR = re.compile(r"^[\s*_>]{0,6}([^\W\d_][^:：\n]{0,24}?)\s?\*?\s?[:：]\s?\*?\s?(\S.*)?$")
_FORWARD = re.compile(
    r"forward|weitergeleitet|transf|reenvia|inoltrat|doorgestuurd|vidarebef|videresendt|"
    r"przekazan|пересыл|переслан|преслан|iletilen|转发|轉寄|転送|전달|הועבר|محول",
    re.IGNORECASE,
)
# The label of the sender's line in header blocks of the common programs, by language.
_FROM_WORDS = frozenset({
    "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от", "від", "из",
    "kimden", "gönderen", "差出人", "送信者", "发件人", "寄件者", "寄件人", "發件人", "보낸 사람",
    "보낸사람", "מאת", "من", "จาก", "feladó", "expéditeur", "remitente", "mittente", "afzender",
    "από", "dari", "từ", "expeditor", "saatja", "no", "nuo", "pošiljatelj", "odesílatel",
    "odosielateľ", "nadawca", "отправитель", "avsender", "afsender",
})  # fmt: skip

_DEVICE = re.compile(
    r"(?<![a-z])(iphone|ipad|ipod|android|blackberry|galaxy|samsung|huawei|xiaomi|redmi|"
    r"oppo|nokia|windows phone|htc|sony|xperia|motorola|outlook|yahoo|gmail|proton ?mail|mail\.ru|"
    r"gmx|smartphone|mobile|handy|phone|mailbird|thunderbird|windows \d+|mac|tablet)(?![a-z])|"
    r"手机|手機|携帯|邮箱|телефон",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"^\W{0,4}(sent (from|via|by|with|using)|get outlook|von meinem|gesendet|von .{0,30}gesendet|"
    r"diese nachricht wurde|envoy[ée]|obtenez|télécharge|enviad[oa]|enviado|inviato|scarica|"
    r"verzonden|verstuurd|skickat|sendt|lähetetty|wysłan[eo]|odesláno|odoslané|отправлено|"
    r"послано|надіслано|изпратено|poslano|послато|trimis|küldve|elküldve|στάλθηκε|εστάλη|"
    r".{0,30}gönderildi|iphone'umdan|dikirim|được gửi|gửi từ|ส่งจาก|发自|發自|从我的|從我的|"
    r"寄自|.{0,16}から送信|나의 .{0,16}보냄|.{0,16}에서 보냄|נשלח|أرسل|مرسل|ارسال شده)",
    re.IGNORECASE,
)
# A device line holds a device's name and little else; a sentence about a phone is longer.
_DEVICE_WORDS = 12

# Two different marks of a lawyer's paragraph; one alone is a word people use.
_LEGAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"confiden[tcz]i|vertraulich|vertrouwelijk|riservat|fortrolig|luottamuksel|poufn|důvěrn|"
        r"конфиденц|конфіденц|gizli|保密|機密|기밀|سري",
        r"intended (solely|only|for|recipient)|bestimmt|destinatai?r|destinat[áa]ri|bestemd|"
        r"adresat|адресат|получател|alıcı|收件人|受信者|수신인|المرسل إليه",
        r"privileged|unauthori[sz]ed|unbefugt|interdit|prohibid|proibid|vietat|verboden|"
        r"zabronion|запрещ|yasak|strictly",
        r"delete (it|this|the)|notify (the|us)|löschen|supprimer|eliminar|eliminare|verwijder|"
        r"usun|удал|siliniz|删除|削除|삭제",
    )
)


def has_words(text: str) -> bool:
    """Whether any letter of any script stands in a text."""
    return any(c.isalpha() for c in text)


def reply_strength(line: str) -> int:
    """Whether a line reads "On <date>, <name> <address> wrote:", in any language: 0, 1 or 2.

    2 holds above bare text: two of date with year, time, address, and what only a program writes
    (an address in angle brackets, or "wrote" at the very end). 1 holds only right above a marked
    quote. People write dates before a colon too, and their story must not be cut.
    """
    if len(line) > _REPLY_CHARACTERS or not (_SIGN.search(line) and ENDING.search(line)):
        return 0
    signs = sum(sign.search(line) is not None for sign in (_ADDRESS, _TIME, _YEAR))
    marked = _ANGLE.search(line) is not None or _WROTE.search(line) is not None
    if signs >= 2:
        return 2 if marked else 1
    return 1 if signs and marked else 0


def _pair(line: str) -> re.Match[str] | None:
    return _PAIR.match(line) if len(line) < 1_000 else None


def is_header_block(lines: list[str], index: int, *, under_rule: bool = False) -> bool:
    """Whether "From: .. Sent: .. To: .. Subject: .." starts here, in any language.

    Three pairs at least, with an address or a date and time where programs put them: a web form
    or a list of one's own data has pairs too, and must not be cut. Under a separator less is
    asked of them.
    """
    first = _pair(lines[index])
    if first is None or not first[2]:
        return False
    block = lines[index : block_end(lines, index) + 1]
    pairs = [match for match in map(_pair, block) if match is not None]
    dated = any(_YEAR.search(m[2] or "") and _TIME.search(m[2] or "") for m in pairs)
    if first[1].strip(" *_").casefold() in _FROM_WORDS:
        return len(pairs) >= 3 and (dated or _ADDRESS.search(first[2]) is not None)
    shown = any(_ADDRESS.search(line) for line in block) if under_rule else False
    return len(pairs) >= 4 and dated and (shown or any(map(_ANGLE.search, block[:2])))


def block_end(lines: list[str], index: int) -> int:
    """The last line of a block of pairs (blank lines before it passed over), or index - 1."""
    start = index
    while start < len(lines) and start < index + 3 and not lines[start].strip():
        start += 1
    at = start
    # No program writes more than ten header lines over a quote.
    while at < len(lines) and at < start + 10 and lines[at].strip():
        if _pair(lines[at]) is None and not lines[at].startswith((" ", "\t")):
            break
        at += 1
    return at - 1 if at > start else index - 1


def separator(lines: list[str], index: int) -> str:
    """``reply`` or ``forward`` when a program's separator stands here, else "".

    A separator counts only with a header block, or a reply line, right under it: people put
    headings between dashes too.
    """
    line = lines[index].strip()
    if len(line) > _REPLY_CHARACTERS or line[:2].strip(_DASHES) or line[-2:].strip(_DASHES):
        return ""
    words = line.strip(_DASHES + " ")
    if words and reply_strength(words + ":") == 2:
        return "reply"
    below = next((i for i in range(index + 1, min(index + 4, len(lines))) if lines[i].strip()), -1)
    if below < 0:
        return ""
    block = is_header_block(lines, below, under_rule=True)
    if not block and not _opens(lines[below], bare=not words):
        return ""
    return "forward" if _FORWARD.search(words) else "reply"


def _opens(line: str, *, bare: bool) -> bool:
    """Whether the line under a separator belongs to a program; a bare rule needs more."""
    if reply_strength(line) == 2:
        return True
    return not bare and _pair(line) is not None and _ADDRESS.search(line) is not None


def is_device_line(line: str) -> bool:
    """Whether a line is a program's or a phone's own advertisement."""
    if len(line) > 160 or len(line.split()) > _DEVICE_WORDS:
        return False
    return _SENT.search(line) is not None and _DEVICE.search(line) is not None


def is_disclaimer(paragraph: str) -> bool:
    """Whether a paragraph has two different marks of a confidentiality notice."""
    words = len(paragraph.split())
    spaced = words >= 15 or (len(paragraph) >= 60 and words < 5)  # scripts without spaces
    return spaced and sum(p.search(paragraph[:4_000]) is not None for p in _LEGAL) >= 2


def is_sentence(line: str) -> bool:
    """Whether a line reads as something said rather than a name, a title or an address."""
    words = line.split()
    return len(words) >= 4 and line.rstrip()[-1:] in set(".!?。！？।؟…")
