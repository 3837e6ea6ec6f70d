"""Words of programs that neither answer for a person nor return a mail: receipts, forms, shops."""

from __future__ import annotations

#: How Outlook and Notes head a receipt, in their languages.
RECEIPT_SUBJECTS = (
    "read:", "not read:", "read receipt", "return receipt", "delivered:",
    "disposition notification",
    "gelesen:", "nicht gelesen:", "ungelesen:", "lesebestätigung", "empfangsbestätigung",
    "lu :", "lu:", "non lu :", "non lu:", "confirmation de lecture", "accusé de réception",
    "leído:", "no leído:", "confirmación de lectura", "lida:", "lido:", "não lida:", "não lido:",
    "confirmação de leitura", "letto:", "non letto:", "conferma di lettura", "gelezen:",
    "niet gelezen:", "leesbevestiging", "läst:", "oläst:", "läskvitto", "læst:", "lest:", "luettu:",
    "przeczytano:", "nie przeczytano:", "přečteno:", "prečítané:", "olvasva:", "citit:",
    "прочитано:", "прочтено:", "не прочтено:", "отчет о прочтении", "прочетено:", "pročitano:",
    "prebrano:", "perskaityta:", "loetud:", "αναγνώστηκε:", "διαβάστηκε:", "okundu:", "okunmadı:",
    "נקרא:", "مقروء:", "قراءة:", "開封済み:", "开封:", "已读:", "已讀取:", "읽음:", "đã đọc:",
    "dibaca:", "อ่านแล้ว:",
)  # fmt: skip
RECEIPT_BODIES = (
    "was read on", "was deleted without being read", "has been displayed", "was displayed on",
    "no guarantee that the message has been read", "wurde am", "a été lu le", "se ha leído el",
    "foi lida em", "è stato letto il", "is gelezen op", "lästes den", "blev læst",
    "została przeczytana", "прочтено", "okundu", "開封されました", "已于", "읽었습니다",
)  # fmt: skip

#: How calendars head the answer to an invitation.
CALENDAR_SUBJECTS = (
    "accepted:", "declined:", "tentative:", "tentatively accepted:", "new time proposed:",
    "updated invitation", "canceled:", "cancelled:", "zugesagt:", "abgelehnt:", "mit vorbehalt:",
    "mit vorbehalt angenommen:", "accepté :", "accepté:", "refusé :", "refusé:", "provisoire :",
    "aceptado:", "aceptada:", "rechazado:", "rechazada:", "provisional:", "aceito:", "aceite:",
    "recusado:", "accettato:", "accettata:", "rifiutato:", "rifiutata:", "geaccepteerd:",
    "geweigerd:", "afgewezen:", "voorlopig:", "accepterat:", "accepterad:", "avböjt:",
    "accepteret:",
    "afslået:", "akseptert:", "avslått:", "hyväksytty:", "hylätty:", "zaakceptowano:",
    "odrzucono:", "přijato:", "odmítnuto:", "elfogadva:", "acceptat:", "принято:", "отклонено:",
    "kabul edildi:", "reddedildi:", "התקבל:", "承諾:", "辞退:", "已接受:", "已拒绝:", "수락:",
    "거절:",
)  # fmt: skip

#: What calendars write into such an answer where nobody wrote anything.
CALENDAR_BODIES = (
    "has accepted this invitation", "has declined this invitation", "has replied \"maybe\"",
    "has tentatively accepted", "hat diese einladung", "hat die einladung",
    "a accepté cette invitation", "a refusé cette invitation", "ha aceptado esta invitación",
    "ha rechazado esta invitación", "aceitou este convite", "recusou este convite",
    "ha accettato questo invito", "ha rifiutato questo invito", "heeft deze uitnodiging",
    "har accepterat", "har tackat nej", "zaakceptował", "принял приглашение",
    "принял(а) приглашение", "daveti kabul etti", "この招待を承諾", "接受了此邀请",
)  # fmt: skip

#: Sentences with which only programs begin: phones at the wheel, answering machines, and help
#: desks that open a ticket, which would open another for every answer of ours.
PROGRAM_BODIES = (
    "i'm driving with do not disturb", "i'm driving with focus", "driving focus turned on",
    "i'm not receiving notifications", "this is an automatic reply",
    "this is an automatic response",
    "this is an automated reply", "this is an automated response", "this is an auto-reply",
    "this is an autoreply", "this is an auto-generated", "this is an automatically generated",
    "dies ist eine automatische", "dies ist eine automatisch", "ceci est une réponse automatique",
    "ceci est un message automatique", "esta es una respuesta automática",
    "este es un mensaje automático", "esta é uma resposta automática",
    "esta é uma mensagem automática", "questa è una risposta automatica",
    "questo è un messaggio automatico", "dit is een automatisch", "detta är ett automatiskt",
    "dette er et automatisk", "tämä on automaattinen", "to jest automatyczna",
    "to jest wiadomość automatyczna", "toto je automatická", "ez egy automatikus",
    "acesta este un răspuns automat", "это автоматический ответ", "это автоматическое сообщение",
    "це автоматична відповідь", "αυτή είναι μια αυτόματη", "bu otomatik bir",
    "هذا رد تلقائي", "זוהי תשובה אוטומטית", "これは自動返信", "このメールは自動",
    "本メールは自動", "这是一封自动", "此邮件为自动", "這是一封自動", "자동으로 발송된",
    "đây là thư trả lời tự động", "ini adalah balasan otomatis",
    "a ticket has been created", "ticket has been opened", "has been assigned ticket",
    "your ticket has been", "your request has been received and", "your case has been created",
    "ihre anfrage ist bei uns eingegangen", "votre demande a bien été",
    "su solicitud ha sido recibida", "hemos recibido su solicitud", "recebemos sua solicitação",
    "recebemos a sua solicitação", "abbiamo ricevuto la sua richiesta",
    "ваше обращение зарегистрировано", "заявка зарегистрирована", "お問い合わせを受け付け",
    "您的工单",
)  # fmt: skip

