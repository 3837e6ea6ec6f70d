"""Words by which mail programs announce themselves, in the languages they are shipped in."""

from __future__ import annotations

#: How the subject of a vacation or automatic reply starts. Defaults of Outlook, Gmail, Exchange,
#: Zimbra, Lotus and common autoresponders; a start only, because people write *about* an
#: out-of-office too. By language.
AUTO_SUBJECTS: dict[str, tuple[str, ...]] = {
    "en": (
        "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response",
        "auto-response", "autoresponse", "autoresponder", "automated reply", "automated response",
        "automatic response", "auto: re:", "auto:re:", "auto sms", "[auto]", "auto-submitted:",
        "out of office",
        "out-of-office", "out of the office", "ooo:", "vacation reply", "vacation:",
        "vacation notice", "on vacation", "on holiday", "away from the office", "away from my mail",
        "away from office", "i am away", "i'm away", "ooto:", "auto acknowledgement",
    ),
    "de": (
        "automatische antwort", "automatisches antwort", "automatisierte antwort", "auto-antwort",
        "abwesenheit", "abwesend", "nicht im büro", "urlaubsmeldung", "außer haus",
        "automatische rückmeldung", "automatische empfangsbestätigung", "urlaubsabwesenheit",
    ),
    "fr": (
        "réponse automatique", "absence du bureau", "absent du bureau", "message d'absence",
        "message automatique", "réponse d'absence", "en vacances :", "absent(e) du bureau",
        "rép auto", "notification d'absence",
    ),
    "es": (
        "respuesta automática", "fuera de la oficina", "ausente de la oficina",
        "fuera de oficina", "respuesta automatizada", "mensaje automático", "autorespuesta",
        "auto respuesta",
    ),
    "pt": (
        "resposta automática", "fora do escritório", "ausência temporária", "fora da empresa",
        "mensagem automática", "ausência do escritório", "resposta automatizada",
    ),
    "it": (
        "risposta automatica", "fuori sede", "fuori ufficio", "assente dall'ufficio",
        "messaggio automatico", "avviso di assenza", "non in ufficio", "risponditore automatico",
    ),
    "nl": (
        "automatisch antwoord", "afwezig", "niet aanwezig", "automatische reactie",
        "buiten kantoor", "afwezigheidsbericht", "afwezigheidsassistent", "auto-antwoord",
    ),
    "sv": ("automatiskt svar", "autosvar", "frånvaro", "frånvarande", "ej på kontoret"),
    "da": ("automatisk svar", "autosvar", "ikke til stede", "fraværende", "fraværsbesked"),
    "nb": ("automatisk svar", "automatisk besvarelse", "fraværsmelding", "ikke på kontoret"),
    "fi": ("automaattinen vastaus", "poissa toimistosta", "poissaoloviesti", "poissa:"),
    "is": ("sjálfvirkt svar", "sjálfvirk svörun", "ekki á skrifstofunni"),
    "pl": (
        "autom. odpowiedź", "automatyczna odpowiedź", "odpowiedź automatyczna", "nieobecność",
        "poza biurem", "autoodpowiedź",
    ),
    "cs": ("automatická odpověď", "mimo kancelář", "nepřítomnost", "nejsem v kanceláři"),
    "sk": ("automatická odpoveď", "mimo kancelárie", "neprítomnosť"),
    "hu": ("automatikus válasz", "házon kívül", "irodán kívül", "távollét"),
    "ro": ("răspuns automat", "în afara biroului", "absent de la birou"),
    "ru": (
        "автоматический ответ", "автоответ", "нет на месте", "автоматическое уведомление",
        "вне офиса", "отсутствую на рабочем", "в отпуске:",
    ),
    "uk": ("автоматична відповідь", "автовідповідь", "поза офісом", "не в офісі"),
    "bg": ("автоматичен отговор", "извън офиса", "отсъствам от офиса"),
    "mk": ("автоматски одговор", "надвор од канцеларија"),
    "sr": ("аутоматски одговор", "automatski odgovor", "ван канцеларије", "van kancelarije"),
    "hr": ("automatski odgovor", "izvan ureda", "automatizirani odgovor"),
    "sl": ("samodejni odgovor", "avtomatski odgovor", "odsotnost", "izven pisarne"),
    "sq": ("përgjigje automatike", "jashtë zyre"),
    "lt": ("automatinis atsakymas", "automatinis atsakas", "ne biure", "nesu biure"),
    "lv": (
        "automātiska atbilde", "automātiskā atbilde", "ārpus biroja", "prombūtne",
        "arpus biroja",
    ),
    "et": ("automaatvastus", "automaatne vastus", "kontorist väljas", "puhkusel:"),
    "el": ("αυτόματη απάντηση", "εκτός γραφείου", "απουσία από το γραφείο"),
    "tr": ("otomatik yanıt", "otomatik cevap", "ofis dışında", "ofis dışı"),
    "he": ("מענה אוטומטי", "תשובה אוטומטית", "תגובה אוטומטית", "מחוץ למשרד"),
    "ar": ("رد تلقائي", "الرد التلقائي", "الرد الآلي", "رد آلي", "خارج المكتب"),
    "fa": ("پاسخ خودکار", "پاسخ اتوماتیک", "خارج از دفتر"),
    "ur": ("خودکار جواب",),
    "hi": ("स्वचालित उत्तर", "स्वत: उत्तर", "स्वचालित जवाब", "कार्यालय से बाहर"),
    "bn": ("স্বয়ংক্রিয় উত্তর", "স্বয়ংক্রিয় প্রত্যুত্তর"),
    "th": ("ตอบกลับอัตโนมัติ", "การตอบกลับอัตโนมัติ", "ไม่อยู่ที่สำนักงาน"),
    "vi": ("trả lời tự động", "thư trả lời tự động", "vắng mặt tại văn phòng", "tự động trả lời"),
    "id": ("balasan otomatis", "jawaban otomatis", "di luar kantor", "tidak di kantor"),
    "ms": ("balasan automatik", "jawapan automatik", "di luar pejabat"),
    "tl": ("awtomatikong tugon", "awtomatikong sagot", "wala sa opisina"),
    "sw": ("jibu la kiotomatiki", "jibu otomatiki", "nje ya ofisi"),
    "af": ("outomatiese antwoord", "buite kantoor"),
    "ja": ("自動返信", "自動応答", "不在通知", "不在のお知らせ", "不在:", "外出中"),
    "zh": (
        "自动回复", "自動回覆", "自動回復", "自动答复", "不在办公室", "外出自动", "休假自动",
        "自动应答", "不在辦公室",
    ),
    "ko": ("자동 회신", "자동 응답", "자동회신", "자동응답", "부재 중", "부재중"),
    "ca": ("resposta automàtica", "fora de l'oficina"),
    "eu": ("erantzun automatikoa", "bulegotik kanpo"),
    "gl": ("resposta automática", "fóra da oficina"),
    "cy": ("ateb awtomatig", "allan o'r swyddfa"),
    "ga": ("freagra uathoibríoch", "as oifig"),
}  # fmt: skip

