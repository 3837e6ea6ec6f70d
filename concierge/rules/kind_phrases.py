"""Words by which mail programs announce themselves, in the languages they are shipped in."""

from __future__ import annotations

#: How the subject of a vacation or automatic reply starts, folded to lower case. Defaults of
#: Outlook, Gmail, Exchange, Zimbra, Lotus and common autoresponders; a start only, because people
#: write *about* an out-of-office too.
AUTO_SUBJECTS = (
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response",
    "autoresponse", "autoresponder", "automated reply", "automated response", "auto:", "[auto]",
    "out of office", "out-of-office", "out of the office", "ooo:", "vacation reply",
    "vacation:", "on vacation", "on holiday", "away from", "i am away", "i'm away",
    "automatische antwort", "automatisches antwort", "abwesenheit", "abwesend", "nicht im büro",
    "urlaubsmeldung", "automatisch antwoord", "afwezig", "niet aanwezig",
    "réponse automatique", "reponse automatique", "absence du bureau", "absent du bureau",
    "message d'absence", "respuesta automática", "respuesta automatica", "fuera de la oficina",
    "ausente de la oficina", "resposta automática", "resposta automatica", "fora do escritório",
    "ausência temporária", "risposta automatica", "fuori sede", "fuori ufficio",
    "automatiskt svar", "autosvar", "frånvaro", "automatisk svar", "automatisk besvarelse",
    "ikke til stede", "fraværende", "automaattinen vastaus", "poissa toimistosta",
    "autom. odpowiedź", "automatyczna odpowiedź", "odpowiedź automatyczna",
    "nieobecność", "automatická odpověď", "mimo kancelář", "automatická odpoveď",
    "automatikus válasz", "házon kívül", "răspuns automat", "автоматический ответ", "автоответ",
    "автоматична відповідь", "нет на месте", "автоматичен отговор", "автоматски одговор",
    "automatski odgovor", "samodejni odgovor", "αυτόματη απάντηση", "εκτός γραφείου",
    "otomatik yanıt", "otomatik cevap", "ofis dışında", "מענה אוטומטי", "תשובה אוטומטית",
    "رد تلقائي", "الرد التلقائي", "پاسخ خودکار", "स्वचालित उत्तर", "ตอบกลับอัตโนมัติ",
    "trả lời tự động", "balasan otomatis", "自動返信", "自動応答", "不在通知", "自动回复",
    "自動回覆", "자동 회신", "부재 중",
)  # fmt: skip

#: How a bounce's subject starts.
BOUNCE_SUBJECTS = (
    "undeliverable", "undelivered", "undeliver", "non-deliverable", "returned mail",
    "returned to sender", "return to sender", "returned message", "mail delivery failed",
    "mail delivery failure", "mail delivery error", "mail delivery problem",
    "mail delivery subsystem", "mail could not be delivered", "message delivery failure",
    "delivery status notification", "delivery failure", "delivery failed", "delivery error",
    "delivery notification", "delivery problem", "delivery report", "delivery delayed",
    "delayed mail", "delayed:", "failure notice", "failure delivery", "failed delivery",
    "message undeliverable", "message not delivered", "message delayed", "could not send message",
    "nondeliverable mail", "warning: could not send", "warning: message", "user unknown",
    "mail system error", "mail failure", "mdaemon warning", "rejected mail", "rejected:",
    "error sending your mail", "your message couldn't be delivered", "deliver failure",
    "abuse report", "email feedback report", "complaint about message",
    "unzustellbar", "nicht zustellbar", "benachrichtigung zum übermittlungsstatus",
    "onbestelbaar", "non remis", "échec de la remise", "notification d'état de remise",
    "avis de non-remise", "no se puede entregar", "no entregado",
    "notificación de estado de la entrega", "não foi possível entregar", "não entregue",
    "impossibile recapitare", "mancato recapito", "ikke leveret", "kan inte levereras",
    "olevererbart", "toimittaminen ei onnistunut", "niedostarczalne", "nie dostarczono",
    "nedoručitelné", "nedoručiteľné", "kézbesíthetetlen", "nelivrat", "недоставлено",
    "не удается доставить", "не доставлено", "недоставлен", "δεν παραδόθηκε", "teslim edilemedi",
    "לא ניתן למסירה", "تعذر التسليم", "配信不能", "配信できません", "未送達", "無法傳遞",
    "无法传递", "退信", "系统退信", "배달되지 않음", "gửi không thành công",
)  # fmt: skip

#: Sentences of mail servers near the start of a bounce.
BOUNCE_BODIES = (
    "could not be delivered", "couldn't be delivered", "wasn't able to deliver",
    "was not able to deliver", "unable to deliver", "undeliverable", "was undeliverable",
    "not delivered", "delivery to the following", "delivery has failed", "delivery failed",
    "delivery error", "permanent fatal errors", "transient fatal errors", "failed permanently",
    "created automatically by mail delivery software", "this is the qmail-send program",
    "this is the mail system at host", "user unknown", "unknown user", "no such user",
    "mailbox unavailable", "mailbox is full", "mailbox full", "recipient address rejected",
    "over quota", "host unknown", "address rejected", "does not exist", "unrouteable address",
    "returned message follows", "transcript of session follows", "delivery attempts",
    "has been delayed", "retry timeout exceeded", "rejected your message", "remote host said",
    "konnte nicht zugestellt werden", "n'a pas pu être remis", "no se pudo entregar",
    "não pôde ser entregue", "配信できません",
)  # fmt: skip

#: Sentences of an autoresponder near the start of its text.
AUTO_BODIES = (
    "this is an automatic reply", "this is an automated", "this is an auto", "automatic response",
    "automatically generated", "automated response", "automated message", "auto-generated",
    "i am out of the office", "i'm out of the office", "i will be out of the office",
    "currently out of the office", "i am on vacation", "i am on annual leave",
    "i am on leave", "with limited access to email", "limited access to my email",
    "ich bin nicht im büro", "ich bin derzeit nicht", "automatisch generiert",
    "automatisch erstellt", "je suis absent", "réponse automatique", "message automatique",
    "estoy fuera de la oficina", "respuesta automática", "estou fora do escritório",
    "mensagem automática", "sono fuori ufficio", "messaggio automatico",
    "автоматический ответ", "自動送信", "自動返信", "自动回复",
)  # fmt: skip

#: What stands before the colon of an answered or forwarded subject.
ANSWER_PREFIXES = frozenset({
    "re", "aw", "antw", "sv", "vs", "odp", "r", "rif", "res", "ref", "ynt", "atb", "bls", "vá",
    "fwd", "fw", "wg", "tr", "rv", "enc", "i", "vb", "doorst", "pd", "vl", "továbbítás", "απ",
    "πρθ", "ha", "回复", "答复", "转发", "回覆", "轉寄", "返信", "転送", "답장", "전달", "ответ",
    "пересл",
})  # fmt: skip
