"""Names of towns as scripts and languages write them, written by hand for make_countries."""

#: ``iso:kind-language: names``: names and declined forms no rule of the grammar gives.
TOWN_NAMES = """
BG:city-bg:Пловдив|Варна|Бургас|Русе|Стара Загора|Плевен|Велико Търново
CZ:cs:Česku|Česka|Českem
CZ:city-cs:Brně
PL:city-pl:Łodzi|Gdańsku|Krakowie|Warszawie|Wrocławiu|Poznaniu
NO:city-nb:Tromsø
GR:city-el:Πάτρα
RS:city-sr:Нови Сад|Новом Саду|Ниш|Нишу|Novom Sadu|Niš|Nišu
HR:city-hr:Splitu
KZ:demonym-ru:казахстанский|казахстанская
BE:demonym-nl:Vlaamse
GB:city-zh:利物浦|伯明翰|爱丁堡|格拉斯哥|利兹|布里斯托尔
DE:city-hi:कोलोन
DE:city-bn:কোলন|হামবুর্গ
DE:city-el:Στουτγάρδη
CH:city-hi:ज़्यूरिख
CH:city-ru:Женева
CH:city-he:ז'נבה
CH:city-ar:جنيف
CH:city-fa:ژنو
CH:city-th:เจนีวา
CH:city-ja:ジュネーブ
CH:city-zh:日内瓦
IT:city-und:Μιλάνο
IT:city-el:Βενετία
IT:city-ar:نابولي
IT:city-fa:ونیز|فلورانس
IT:city-zh:米兰|威尼斯
IT:city-ru:Торино|Венеция
IT:city-uk:Венеція
IT:city-he:ונציה
IT:city-de:Venedig
ES:city-bg:Севиля
GB:city-ru:Манчестер
GB:city-bg:Ливърпул|Единбърг
GB:city-sr:Ливерпул
GB:city-el:Μάντσεστερ|Λίβερπουλ
GB:city-ar:مانشستر|ليفربول|برمنغهام
GB:city-fa:منچستر
GB:city-hi:मैनचेस्टर
GB:city-bn:ম্যানচেস্টার|লিভারপুল
GB:city-he:גלזגו
GR:city-bg:Солун
GR:city-ko:테살로니키
RO:city-hu:Kolozsvár
US:city-he:לוס אנג'לס
AU:city-hi:मेलबर्न
AU:city-uk:Брізбен
AU:city-ar:بريزبان
ZA:city-zh:开普敦
RU:city-he:סנט פטרבורג
UA:city-el:Χάρκοβο
UA:city-ar:خاركيف
UA:city-ja:ハルキウ|オデーサ
UA:city-zh:哈尔科夫|敖德萨
UA:city-ko:르비우
JP:city-und:Οσάκα
JP:city-hi:ओसाका
JP:city-th:โอซาก้า|เกียวโต
JP:city-ko:오사카|교토|나고야
CN:city-el:Σαγκάη
TH:city-ja:チェンマイ
KE:city-he:נאירובי
"""
