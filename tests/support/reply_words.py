"""What every language a reply is written in calls the things a test looks for."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One language's words, kept beside the templates so that a changed one is noticed."""

    #: How Unicode begins the names of its letters.
    script: str
    #: What stands in place of a number nobody knows.
    local_number: str
    #: What stands before the number of the country, separator included.
    emergency: str
    #: Open day and night.
    always: str
    #: Hours nobody knows.
    unknown: str


#: By language, in the order they were written.
WORDS = {
    "en": Words(
        "LATIN",
        "your local emergency number",
        "Emergency number: ",
        "day and night",
        "Hours not confirmed",
    ),
    "es": Words(
        "LATIN",
        "el número de emergencias del lugar donde estás",
        "Número de emergencias: ",
        "de día y de noche",
        "Horario sin confirmar",
    ),
    "fr": Words(
        "LATIN",
        "le numéro d'urgence du lieu où vous êtes",
        "Numéro d'urgence\N{NO-BREAK SPACE}: ",
        "jour et nuit",
        "Horaires non confirmés",
    ),
    "de": Words(
        "LATIN",
        "die Notrufnummer an dem Ort, an dem du bist",
        "Notruf: ",
        "Tag und Nacht",
        "Zeiten nicht bestätigt",
    ),
    "pt": Words(
        "LATIN",
        "o número de emergência do lugar onde você está",
        "Número de emergência: ",
        "dia e noite",
        "Horário não confirmado",
    ),
    "it": Words(
        "LATIN",
        "il numero di emergenza del posto in cui ti trovi",
        "Numero di emergenza: ",
        "giorno e notte, tutti i giorni",
        "Orari non confermati",
    ),
    "nl": Words(
        "LATIN",
        "het alarmnummer van de plek waar je bent",
        "Alarmnummer: ",
        "dag en nacht, elke dag",
        "Tijden niet bevestigd",
    ),
    "sv": Words(
        "LATIN",
        "nödnumret där du är",
        "Nödnummer: ",
        "dygnet runt, alla dagar",
        "Öppettider inte bekräftade",
    ),
    "da": Words(
        "LATIN",
        "alarmnummeret dér, hvor du er",
        "Alarmnummer: ",
        "dag og nat, alle dage",
        "Åbningstider ikke bekræftet",
    ),
    "nb": Words(
        "LATIN",
        "nødnummeret der du er",
        "Nødnummer: ",
        "dag og natt, alle dager",
        "Åpningstider ikke bekreftet",
    ),
    "fi": Words(
        "LATIN",
        "sen paikan hätänumero, jossa olet",
        "Hätänumero: ",
        "yötä päivää, joka päivä",
        "Aukioloaikoja ei ole vahvistettu",
    ),
    "pl": Words(
        "LATIN",
        "numer alarmowy w miejscu, w którym jesteś",
        "Numer alarmowy: ",
        "dzień i noc, codziennie",
        "Godziny niepotwierdzone",
    ),
    "cs": Words(
        "LATIN",
        "číslo tísňového volání v místě, kde jste",
        "Tísňové volání: ",
        "ve dne i v noci, každý den",
        "Otevírací doba není potvrzená",
    ),
    "tr": Words(
        "LATIN",
        "bulunduğunuz yerin acil yardım numarası",
        "Acil yardım numarası: ",
        "gece gündüz, her gün",
        "Saatler doğrulanmadı",
    ),
    "ru": Words(
        "CYRILLIC",
        "номер экстренной помощи там, где вы находитесь",
        "Экстренная помощь: ",
        "днём и ночью, каждый день",
        "Время работы не подтверждено",
    ),
    "uk": Words(
        "CYRILLIC",
        "номер екстреної допомоги там, де ви перебуваєте",
        "Екстрена допомога: ",
        "удень і вночі, щодня",
        "Години роботи не підтверджено",
    ),
    "ar": Words(
        "ARABIC",
        "رقم الطوارئ في المكان الذي أنت فيه",
        "رقم الطوارئ: ",
        "ليلًا ونهارًا، كل يوم",
        "أوقات العمل غير مؤكدة",
    ),
    "he": Words(
        "HEBREW",
        "מספר החירום במקום שבו אתם נמצאים",
        "מספר חירום: ",
        "יום ולילה, בכל יום",
        "שעות הפעילות לא אומתו",
    ),
    "hi": Words(
        "DEVANAGARI",
        "जहाँ आप हैं, वहाँ का आपातकालीन नंबर",
        "आपातकालीन नंबर: ",
        "दिन-रात, हर दिन",
        "समय की पुष्टि नहीं हुई है",
    ),
    "ja": Words(
        "KANA",
        "いまいる場所の緊急通報の番号",
        "緊急通報：",
        "昼も夜も、毎日",
        "受付時間は確認できていません",
    ),
    "ko": Words(
        "HANGUL",
        "지금 계신 곳의 긴급 전화번호",
        "긴급 전화: ",
        "밤낮으로, 매일",
        "이용 시간은 확인되지 않았습니다",
    ),
    "zh-Hans": Words(
        "CJK",
        "你所在地的紧急求助电话",
        "紧急求助电话：",
        "每天，白天和夜里",
        "开放时间未经确认",
    ),
    "zh-Hant": Words(
        "CJK",
        "你所在地的緊急求助電話",
        "緊急求助電話：",
        "每天，白天和夜裡",
        "開放時間未經確認",
    ),
    "id": Words(
        "LATIN",
        "nomor darurat di tempat Anda berada",
        "Nomor darurat: ",
        "siang dan malam, setiap hari",
        "Jam buka belum dipastikan",
    ),
    "ro": Words(
        "LATIN",
        "numărul de urgență din locul în care ești",
        "Număr de urgență: ",
        "zi și noapte, în fiecare zi",
        "Programul nu este confirmat",
    ),
    "el": Words(
        "GREEK",
        "ο αριθμός έκτακτης ανάγκης του τόπου όπου βρίσκεστε",
        "Αριθμός έκτακτης ανάγκης: ",
        "μέρα και νύχτα, κάθε μέρα",
        "Οι ώρες λειτουργίας δεν έχουν επιβεβαιωθεί",
    ),
    "hu": Words(
        "LATIN",
        "a segélyhívó szám ott, ahol éppen van",
        "Segélyhívó szám: ",
        "éjjel-nappal, minden nap",
        "Az időpontok nincsenek megerősítve",
    ),
    "fa": Words(
        "ARABIC",
        "شمارهٔ اضطراری جایی که هستید",
        "شمارهٔ اضطراری: ",
        "شب و روز، هر روز",
        "ساعت‌های پاسخ‌گویی تأیید نشده است",
    ),
    "vi": Words(
        "LATIN",
        "số khẩn cấp ở nơi bạn đang ở",
        "Số khẩn cấp: ",
        "ngày và đêm, mọi ngày",
        "Giờ mở cửa chưa được xác nhận",
    ),
    "th": Words(
        "THAI",
        "หมายเลขฉุกเฉินในพื้นที่ที่คุณอยู่",
        "หมายเลขฉุกเฉิน: ",
        "ทั้งกลางวันและกลางคืน ทุกวัน",
        "ยังไม่ได้ยืนยันเวลาเปิด",
    ),
    "bn": Words(
        "BENGALI",
        "আপনি যেখানে আছেন, সেখানকার জরুরি নম্বর",
        "জরুরি নম্বর: ",
        "দিনরাত, প্রতিদিন",
        "সময় নিশ্চিত করা হয়নি",
    ),
    "ur": Words(
        "ARABIC",
        "جہاں آپ ہیں، وہاں کا ہنگامی نمبر",
        "ہنگامی نمبر: ",
        "دن رات، ہر روز",
        "اوقات کی تصدیق نہیں ہوئی",
    ),
    "ms": Words(
        "LATIN",
        "nombor kecemasan di tempat anda berada",
        "Nombor kecemasan: ",
        "siang dan malam, setiap hari",
        "Waktu buka belum disahkan",
    ),
    "sw": Words(
        "LATIN",
        "namba ya dharura ya mahali ulipo",
        "Namba ya dharura: ",
        "usiku na mchana, kila siku",
        "Saa za huduma hazijathibitishwa",
    ),
    "tl": Words(
        "LATIN",
        "ang numerong pang-emergency sa lugar kung nasaan kayo",
        "Numerong pang-emergency: ",
        "araw at gabi, bawat araw",
        "Hindi pa nakukumpirma ang oras",
    ),
    "bg": Words(
        "CYRILLIC",
        "спешният номер на мястото, където сте",
        "Спешен номер: ",
        "ден и нощ, всеки ден",
        "Работното време не е потвърдено",
    ),
    "hr": Words(
        "LATIN",
        "broj hitne službe na mjestu gdje se nalazite",
        "Broj hitne službe: ",
        "danju i noću, svaki dan",
        "Radno vrijeme nije potvrđeno",
    ),
    "sk": Words(
        "LATIN",
        "číslo tiesňového volania v mieste, kde ste",
        "Tiesňové volanie: ",
        "vo dne i v noci, každý deň",
        "Otváracie hodiny nie sú potvrdené",
    ),
}

#: The languages every kind of reply is written in.
WHOLE = ("en", "es", "fr", "de", "pt")
