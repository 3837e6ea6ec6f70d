"""What programs, phones, firms and lists put under a letter is cut."""

from __future__ import annotations

import pytest

from concierge.rules.cleaning import own_words

OWN = "I cannot pay my rent this month, and the landlord rings every day.\nMy tour was cancelled."

DEVICES = (
    "Sent from my iPhone",
    "Sent from my mobile device",
    "Sent from my cell, please excuse any typos.",
    "Sent from my phone. Please excuse brevity and typos.",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from Samsung tablet",
    "Sent via the Samsung Galaxy S21 5G, an AT&T 5G smartphone",
    "Sent from Mail for Windows 10",
    "Sent from [Mail](https://example.com/mail) for Windows",
    "Sent from Yahoo Mail on Android",
    "Sent from Outlook for Android<https://example.com/x>",
    "Get Outlook for iOS<https://example.com/o>",
    "Get [Outlook for Android](https://example.com/o)",
    "Sent from Proton Mail for iOS",
    "Sent with Proton Mail secure email.",
    "Sent with Spark",
    "Sent from TypeApp<http://example.com/r?b=1>",
    "Sent with Airmail",
    "Sent from Mailbox for iPad",
    "Sent via Superhuman",
    "Sent from BlueMail for Android",
    "Sent from my BlackBerry 10 smartphone on the Vodafone network.",
    "Sent from my TI-85",
    "<<sent from a phone>>",
    "(sent from mobile device)",
    "Von meinem Mobilgerät gesendet",
    "Von meinem iPad gesendet",
    "Gesendet mit der GMX Mail App",
    "Gesendet von Outlook für Android<https://example.com/x>",
    "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour iOS<https://example.com/o>",
    "Télécharger Outlook pour Android",
    "Enviado desde mi iPhone",
    "Enviado do meu smartphone Samsung Galaxy.",
    "Inviato da iPhone",
    "Verzonden vanaf mijn iPhone",
    "Verstuurd vanaf mijn Samsung-apparaat",
    "Skickat från min iPhone",
    "Sendt fra min iPad",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Odoslané z iPhonu",
    "Trimis de pe iPhone",
    "Küldve az iPhone-omról",
    "Στάλθηκε από το iPhone μου",
    "iPhone'umdan gönderildi",
    "Отправлено с iPhone",
    "Отправлено из мобильной Почты Mail.ru",
    "Надіслано з iPhone",
    "Изпратено от моя iPhone",
    "Poslano z mojega iPhona",
    "iPhoneから送信",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "나의 iPhone에서 보냄",
    "נשלח מה-iPhone שלי",
    "أرسلت من الـ iPhone",
    "ارسال شده از iPhone من",
    "ส่งจาก iPhone ของฉัน",
    "Được gửi từ iPhone của tôi",
    "Dikirim dari iPhone saya",
)  # fmt: skip

FOOTERS = {
    "mailman": "_______________________________________________\nMusicians mailing list\n"
    "musicians@lists.example.net\nhttps://lists.example.net/listinfo/musicians",
    "mailman short": "__\nmusicians mailing list\nmusicians@lists.example.net",
    "google groups": "-- \nYou received this message because you are subscribed to the group.\n"
    "To unsubscribe send an email to music+unsubscribe@example.net.",
    "ezmlm": "---------------------------------------------------------------------\n"
    "To unsubscribe, e-mail: music-unsubscribe@example.net\n"
    "For additional commands, e-mail: music-help@example.net",
}

DISCLAIMERS = {
    "en": "This e-mail and any attachment are confidential and intended solely for the "
    "addressee. If "
    "you received it in error please notify the sender and delete it.",
    "de": "Diese E-Mail enthält vertrauliche Informationen und ist nur für den Adressaten "
    "bestimmt. "
    "Falls Sie sie irrtümlich erhalten haben, bitte löschen Sie diese Mail und informieren uns.",
    "fr": "Ce message est confidentiel et réservé à son destinataire. Toute utilisation non "
    "autorisée "
    "est interdite. Si vous l'avez reçu par erreur, merci de le supprimer.",
    "es": "Este mensaje es confidencial y está dirigido únicamente a su destinatario. Queda "
    "prohibida "
    "su copia. Si lo ha recibido por error, le rogamos eliminarlo.",
    "pt": "Esta mensagem é confidencial e destinada exclusivamente ao seu destinatário. É "
    "proibida a "
    "sua divulgação. Se a recebeu por engano, favor eliminar.",
    "it": "Questo messaggio è riservato ed è diretto esclusivamente al destinatario. È vietato "
    "ogni "
    "altro uso. Se lo avete ricevuto per errore vi preghiamo di eliminarlo.",
    "nl": "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Indien u het "
    "ten onrechte ontvangt, gelieve het te verwijderen en ons te berichten.",
    "ru": "Это сообщение конфиденциально и предназначено только адресату. Если вы получили его по "
    "ошибке, пожалуйста, удалите его; распространение запрещено законом.",
    "pl": "Wiadomość ta ma charakter poufny i jest przeznaczona tylko dla adresata. Jeśli "
    "otrzymali "
    "ją Państwo omyłkowo, prosimy o jej usunięcie. Kopiowanie jest zabronione.",
    "tr": "Bu e-posta gizli bilgiler içerir ve yalnızca alıcısına yöneliktir. Yanlışlıkla "
    "aldıysanız "
    "lütfen siliniz; izinsiz kullanımı yasaktır ve sorumluluk doğurur efendim.",
    "ja": "このメールは機密情報を含み、受信者のみを対象としています。誤って受信された場合は、直ちに"
    "送信者に通知のうえ削除してください。無断の開示・複製は固くお断りいたします。",
}  # fmt: skip


@pytest.mark.parametrize("line", DEVICES)
def test_it_cuts_the_line_of_a_program_or_phone(line):
    above = "\n".join([OWN] * 6)
    words = own_words(f"{above}\n\n{line}\n")
    assert words.text == above
    assert not words.full_rules


@pytest.mark.parametrize("line", DEVICES)
def test_it_cuts_that_line_above_a_quote(line):
    body = (
        f"{OWN}\n\n{line}\n\nOn Nov 3, 2026, at 10:15, Bo <bo@example.net> wrote:\n\n> Dear Amina"
    )
    assert own_words(body).text == OWN


@pytest.mark.parametrize("name", FOOTERS)
def test_it_cuts_the_footer_of_a_list(name):
    assert own_words(f"{OWN}\n\n{FOOTERS[name]}\n").text == OWN


@pytest.mark.parametrize("name", DISCLAIMERS)
def test_it_cuts_a_lawyers_paragraph(name):
    words = own_words(f"{OWN}\n\n{DISCLAIMERS[name]}\n")
    assert words.text == OWN


def test_it_cuts_a_lawyers_paragraph_under_a_signature():
    words = own_words(f"{OWN}\n\n-- \nAmina\nSinger\n\n{DISCLAIMERS['en']}\n\n{DEVICES[0]}")
    assert words.text == OWN
    assert [label for label, _ in words.cut] == ["signature", "disclaimer", "device"]
