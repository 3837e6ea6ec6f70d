"""The words by which mail programs of many languages label, pass on and advertise."""

from __future__ import annotations

import re


def holds(text: str, parts: tuple[str, ...]) -> bool:
    """Whether any of these parts stands in a text; quicker than a pattern, as every line asks."""
    low = text.lower()
    return any(part in low for part in parts)


#: The label of the sender's line in the header blocks of the common programs.
FROM_WORDS = frozenset({
    "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от", "від", "из",
    "kimden", "gönderen", "差出人", "送信者", "发件人", "寄件者", "寄件人", "發件人", "보낸 사람",
    "보낸사람", "מאת", "من", "จาก", "feladó", "expéditeur", "remitente", "mittente", "afzender",
    "από", "dari", "từ", "expeditor", "saatja", "kellelt", "no", "nuo", "pošiljatelj",
    "odesílatel", "odosielateľ", "nadawca", "отправитель", "avsender", "afsender", "de la",
    "от кого", "від кого", "від:", "daripada", "प्रेषक", "frá", "šalje", "pošiljalac", "од",
    "از", "فرستنده", "nga", "kimdən", "ਵੱਲੋਂ", "প্রেরক", "அனுப்புநர்", "kutoka", "uit", "siuntėjas",
    "absender", "remetente", "adresant",
})  # fmt: skip

#: The label of the subject's line.
SUBJECT_WORDS = frozenset({
    "subject", "betreff", "betr", "objet", "sujet", "asunto", "assunto", "oggetto", "ogg",
    "onderwerp", "ämne", "emne", "aihe", "temat", "předmět", "predmet", "tárgy", "subiect",
    "θέμα", "konu", "тема", "относно", "предмет", "tema", "zadeva", "naslov", "件名", "主题",
    "主旨", "主題", "标题", "標題", "제목", "الموضوع", "موضوع", "נושא", "เรื่อง", "หัวเรื่อง", "chủ đề",
    "subjek", "subyek", "perihal", "विषय", "teema", "temats", "efni", "assumpte", "gaia",
    "mövzu", "বিষয়", "mada", "kwessie", "subjekt", "rubrik",
})  # fmt: skip

FORWARD = (
    "forward", "weitergeleitet", "transf", "reenvia", "inoltrat", "doorgestuurd",
    "vidarebef", "videresendt", "przekazan", "пересыл", "переслан", "преслан", "iletilen",
    "转发", "轉寄", "転送", "전달", "הועבר", "محول", "réexpédi", "välitetty", "přeposlan",
    "preposlan", "továbbított", "redirecțion", "προωθημ", "diteruskan", "chuyển tiếp",
    "ส่งต่อ", "proslijeđen", "prosleđen", "posredovan", "reencamin", "encaminhad", "edasi",
)  # fmt: skip
#: What a program calls the mail it quotes, in the line over its header block.
ORIGINAL = (
    "original", "ursprüngl", "ursprungl", "d'origine", "oprindelig", "oprinnelig",
    "opprinnelig", "alkuperäinen", "oryginaln", "původní", "pôvodn", "eredeti", "αρχικό",
    "orijinal", "özgün", "исходн", "вихідн", "оригинал", "原始", "元の", "원본", "الأصلية",
    "מקורית", "asli", "gốc", "oorspronkelijk", "izvorn", "algne",
)  # fmt: skip
#: "Wrote" where it ends a reply line.
WROTE_WORDS = (
    r"wrote|writes|schrieb|geschrieben|schreef|geschreven|[ée]crit|escribi[óo]|escreveu|scritto|"
    r"skrev|skrifaði|kirjoitti|kirjutas|pisze|napisał|napisała|napsala?|napísala?|írta|scris|"
    r"писала?(?:\(а\))?|написала?|написав|пише|написа|pisao|napisao|napisala?|έγραψε|yazdı|كتب|כתב|写道|寫道|"
    r"写到|さん|작성|씨|menulis|viết|เขียนว่า|लिखा|نوشت|escrigué|va escriure|rašė|rakstīja|shkroi|"
    r"scrisse|skreiv|kirjoittaa"
)
#: A request of ticket systems, to answer above their line.
REPLY_ABOVE = re.compile(
    r"(reply|replies|respond|answer|write|type).{0,40}\babove\b|antwort.{0,40}(oberhalb|über)|"
    r"(oberhalb|über).{0,40}antwort|répond.{0,40}dessus|respond.{0,40}(encima|arriba|acima)|"
    r"rispond.{0,40}sopra|(antwoord|reageer|typ).{0,40}boven|odpowie.{0,40}(nad|powyżej)|"
    r"ответ.{0,40}выше|svar.{0,40}(över|ovan|over)|yanıt.{0,40}üst|(此行|这条线|此線).{0,8}(上|之上)|"
    r"この行.{0,8}上",
    re.IGNORECASE,
)

#: "This line" in such a request, when it stands without dashes around it.
THIS_LINE = (
    "this line", "diese linie", "diese zeile", "dieser linie", "dieser zeile", "cette ligne",
    "esta lín", "esta lin", "questa riga", "questa linea", "deze lijn", "deze regel", "tej lini",
    "этой линии", "этой строки", "denna linje", "denna rad", "denne linje", "bu çizgi", "此行",
    "この行",
)  # fmt: skip

