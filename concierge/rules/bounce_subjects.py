"""How mail servers announce that a mail did not arrive, in the languages they are shipped in."""

from __future__ import annotations

#: How a bounce's subject starts: defaults of Exchange, Outlook, Postfix, Exim, Sendmail, qmail,
#: Notes, MDaemon and the large providers. By language.
BOUNCE_SUBJECTS: dict[str, tuple[str, ...]] = {
    "en": (
        "undeliverable", "undelivered", "undeliver", "non-deliverable", "returned mail",
        "returned to sender", "return to sender", "returned message", "mail delivery",
        "mail could not be delivered", "message delivery failure", "email delivery failure",
        "delivery status notification", "delivery status", "delivery failure", "delivery failed",
        "delivery error", "delivery notification", "delivery problem", "delivery report",
        "delivery delayed", "delivery has", "delayed mail", "delayed:", "failure notice",
        "failure delivery", "failed delivery", "failed mail", "failed to deliver",
        "message undeliverable", "message not delivered", "message delayed",
        "could not send message", "nondeliverable mail", "warning: could not send",
        "warning: message", "user unknown", "mail system error", "mail failure", "mail error",
        "mdaemon warning", "rejected mail", "rejected:", "error sending your mail",
        "your message couldn't be delivered", "your message could not be delivered",
        "your email could not be", "deliver failure", "non delivery", "non-delivery",
        "nondelivery", "notification: undeliverable", "notice of undelivered",
        "postmaster notify", "unable to deliver", "couldn't deliver", "message status -",
        "there was an error sending your mail", "processing error",
    ),
    "de": (
        "unzustellbar", "nicht zustellbar", "unzustellbare", "zustellung fehlgeschlagen",
        "benachrichtigung zum übermittlungsstatus", "benachrichtigung zum +apw-bermittlungsstatus",
        "benachrichtigung über den zustellstatus", "nachricht nicht zugestellt",
        "zustellungsfehler", "zustellfehler", "verzögerte zustellung", "mailzustellung",
    ),
    "fr": (
        "non remis", "non remise", "échec de la remise", "échec de remise", "échec de livraison",
        "notification d'état de remise", "avis de non-remise", "non distribuable",
        "message non distribué", "courrier non distribué", "retour de courrier",
        "échec de la distribution", "message non délivré",
    ),
    "es": (
        "no se puede entregar", "no entregado", "no se pudo entregar", "no se ha podido entregar",
        "notificación de estado de la entrega", "correo devuelto", "mensaje devuelto",
        "error de entrega", "fallo en la entrega", "mensaje no entregado",
    ),
    "pt": (
        "não foi possível entregar", "não entregue", "não é possível entregar",
        "notificação de status de entrega", "notificação do estado de entrega",
        "mensagem devolvida", "falha na entrega", "erro na entrega", "falha no envio",
    ),
    "it": (
        "impossibile recapitare", "mancato recapito", "non recapitabile", "mancata consegna",
        "notifica sullo stato del recapito", "notifica dello stato di consegna",
        "messaggio non recapitato", "avviso di mancata consegna",
    ),
    "nl": (
        "onbestelbaar", "niet bezorgd", "melding van bezorgingsstatus", "bezorging mislukt",
        "kan niet worden bezorgd", "kennisgeving van bezorgingsstatus",
    ),
    "sv": (
        "olevererbart", "kan inte levereras", "kunde inte levereras", "ej levererat",
        "leveransfel", "meddelande om leveransstatus",
    ),
    "da": ("ikke leveret", "kan ikke leveres", "kunne ikke leveres", "leveringsfejl"),
    "nb": ("kan ikke leveres", "ikke levert", "kunne ikke leveres", "leveringsfeil"),
    "fi": ("toimittaminen ei onnistunut", "ei voi toimittaa", "toimitus epäonnistui"),
    "is": ("ekki hægt að afhenda", "óafhendanlegt"),
    "pl": (
        "niedostarczalne", "nie dostarczono", "nie można dostarczyć", "niedostarczona",
        "powiadomienie o stanie dostarczenia", "zwrot wiadomości",
    ),
    "cs": ("nedoručitelné", "nedoručitelná", "nedoručeno", "nelze doručit"),
    "sk": ("nedoručiteľné", "nedoručiteľná", "nedoručené", "nemožno doručiť"),
    "hu": ("kézbesíthetetlen", "nem kézbesíthető", "sikertelen kézbesítés"),
    "ro": ("nelivrat", "nu se poate livra", "imposibil de livrat", "livrare eșuată"),
    "ru": (
        "недоставлено", "не удается доставить", "не удалось доставить", "не доставлено",
        "недоставлен", "сообщение не доставлено", "ваше сообщение не доставлено",
        "уведомление о состоянии доставки", "недоставленное сообщение", "письмо не доставлено",
    ),
    "uk": ("не доставлено", "не вдалося доставити", "недоставлене", "повідомлення не доставлено"),
    "bg": ("недоставено", "не може да бъде доставено", "неуспешно доставяне"),
    "sr": ("неиспоручено", "neisporučeno", "није испоручено"),
    "hr": ("neisporučivo", "nije isporučeno", "neuspjela isporuka", "nije moguće isporučiti"),
    "sl": ("ni mogoče dostaviti", "nedostavljivo", "sporočilo ni bilo dostavljeno"),
    "lt": ("nepristatyta", "nepavyko pristatyti", "negalima pristatyti"),
    "lv": ("nepiegādājams", "nav piegādāts", "neizdevās piegādāt"),
    "et": ("kohale toimetamatu", "ei saa kohale toimetada", "edastamine nurjus"),
    "el": ("δεν παραδόθηκε", "μη παραδόσιμο", "αδυναμία παράδοσης", "δεν είναι δυνατή η παράδοση"),
    "tr": ("teslim edilemedi", "teslim edilemiyor", "iletilemedi", "teslim durumu bildirimi"),
    "he": ("לא ניתן למסירה", "לא ניתן למסור", "הודעה שלא נמסרה", "לא נמסר"),
    "ar": ("تعذر التسليم", "غير قابل للتسليم", "لم يتم التسليم", "فشل التسليم"),
    "fa": ("غیر قابل تحویل", "تحویل نشد", "تحویل داده نشد"),
    "hi": ("वितरित नहीं", "अवितरित", "सुपुर्द करने योग्य नहीं"),
    "th": ("ไม่สามารถส่ง", "ส่งไม่ได้", "ส่งไม่สำเร็จ"),
    "vi": ("gửi không thành công", "không thể gửi", "không gửi được", "thư bị trả lại"),
    "id": ("tidak terkirim", "tidak dapat dikirim", "gagal terkirim", "pengiriman gagal"),
    "ms": ("tidak dapat dihantar", "gagal dihantar", "penghantaran gagal"),
    "ja": ("配信不能", "配信できません", "未送達", "未配信", "配信エラー", "送信エラー", "不達"),
    "zh": (
        "無法傳遞", "无法传递", "退信", "系统退信", "系統退信", "無法投遞", "无法投递", "未送达",
        "投递失败", "发送失败", "傳送失敗", "邮件被退回",
    ),
    "ko": ("배달되지 않음", "배달 못 함", "전송 실패", "반송", "메일 전송 실패"),
    "ca": ("no es pot lliurar", "no lliurat", "no s'ha pogut lliurar"),
    "eu": ("ezin da entregatu", "entregatu gabe"),
}  # fmt: skip