#: How filters ask a stranger to confirm.
CHALLENGE_SUBJECTS = (
    "please confirm your message", "please confirm your email", "confirm your message",
    "confirmation required", "sender verification", "your email requires verification",
    "your message requires", "your message awaits", "your mail to", "your email to",
    "verify your message", "action required to deliver", "[boxbe]", "[spamarrest]",
    "bestätigung erforderlich", "vérification de l'expéditeur", "confirmation de votre message",
    "confirmación necesaria", "confirmação necessária", "confirme sua mensagem",
    "подтвердите отправку", "подтверждение отправителя",
)  # fmt: skip
CHALLENGE_BODIES = (
    "click the link below to verify", "to confirm that you are a person",
    "confirm that you are human", "confirm you are human", "verify that you are a real person",
    "my spam filter requires", "uses boxbe", "uses spam arrest", "challenge-response",
    "challenge/response", "before your message can be delivered", "to have your message delivered",
    "will be delivered once you", "to deliver your message, please",
    "reply to this message to confirm",
    "held until you confirm", "is being held because", "awaiting your confirmation",
    "damit ihre nachricht zugestellt", "pour que votre message soit", "para que su mensaje sea",
    "para que sua mensagem seja", "чтобы ваше письмо было доставлено",
)  # fmt: skip

#: Sentences of programs that take no answer. A person's mail program adds none of these.
NO_ANSWER = (
    "do not reply to this email", "do not reply to this e-mail", "do not reply to this message",
    "don't reply to this email", "do not respond to this email",
    "replies to this email are not monitored", "this mailbox is not monitored",
    "this inbox is not monitored", "this is an unmonitored", "was sent from an unmonitored",
    "sent from a notification-only", "this email was sent automatically",
    "this is a system generated", "this is a system-generated", "this message was automatically",
    "antworten sie nicht auf diese", "bitte nicht auf diese e-mail",
    "bitte nicht auf diese mail", "bitte nicht auf diese nachricht",
    "diese e-mail wurde automatisch",
    "ne pas répondre à ce", "ne répondez pas à ce", "no responda a este", "no responder a este",
    "não responda a este", "não responder a este", "non rispondere a questa",
    "non rispondere a questo",
    "deze e-mail niet beantwoorden",
    "deze mail niet beantwoorden", "niet op deze e-mail", "svara inte på detta",
    "svar ikke på denne", "älä vastaa tähän",
    "prosimy nie odpowiadać", "neodpovídejte na", "ne válaszoljon erre", "nu răspundeți la acest",
    "не отвечайте на это", "не відповідайте на цей", "μην απαντήσετε", "bu e-postayı yanıtlamayın",
    "送信専用", "请勿回复", "請勿回覆", "발신전용", "vui lòng không trả lời",
    "mohon tidak membalas",
)  # fmt: skip
#: What newsletters and shops write around their text.
VIEW_ONLINE = (
    "view in browser", "view this email in your browser", "view it in your browser",
    "view online", "read it online", "web version", "webversion", "online-version",
    "onlineversion", "im browser ansehen", "im browser anzeigen", "browser öffnen",
    "version en ligne", "dans votre navigateur", "ver en el navegador", "versión en línea",
    "ver no navegador", "versione online", "nel browser", "bekijk in browser", "i webbläsaren",
    "i din browser", "w przeglądarce", "в браузере", "tarayıcıda", "ブラウザで", "浏览器",
)  # fmt: skip
LEAVE_LIST = (
    "unsubscribe", "opt out", "opt-out", "manage your subscription", "manage preferences",
    "email preferences", "you are receiving this", "you received this email because",
    "you're receiving this", "newsletter abbestellen", "newsletter abmelden", "abmelden",
    "abbestellen", "austragen", "se désabonner", "désinscri", "désabonner", "darse de baja",
    "cancelar suscripción", "cancelar la suscripción", "descadastr", "cancelar inscrição",
    "cancelar a subscrição", "disiscriv", "cancella iscrizione", "annulla iscrizione",
    "uitschrijven",
    "afmelden", "avregistrera", "avsluta prenumeration", "afmeld", "avmeld", "wypisz się",
    "odhlásit", "leiratkozás", "dezabonare", "отписаться", "відписатися", "abonelikten",
    "配信停止", "退订", "取消訂閱", "수신거부", "hủy đăng ký", "berhenti berlangganan",
)  # fmt: skip
#: Programs' own words at the start of a subject.
NOTIFICATION_SUBJECTS = (
    "[auto generated]", "[auto-generated]", "[autogenerated]", "auto generated", "auto-generated",
    "[notification]", "[alert]", "cron <", "logwatch for", "report domain:",
    "[preview] report domain:", "dmarc aggregate report", "dmarc report",
)  # fmt: skip
#: DMARC aggregate reports (RFC 7489, 7.2.1.1) and encryption reports (RFC 8460, 5.3).
REPORT_SUBJECTS = ("report domain:", "[preview] report domain:", "dmarc aggregate report")