#: Things and programs that advertise themselves under a mail. Case endings may follow "iPhone".
DEVICE = re.compile(
    r"(?<![a-z])((iphon|ipad|ipod|ios|android|blackberry|samsung|galaxy)[^\W\d_]{0,6}|huawei|"
    r"xiaomi|redmi|oppo|nokia|lumia|windows( phone| mail)?( \d+)?|htc|sony|xperia|motorola|pixel|"
    r"oneplus|alcatel|honor|vivo|outlook|yahoo|gmail|proton ?mail|mail\.ru|gmx|web\.de|aol|zoho|"
    r"tutanota|tuta|fastmail|smartphone|mobil\w{0,12}|handy|cell|(cell)?phone|tel[ée]fono|"
    r"t[ée]l[ée]phone|mailbird|thunderbird|mac(book)?|tablet\w{0,2}|device|airmail|spark|mailbox|"
    r"superhuman|bluemail|typeapp|aqua ?mail|k-9 mail|newton|edison|canary|sparrow|mail app)"
    r"(?![a-z])|(?<!\w)\[?mail\]?(?=[\s(<]|$)|手机|手機|携帯|邮箱|телефон",
    re.IGNORECASE,
)
SENT = re.compile(
    r"^\W{0,4}(sent (from|via|by|with|using)|get (?=\[?outlook)|von meine[mr]|gesendet|"
    r"von .{0,30}gesendet|diese nachricht wurde|envoy[ée]|obtenez|télécharge|enviad[oa]|enviado|"
    r"inviato|scarica|verzonden|verstuurd|skickat|sendt|lähetetty|wysłan[eo]|odesláno|odoslané|"
    r"отправлено|послано|надіслано|изпратено|poslano|послато|trimis|küldve|elküldve|στάλθηκε|"
    r"εστάλη|.{0,30}gönderildi|iphone'umdan|dikirim|được gửi|gửi từ|ส่งจาก|发自|發自|从我的|從我的|"
    r"寄自|.{0,16}から送信|나의 .{0,16}보냄|.{0,16}에서 보냄|נשלח|أرسل|مرسل|ارسال شده|saadetud|"
    r"nosūtīts|išsiųsta|sent frá|enviat)",
    re.IGNORECASE,
)
#: The same where it can be nothing but a sign-off, device or not.
SENT_FROM = re.compile(
    r"\W{0,4}(sent (from|via)|gesendet von|envoyé (de|depuis)|enviado (desde|do|da)|inviato da|"
    r"verzonden vanaf|skickat från|sendt fra|wysłano? z|отправлено (с|из)) ",
    re.IGNORECASE,
)
#: What may follow the device's name in such a line.
DEVICE_TAIL = frozenset({
    "gesendet", "gesendet.", "gönderildi", "μου", "보냄", "보냄.", "mit", "moi", "saya", "tôi",
    "của", "ของฉัน", "שלי", "من", "network", "network.", "secure", "email.", "email", "on", "the",
    "for", "für", "pour", "para", "per", "voor", "di", "da", "do", "de", "an", "a", "mail", "pc",
    "app", "geschickt", "verzonden", "pro", "max", "mini", "plus", "ultra", "work",
})  # fmt: skip
APOLOGY = re.compile(
    r"\b(typo\w*|brevity|autocorrect|tippfehler|kürze|fautes|brièveté|erreurs|errores|errori|erros|"
    r"errata|brevedad|brevidade|brevità|tikfouten|опечатк\w*|literówk\w*)\W*$",
    re.IGNORECASE,
)

#: What a list or a virus scanner says of itself under every mail.
LIST_WORDS = re.compile(
    r"mailing list|mailingl|unsubscri|subscribed|abmelde|abbestell|désabonn|désinscri|"
    r"darse de baja|cancelar la suscr|descadastr|cancelar (a )?(inscri|subscri)|disiscri|"
    r"uitschrij|afmeld|avregistrer|avprenumer|wypisa|отпис|відпис|odhlásit|退订|退訂|配信停止|구독|"
    r"listinfo|additional commands|virus|malware|Viren|вирус|вірус|ウイルス|病毒",
    re.IGNORECASE,
)

#: Two different marks of a lawyer's paragraph, in lower case; one alone is a word people use.
LEGAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"confiden[tcz]i|vertraulich|vertrouwelijk|riservat|fortrolig|luottamuksel|poufn|důvěrn|"
        r"конфиденц|конфіденц|gizli|保密|機密|기밀|سري|sekretess|konfident|bizalmas|εμπιστευτικ|חסוי",
        r"intended (solely|only|for|recipient)|bestimmt|destinatai?r|destinat[áa]ri|bestemd|"
        r"adresat|адресат|получател|alıcı|收件人|受信者|수신인|المرسل إليه|avsedd|címzett|"
        r"παραλήπτ|vastaanottaja|příjemc|príjemc|beregnet",
        r"privileged|unauthori[sz]ed|unbefugt|interdit|prohibid|proibid|vietat|verboden|"
        r"zabronion|запрещ|yasak|strictly|förbjud|tilos|απαγορ|kielletty|zakázán",
        r"delete (it|this|the)|notify (the|us)|löschen|supprimer|eliminar|eliminare|verwijder|"
        r"usun|удал|siliniz|删除|削除|삭제|radera|törölj|διαγράψ|poista|slett|smaž|odstran",
    )
)
#: "I, me, my": lawyers do not use these, people who ask for silence do.
FIRST_PERSON = re.compile(
    r"(?<!\w)(i|i'm|me|my|ich|mir|mich|mein\w{0,2}|je|moi|mon|ma|mes|yo|mi|mis|eu|meu|minha|io|mio|"
    r"mia|ik|mij|mijn|я|мне|меня|мой|моя|мені|мене|ja|mnie|mi|mój|ben|bana|benim|jag|mig|min|jeg|"
    r"meg|minä|minua|én|nekem|εγώ|μου|أنا|אני|मैं|मुझे)(?!\w)|我|私|僕|俺|나는|저는|제가",
    re.IGNORECASE,
)