#: How providers head a complaint passed on, in the forms before RFC 5965. Not "abuse report",
#: which a person writes too.
COMPLAINT_SUBJECTS = ("complaint about message from", "email feedback report for ip")

#: In the subject of a warning that a mail is still waiting.
DELAYED_SUBJECTS = (
    "delayed", "delay)", "(delay", "still being retried", "warning: could not send",
    "not yet been delivered", "verzögert", "verzögerung", "retardé", "retrasad", "atrasad",
    "ritardo", "ritardat", "vertraagd", "försenad", "forsinket", "viivästynyt", "opóźnion",
    "zpožděn", "задерж", "затрим", "gecikti", "遅延", "延迟", "延遲", "지연",
)  # fmt: skip

#: Sentences of mail servers near the start of a bounce.
BOUNCE_BODIES = (
    "could not be delivered", "couldn't be delivered", "wasn't able to deliver",
    "was not able to deliver", "unable to deliver", "undeliverable", "was undeliverable",
    "not delivered", "not been delivered", "delivery to the following", "delivery has failed",
    "delivery failed", "error delivering your mail", "delivery error", "permanent fatal errors",
    "transient fatal errors", "failed permanently", "delivery problems", "delivery errors",
    "created automatically by mail delivery", "this is the qmail-send program",
    "this is the mail system at host", "user unknown", "unknown user", "no such user",
    "mailbox unavailable", "mailbox is full", "mailbox full", "recipient address rejected",
    "over quota", "host unknown", "address rejected", "does not exist", "unrouteable address",
    "returned message follows", "transcript of session follows", "delivery attempts",
    "has been delayed", "retry timeout exceeded", "rejected your message", "remote host said",
    "did not reach the following", "has been returned because", "original message follows",
    "message headers follow", "no longer valid", "unknown or illegal", "server message",
    "konnte nicht zugestellt werden", "folgende empfänger fehlgeschlagen",
    "n'a pas pu être remis", "n'a pas pu être délivré", "no se pudo entregar",
    "no se ha podido entregar", "não pôde ser entregue", "não foi possível entregar",
    "non è stato possibile recapitare", "kon niet worden bezorgd", "kunde inte levereras",
    "kunne ikke leveres", "nie mogła zostać dostarczona", "nie można dostarczyć",
    "nelze doručit", "nem sikerült kézbesíteni", "nu a putut fi livrat",
    "не может быть доставлено", "не удалось доставить", "не вдалося доставити",
    "δεν ήταν δυνατή η παράδοση", "teslim edilemedi", "לא ניתן היה למסור", "تعذر تسليم",
    "配信できません", "送信できませんでした", "送信に失敗しました", "无法投递", "無法投遞",
    "无法传递", "배달할 수 없", "không thể gửi", "tidak dapat dikirim", "ไม่สามารถส่ง",
)  # fmt: skip