#: Sentences of an autoresponder near the start of its text.
AUTO_BODIES = (
    "this is an automatic reply", "this is an automated", "this is an auto", "automatic response",
    "automatically generated", "automated response", "automated message", "auto-generated",
    "i am out of the office", "i'm out of the office", "i will be out of the office",
    "i am out of office", "currently out of the office", "i am on vacation",
    "i am on annual leave", "i am on leave", "with limited access to email",
    "limited access to my email", "no access to email", "ich bin nicht im büro",
    "ich bin derzeit nicht", "automatisch generiert", "automatisch erstellt", "je suis absent",
    "réponse automatique", "message automatique", "estoy fuera de la oficina",
    "respuesta automática", "estou fora do escritório", "mensagem automática",
    "sono fuori ufficio", "messaggio automatico", "ik ben afwezig", "automatisch gegenereerd",
    "jag är inte på kontoret", "jeg er ikke på kontoret", "olen poissa toimistolta",
    "nie ma mnie w biurze", "wiadomość wygenerowana automatycznie", "nejsem v kanceláři",
    "автоматический ответ", "я в отпуске", "автоматична відповідь", "otomatik olarak",
    "自動送信", "自動返信", "自动回复", "不在にしております", "자동으로 발송",
)  # fmt: skip

#: What a vacation notice says besides being away: when its writer is back, and whom to turn to.
#: One alone is in many letters of people; a notice has two of the three near its start.
AWAY = (
    "out of the office", "out of office", "on annual leave", "on vacation", "on parental leave",
    "maternity leave", "away from my desk", "away from the office", "nicht im büro", "im urlaub",
    "nicht im hause", "absent du bureau", "en congé", "absente du bureau", "en vacances",
    "fuera de la oficina", "de vacaciones", "fora do escritório", "de férias", "em férias",
    "fuori ufficio", "in ferie", "niet op kantoor", "met vakantie", "inte på kontoret",
    "på semester", "ikke på kontoret", "på ferie", "nie ma mnie w biurze", "na urlopie",
    "в отпуске", "нет на работе", "у відпустці", "不在にして", "休暇", "休假", "外出",
)  # fmt: skip
BACK = (
    "i will return", "i will be back", "will be back on", "returning on", "i return on",
    "until i return", "on my return", "back in the office", "bin ab dem", "wieder erreichbar",
    "wieder im büro", "zurück am", "bin ich zurück", "de retour le", "mon retour", "regreso el",
    "estaré de vuelta", "a mi regreso", "retorno em", "retorno dia", "estarei de volta", "rientro",
    "sarò di ritorno", "ben ik weer", "terug op", "åter den", "tillbaka den", "tilbage den",
    "tilbake den", "wracam", "powrót", "вернусь", "буду на месте", "повернусь", "戻り", "返回",
)  # fmt: skip
INSTEAD = (
    "please contact", "for urgent matters", "if your matter is urgent", "in urgent cases",
    "if urgent", "in my absence", "during my absence", "not be checking", "not be forwarded",
    "in dringenden fällen", "wenden sie sich", "nicht weitergeleitet", "en cas d'urgence",
    "veuillez contacter", "en mon absence", "para asuntos urgentes", "en caso de urgencia",
    "em caso de urgência", "assuntos urgentes", "per urgenze", "in caso di urgenza",
    "voor dringende", "bij dringende", "vid brådskande", "ved hastende", "w pilnych sprawach",
    "по срочным вопросам", "за терміновими", "至急の場合", "緊急の場合", "如有急事", "紧急事",
)  # fmt: skip

#: What stands before the colon of an answered or forwarded subject.
ANSWER_PREFIXES = frozenset({
    "re", "aw", "antw", "sv", "vs", "odp", "r", "rif", "res", "ref", "ynt", "atb", "bls", "vá",
    "fwd", "fw", "wg", "tr", "rv", "enc", "i", "vb", "doorst", "pd", "vl", "továbbítás", "απ",
    "πρθ", "ha", "回复", "答复", "转发", "回覆", "轉寄", "返信", "転送", "답장", "전달", "ответ",
    "пересл", "rép", "réf", "ang", "ogg", "inoltra", "vastaus", "videre", "sj", "to",
    "továbbítva", "refwd", "ilt", "yml", "trs", "πρώθ", "σχετ", "הועבר", "השב", "رد", "إعادة",
    "пд", "fs", "vidarebefordrat", "回復", "轉發", "전송", "ตอบ", "ส่งต่อ", "trả", "chuyển",
    "bal", "penerusan", "ni", "nni", "fwds",
})  # fmt: skip
