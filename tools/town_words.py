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
"""
