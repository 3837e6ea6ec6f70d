"""What no table tells of town names, written by hand for make_gazetteer."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Often written because the town is: common as words, and still the town first.
TOWNS_FIRST = _set(
    """
    istanbul delhi jakarta ankara berlin madrid izmir chicago bandung surabaya brasilia
    paris parijs parigi rome hamburg london londres londra londen londono cordoba budapest
    warszawa barcelona stockholm munchen milano copenhagen kobenhavn oslo koln bruxelles
    brussel jerusalem jeruzalem jerusalen gerusalemme yerusalem neapel napoli naples
    marseille rotterdam turin torino krakow seattle ipoh amsterdam rige denver sarajevo
    washington nashville sevilla wrocław wroclaw athens athen atenas zagreb vancouver
    helsinki helsingfors boston frankfurt palermo detroit vegas łodz glasgow dusseldorf
    stuttgart goteborg malaga dortmund baltimore manchester dresden albuquerque milwaukee
    sheffield bremen vilnius montgomery leeds poznan antwerpen lyon lisboa lisbona lissabon
    nurnberg hannover edinburgh toulouse atlanta newcastle leipzig duisburg liverpool gdansk
    miami bristol skopje murcia bratislava oakland zurich tampa szczecin bologna samsun
    tallinn tallinna brno utrecht yogyakarta cardiff leicester firenze florenz cleveland
    malmo malmø wuppertal alicante bilbao brest bielefeld bydgoszcz espoo graz cincinnati
    mannheim pittsburgh białystok bialystok wiesbaden katowice cluj arhus aarhus karlsruhe
    ostrava strasbourg aachen gent tampere verona gdynia vantaa timisoara montpellier
    czestochowa chemnitz groningen braunschweig magdeburg trabzon krefeld freiburg eindhoven
    craiova radom kosice mainz messina erfurt trondheim oulu lubeck sabadell turku linz
    trieste padova debrecen geneve ginevra genf ginebra brescia rzeszow rostock kassel torun
    reims kielce sosnowiec potsdam saarbrucken hamm odense ploiesti nijmegen uppsala
    klaipeda olsztyn toulon darmstadt linkoping osnabruck haarlem arnhem oxford
    hertogenbosch szeged salamanca oldenburg grenoble salzburg livorno miskolc enschede
    stavanger regensburg cagliari jyvaskyla kragujevac cambridge pecs aalborg paderborn
    tarragona limoges lleida coimbra sidoarjo amersfoort apeldoorn foggia sibiu wurzburg
    innsbruck ferrara umea zwolle gyor cadiz opole sodermalm okayama salerno kuopio
    leeuwarden monza wolfsburg maastricht gottingen bern bergamo ulm perugia ingolstadt
    dordrecht offenbach nyiregyhaza kristiansand rouen zoetermeer jonkoping vicenza tubarao
    kecskemet rijeka bolzano koblenz siegen jena helsingborg liberec erlangen venlo
    szekesfehervar leuven girona udine trento wien prague praha moskva moscow munich cologne
    lisbon vienna warsaw milan brussels york tokyo dublin galway sydney melbourne brisbane
    perth adelaide auckland toronto montreal ottawa calgary edmonton winnipeg houston dallas
    philadelphia phoenix minneapolis memphis portland brooklyn belfast nottingham brighton
    recife valencia zaragoza granada bordeaux nantes rennes dijon bursa antalya adana konya
    diyarbakır semarang makassar denpasar bogor bekasi tangerang guatemala bogota mexico
    quito caracas medellin montevideo asuncion managua toledo pamplona orlando oklahoma
    sacramento columbus albany plovdiv tokio lublin amiens heidelberg leverkusen metz
    perpignan palma tilburg almere augsburg valladolid oviedo santander vitoria badalona
    terrassa nogales piacenza taiwan 北京 上海 深圳 广州 成都 天津 武汉 西安 南京 杭州 伦敦 重庆
    香港 新加坡 巴黎 旧金山 雅典
    波士顿 东京 東京 横浜 大阪 名古屋 福岡 京都 広島 千葉 新潟 浜松 熊本 岡山 静岡 鹿児島 北九州
    ロンドン ニューヨーク ボストン サンフランシスコ 서울 도쿄
    런던 뉴욕 홍콩 부산 인천 대구 파리 대전 광주 수원 울산 청주 부천 성남 천안 전주 안산 안양
    보스턴 시애틀 샌프란시스코 استانبول لاہور
    ممبئی کراچی موسكو القاهرة لندن نیویورک نيويورك بغداد طهران تهران حیدرآباد پشاور جدة
    الرياض دبي دبئی راولپنڈی مدريد گوجرانوالہ الجزائر باريس پاریس حلب صنعاء بيروت برشلونة
    الموصل مشهد دمشق کوئٹہ اصفهان تبریز کرج شیراز مراكش عدن القدس بنغازي مسقط بوسطن بوستون
    فرانكفورت मुंबई दिल्ली हैदराबाद लंदन कोलकाता जयपुर कानपुर लखनऊ भोपाल पटना आगरा वाराणसी
    इलाहाबाद चंडीगढ़ गुरुग्राम गुड़गांव भुवनेश्वर ঢাকা দিল্লি লন্ডন কলকাতা চট্টগ্রাম গাজীপুর
    খুলনা রংপুর রাজশাহী москва петербург лондон берлин мадрид киев киів париж барселона
    харків милан белград одеса пермь дніпро днепр донецк донецьк краснодар роттердам саратов
    амстердам тюмень львов львів запоріжжя запорожье тольятти сараево вашингтон загреб
    бостон франкфурт иркутск хабаровск ярославль владивосток иерусалим λονδινο αθηνα παρισι
    βερολινο ירושלים לונדון פריז
    """
)

#: Words, or parts of a town's name, that common lists miss.
ORDINARY = _set(
    """
    baris dese tenis даваи кини тази باہر بكسل cimkent багата takasu или того по तक of man
    most bar same male reading nice bath mobile split orange nancy hull cork tours essen
    bergen santos mexico center centre central union university temple hope liberty
    independence enterprise commerce paradise surprise home eden bay beach park garden
    gardens hill hills lake lakes valley spring springs forest grove heights island long
    wells sandwich battle rugby deal rye poole ware diss eye ham bury sale hale stone street
    barking tooting crook beer ash wing hook nelson darwin ajax regina london road general
    superior normal bend troy moscow mills aurora orchard summit band concert drummer piano
    viola sing song music tango march may june august opera cabin casa rock folk metal
    piedras buenavista esperanza libertad progreso paz pobre hola ciao merci halo bonn sucre
    rieti lodi este sora nola todi noto vasto alba asti wels steyr hof celle unna brake
    halle damme hamm marl singen regen rain wesel kleve
    """
)
#: Given names and surnames that are towns as well.
NAMES_OF_PEOPLE = _set(
    """
    sofia florence victoria lincoln austin santiago roma chelsea jordan charlotte jackson
    madison savannah brooklyn georgia carolina virginia elizabeth helena diana alexandria
    alexandra adelaide jose juan carlos luis antonio diego pedro pablo francisco miguel
    rafael santa san martin marie maria marta martha anna ana laura lara clara carmen rosa
    rosario dolores mercedes concepcion consuelo soledad gloria olivia natalia valencia
    valentina veronica camila gabriela isabela isabel ines elena irene julia lucia monica
    paula sandra silvia sara susana teresa ursula houston dallas denver cheyenne dakota
    sierra asia india china paris trinity aurora destiny kingston preston clifton clinton
    hamilton wellington washington jefferson franklin harrison monroe pierce grant tyler
    taylor hayes cleveland garfield roosevelt kennedy johnson nixon ford carter reagan bush
    clayton dayton dalton easton weston newton burton milton carlton horton norton melton
    hilton stanton winston livingston ashton ashley shirley beverly kimberly kelly shannon
    tracy stacy kerry logan lewis louis elgin irving irvine garland arlington norman
    richardson carson palmdale lancaster salinas hayward torrance pasadena orlando fernando
    leon leonardo marino marco marcos mateo lorenzo bernardino clemente salvador sebastian
    bernardo gonzalez rodriguez hernandez lopez perez sanchez ramirez torres flores rivera
    gomez diaz cruz reyes morales ortiz gutierrez chavez ramos ruiz alvarez mendoza castillo
    moreno romero herrera medina aguilar vargas guzman mendez rojas salazar soto silva souza
    costa pereira santos oliveira lima barbosa ribeiro almeida nunes campos moura teixeira
    cardoso moreira nelson wilson anderson thompson davis moore walker hall allen young king
    scott adams baker mitchell roberts turner phillips campbell parker evans edwards collins
    stewart morris rogers reed cook morgan bell murphy bailey cooper howard ward cox gray
    james watson brooks price bennett wood barnes ross henderson coleman jenkins perry
    powell long patterson hughes butler simmons foster bryant russell griffin hart gibson
    douglas warren wallace gilbert fraser cameron stuart stirling lindsay murray gordon
    graham bruce craig barry clare kent chester lester leslie sidney stanley vernon warwick
    wesley whitney bradford bradley stafford sheffield bristol devon hayden holland ireland
    israel kenya cuba chad ali ahmad ahmed hassan mohammed mahmud omar osman said salem
    samir karim kamal jamal khan kumar singh raj ravi ram rama sita gita maya mira nina nora
    lena lana mina vera valeria zoe mila dana tara tina rita rina sonia tanya tatiana ivan
    igor boris oleg viktor pavel david daniel gabriel michael raphael samuel simon stephen
    thomas timothy vincent walter werner wolfgang anton august bruno conrad ernst felix
    franz friedrich fritz georg hans heinrich hermann karl konrad kurt ludwig max otto paul
    peter robert rudolf leo milan adrian alan alex andrea angelo arthur benito camilo casey
    clark clyde cody dean dexter drew duncan dwight edgar edison elliot elmira emma eric
    ernesto eva evelyn francis frank fred gary gerald glen gustavo harvey henry homer hugo
    jack jasper jay jerome jesse jesus joaquin joel john joseph judith justin keith ken
    kevin kirk kyle lance larry lee leonard lloyd luther marion mark marshall mary mason
    melissa milo morton ned neil oliver oscar owen pat patrick percy philip pierre quincy
    ralph ray raymond reid rex richard roger roland roman ronald roy ruth ryan sam sean seth
    sherman spencer steve ted terry tom tony troy victor vince virgil wade wayne will
    william wyatt xavier lorena celeste alicia amelia angela beatriz cecilia edna elsa
    esther eugene florida frances grace hazel helen iris ivy jasmine joy june kate katherine
    lily linda louise lydia mabel margaret martina nadia naomi natalie pamela pearl penelope
    rachel rebecca regina renata rhoda rose ruby selma serena sharon stella sylvia tamara
    teresina thalia violet vivian wanda wendy
    """
)

#: What GeoNames lacks, and names too short for its rules: ``iso:region:people:names``.
TYPED = """
US:NY:8804190:NYC|New York|N.Y.C.
US:NY:2736074:Brooklyn|Bronx|the Bronx|Manhattan|Harlem
US:DC:689545:Washington DC|Washington D.C.
US:LA:383997:NOLA
US:CA:3898747:L.A.|Hollywood
US:CA:873965:San Fran|SF
CO:34:7674366:Bogota
IT:07:1236837:Mailand|Milán|Milão|Milaan|Mediolan
GB:ENG:8961989:Londýn|Londyn|Lontoo|Londona|Londonas|Llundain|Londër
FR:11:2138551:Paryż|Paříž|Pariisi|Paryžius|Pariz|Paryżu|Parīze|Pariis|Párizs
"""
