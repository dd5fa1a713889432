"""What people are called: the commonest names of several languages, and the words that stand beside names.

Lists to tell a column of people from one of cities or goods (`persons` does that). What is a common word, color,
month, city or product as well (Rose, Mark, April, Paris, Austin) is left out: it says nothing.
"""

from __future__ import annotations

# Before a given name; the commonest two hundred cover nine of ten people. Traditional forms behind the simplified.
CHINESE_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "仉逄缑禤揭妫笪芈濮臧邰逯暨隗仝郗郏蒯蓟璩郦枚詹郤鄂瞿邴胥扈闵翦贲郁桓宓"
    "苑迟邝封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花張劉陳楊黃趙吳孫馬鄭"
    "謝羅許韓馮鄧蔣葉蘇呂盧鐘鍾譚陸賈韋鄒閆龍賀顧龔萬錢嚴湯齊喬龐顏莊聶魯歐關蘭寧紀畢單塗駱藍蕭閻饒農時繆"
    "簡車項連蘆麥婁竇黨宮費衛應閔鄔邊師欒榮叢鞏遲鄺談樂儲勞諶樓盤滿聞厲區闞範傅薑"
)
CHINESE_DOUBLE_SURNAMES = frozenset(
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 司徒 司空 夏侯 东方 東方 南宫 "
    "南宮 西门 西門 长孙 長孫 宇文 端木 百里 东郭 轩辕 軒轅 独孤 獨孤 呼延 申屠 太史 澹台 濮阳 濮陽 赫连 "
    "赫連 钟离 鍾離 完颜 完顏 纳兰 納蘭 张简 張簡 范姜 公冶 宗政 淳于 单于 公羊 闾丘 亓官 司寇 仲孙 第五 "
    "拓跋 万俟 鲜于 闻人 谷梁 宰父 微生 梁丘 左丘 东门".split()
)
# What given names are made of. No 州, 京, 省, 县, 市; no food, no wares.
CHINESE_GIVEN = frozenset(
    "伟芳娜秀敏静丽强磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰红梅萍建国文辉力玲燕波斌宇浩凯健俊帆鹏飞雪琳晨阳"
    "欣怡佳嘉慧巧美淑惠珠翠雅芝蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁柔绮菲菡"
    "琪晓莹洁云莲真环荣爱妹香月莺媛瑞凡瑾颖露瑶婵雁蓓仪荷丹翔旭庆志义兴良海山仁贵福生龙元全胜学祥才发武新"
    "利清彬富顺信子昌成康光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚裕河哲江亮政谦"
    "亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翼倩玥彤轩涵梓萱睿诗雨曦泽沐宸奕霖皓铭熙诺辰昊然翊瀚煜祺桐晗筱"
    "彦晴凤仙银娥莉菊花春秋冬夏喜娇芬芸蕾莎姗珊妍婷岭峰锋鑫森淼炎焱垚钧铁锐钢铮东西南北一二三四五六七八九"
    "十小大少长世代家传宗德道理礼智勤俭恭让温忠孝廉耻恩慈祖耀吉万永久恒远连珍宝琛璐璇瑜琦琼瑛璟珂珏琅晶宪"
    "章立方正直根树柱桥楠桦楚榕柏槐竹枫青蓝紫白丰年寿禄晋益增添广业勋战友民众仲叔季兵卫士尚可亦如意欢音苗"
    "甜多朵语忆念昕昱晟晔晖景暄暖瑄玮璋石岳屹崇岗峻川洪涌沛洲淳淇渊湘源溪滢潇澄泓润浪涓灵烨炜灿焕煌熠燃虎"
    "骏驰腾鹤鸿骥驹雄雷霄霆霏虹霜冉孟姝妮姣娅娴婉嫣嫦媚姿娆姬好娣婧媱嫒璧璎凝冲凌净决冠升卓占印双叶同向周"
    "呈品唯喆坤城培基塔堂墨奎奥定宜实宣宽宾寅寒察寸尊尔尧展岑巍州工帅师席常幸幼庭庚廷开异弘弟弢彰影徽必忻"
    "怀怜恺恬悠惟愉愿慎懿戈扬抒拓捷掌援放效敦斐斯旋无日旦旺时昂昆易星映显普暮曙朔术权杉来柳栩格植楷榆槿樱"
    "欧歌毅比气水汉池沁治泉泰浦渝渺湛漪潮澎濡炫烁照牧猛玄率琨瑟田由甲申男登皎盈盛相睦知矫砚硕磬祎祯禹秉科"
    "程稳穆空端笑笛策简籁粤精素纪约纲纹经绣继绪缘缨罡羡羿翀翎老考而耘聃胤致舒航艾节芃芊芙芮苏茜茵茹荔荻莞"
    "菀萌葆葳蒙蓬蔓蔚蕙薪藏藩虔虞蝶衍裔裴见觅觉誉询诠谊谨贝贞贤赋越路轶辅辞辽迅迎运述逊通逸遇遥邑郁都采重"
    "野金钊钰铎铠锦镇镜门闯闻阔陆降隆雍韬韶顶颂颢飒饶首高魁鲁麒麟黎默齐鼎龄偉麗靜強艷軍傑濤華蘭紅輝鵬飛陽"
    "夢韻園藝聰純寧瑤瑪潔雲蓮環榮愛鶯穎儀慶義興貴龍勝學發達堅進樂紹謙輪鳴棟維啟倫詩澤銘諾鳳銀嬌嶺鋒鐵銳鋼"
    "錚東長傳禮儉讓溫恆遠連寶瓊憲樹橋樺藍豐壽祿晉廣業勳戰眾衛歡憶曄暉瑋璽崗湧淵瀟潤靈燁煒燦煥駿馳騰鶴鴻驥"
    "靂嫻婭決雙葉實寬賓爾堯幹師開異懷愷揚擁斕時顯曉暢權來楊歐氣漢滬滿瀾爍牽獻瑩產盧矯碩禎簡經綱紋紀約緒緣"
    "纓羨翹聖聲聞肅蘇蓋見覺詢詠誠誼謀謹賢賦贊躍軒轅輔辭運遜選鄉鄭鎮鎧鈺鈞鍾閩闊陸隨韜頌顥順飄"
)
# Provinces, cities and districts that begin as a name does.
CHINESE_PLACES = frozenset(
    "吉林 江苏 安徽 江西 海南 甘肃 宁夏 宁波 温州 金华 常州 苏州 徐州 连云港 江阴 张家港 常熟 温岭 余姚 "
    "海宁 安吉 乐清 江山 龙泉 武义 常山 石家庄 唐山 秦皇岛 张家口 邢台 阳泉 吕梁 包头 沈阳 白山 白城 "
    "伊春 南京 南通 马鞍山 安庆 黄山 池州 南平 龙岩 宁德 南昌 景德镇 吉安 郑州 安阳 焦作 许昌 南阳 商丘 "
    "周口 武汉 黄石 荆门 荆州 黄冈 邵阳 岳阳 常德 张家界 娄底 江门 惠州 梅州 阳江 南宁 柳州 桂林 贺州 "
    "海口 万宁 文昌 成都 乐山 南充 康定 甘孜 安顺 毕节 曲靖 文山 安康 商洛 兰州 金昌 白银 武威 张掖 海东 "
    "石嘴山 吴忠 石河子 和田 高雄 华东 华南 华北 华中 江东 江北 江南 江宁 海曙 鲁南 白云 黄埔 南山 罗湖 "
    "龙岗 龙华 徐汇 杨浦 闵行 金山 海淀 石景山".split()
)
CHINESE_TITLES = tuple("先生 女士 小姐 太太 老师 老師 师傅 師傅 阿姨 同学 同學 医生 醫生 老板 老闆 掌柜 老总".split())
# Signs of a firm, in any language; those of Chinese and Japanese at the end or anywhere.
CHINESE_FIRM = (
    r"公司|集团|集團|股份|有限|工厂|工廠|商行|商店|超市|中心|学校|學校|医院|醫院|银行|銀行|大学|大學|酒店|"
    r"餐厅|餐廳|合作社|工作室|事务所|事務所|株式会社|经营部|批发|专卖|旗舰|[厂廠店部局院所馆館厅廳行会會]$"
)
LATIN_FIRM = frozenset(
    "gmbh ag kg ohg ug gbr mbh ev ltd limited llc llp inc incorporated corp corporation co company plc "
    "sa sas sarl srl spa bv nv oy ab as aps kk pty pvt sons bros brothers group holding holdings "
    "partners associates trading traders industries international enterprises services solutions systems "
    "technologies bank hotel restaurant cafe bistro shop store stores market markets supermarket foods "
    "bakery pharmacy clinic hospital school university college institute foundation club agency studio "
    "studios werke werk handel verlag praxis apotheke bäckerei metzgerei stiftung verein gasthaus "
    "kanzlei autohaus maison comercial comercio importadora tienda supermercado delikatessen kg. e.v. "
    "магазин ооо зао оао".split()
)
# Ordinary words that names of goods, places and states are made of, and names of people are not.
NO_NAME = frozenset(
    "the and of for with not no new old big small large north south east west northern southern eastern "
    "western central upper lower san santa saint st los las el la le les fort port lake mount red blue "
    "green black white yellow pink orange purple brown grey gray silver golden rose credit debit card "
    "cash bank transfer online offline mobile web phone mail email order paid unpaid open closed pending "
    "complete completed cancelled canceled shipped returned refund sale sales set pack box bag bottle "
    "cup mug tea coffee milk bread rice oil salt sugar water wine beer juice chocolate cheese meat "
    "chicken beef pork fish fruit vegetable frozen fresh dried canned organic classic vintage retro mini "
    "maxi super ultra pro plus premium basic deluxe standard home house garden kitchen office room table "
    "chair lamp light door window wall car bike road street avenue high low men women kids baby boys "
    "girls shirt jeans dress shoes hat jacket sweater socks bracelet ring watch pen paper book books toy "
    "toys game games music video computer camera television electronics furniture clothing apparel "
    "grocery beauty health sports outdoor tools hardware software service first second third other "
    "others all any misc general special customer customers client guest member unknown anonymous test "
    "total region province state city district county country island islands republic united states "
    "kingdom invalid error value number date amount null none missing available unavailable "
    "partially fully bad neu alt ober unter nieder stadt land haus".split()
)
HONORIFICS = frozenset(
    "dr prof mr mrs ms miss mx herr frau fräulein mme mlle monsieur madame sir dame lady sr sra srta "
    "señor señora signor signora don doña ing mag dipl mgr frl hr fr rev г-н г-жа господин госпожа".split()
)
PARTICLES = frozenset(
    "von van der den de del della di da dos das du la le el al bin ibn ben ter ten zu zum zur y e und "
    "and et & + jr sr ii iii iv phd md mba msc bsc esq junior senior af av".split()
)
# Given names, in small letters.
GIVEN = frozenset(
    "aaron abby abdul abdullah abel abigail abraham achim ada adalbert adam adel adele adelheid adina "
    "adnan adolf adrian adriana adrienne agata agatha agnes agnieszka ahmad ahmed ahmet aida aidan "
    "aileen aino aisha aishah ajay akira alain alan alana albert alberto aldo alec alejandra alejandro "
    "aleksander aleksandra alena alessandra alessandro alessia alex alexander alexandra alexandre alexei "
    "alexis alfons alfonso alfred alfredo ali alice alicia alina aline alisa alisha alison alistair "
    "allan allen allison alois alonso alphonse alva alvaro alvin alyssa amalia amanda amar amelia amelie "
    "amina amir amit amy ana anabel anand anastasia anatoly anders andre andrea andreas andrei andrej "
    "andrew andrey andrzej andy anette angela angelica angelika angelina angelo angus anika anil anita "
    "anja ann anna annabel annabelle anne annegret anneliese annemarie annett annette annie annika anouk "
    "ansgar anthony antje antoine antoinette anton antonia antonin antonio antony anya archie ariane "
    "arianna arjun armand armando armin arnaud arne arno arnold artem arthur arturo arun arvid ashley "
    "ashok ashwin asma astrid aubrey audrey augusto aurelie aurelio axel ayesha ayse barbara barry "
    "bartosz basil bastian beata beate beatrice beatrix beatriz becky belinda ben benedict benedikt "
    "benita benjamin benoit bernadette bernard bernardo bernd bernhard bernice bert berta bertha "
    "berthold bertram bertrand beryl beth bethany betsy betty beverly bianca bjorn björn blanca boris "
    "brandon brenda brendan brent brett brian bridget brigitta brigitte britta bruce bruno bryan "
    "burkhard caitlin caleb calvin cameron camila camilla camille carina carla carlo carlos carlotta "
    "carmen carol carole caroline carolyn carsten casey caspar casper cassandra catalina catarina "
    "caterina catherine cathy cecil cecile cecilia cedric celia celina celine cesar chantal charlene "
    "charles charlie chiara chloe chris christa christel christelle christian christiana christiane "
    "christina christine christoph christophe christopher cindy claire clara clarissa clark claude "
    "claudia claudio claus clemens clement cody colette colin colleen concetta conny connor conrad "
    "constantin constanze cora cordula corina corinna corinne cornelia cornelius cosima craig cristian "
    "cristiano cristina curtis cynthia cyril dagmar damian damien dana daniel daniela daniele danielle "
    "danilo danny daria dario darren darryl dave david davide dawid dean debbie deborah debra declan "
    "deepa deepak deirdre delia denis denise dennis derek detlef devin diana diane diego dieter dietmar "
    "dietrich dilip dimitri dimitrios dina dinesh dirk dmitri dmitry dolores dominic dominik dominika "
    "dominique donald donna dora doreen doris dorota dorothea dorothee dorothy doug douglas duncan "
    "dustin dylan eberhard edda eddie edgar edith edmund edna eduard eduardo edward edwin egon eileen "
    "ekaterina elaine eleanor elena eleni eleonora elfriede eli elias elif elijah elisa elisabeth elise "
    "elizabeth elke ella ellen ellie elliot elmar eloise elsa elsbeth elvira emanuel emil emilia emilie "
    "emilio emily emine emma emmanuel emmanuelle enrico enrique eric erica erich erik erika erin ernest "
    "ernesto ernst erwin esmeralda esteban estelle esther ethan etienne eugen eugene eugenia eva evan "
    "evangelos evelyn evelyne ewa ewald fabian fabiana fabien fabienne fabio fabrice fatih fatima fatma "
    "federica federico felicia felicitas felicity felipe felix ferdinand fernanda fernando filip fiona "
    "flavia flavio florent florian frances francesca francesco francine francis francisca francisco "
    "franck franco francois françois françoise frank franka franz franziska fred freddy frederic "
    "frédéric frederick frederik fredrik frida frieda friederike friedhelm friedrich fritz gabriel "
    "gabriela gabriele gabriella gabrielle gareth gary gavin gemma genevieve geoffrey georg george "
    "georges georgina georgios gerald geraldine gerard gerardo gerd gerda gerhard gerlinde gero gerrit "
    "gertrud gertrude gianluca gianni gilbert gilles gina giorgia giorgio giovanna giovanni gisela "
    "giulia giuliano giulio giuseppe gloria gonzalo gordon gottfried graham greg gregor gregory greta "
    "gudrun guido guillaume guillermo gunnar gunter gunther gustav gustavo günter günther gwen hakan "
    "hamid hanna hannah hannelore hannes hans hansjörg harald hari harold harriet harry hartmut harvey "
    "hasan hassan hedwig heidemarie heidi heike heiko heiner heinrich heinz helen helena helene helga "
    "hélène helmut hendrik henri henriette henrik henry herbert heribert hermann hermine hilda hilde "
    "hildegard hiroshi holger horst howard hubert hugh hugo hussein ian ibrahim ida ignacio igor ilka "
    "ilona ilse immanuel ina ines inga inge ingeborg ingo ingrid ira irene irina irma irmgard isaac "
    "isabel isabell isabella isabelle ismail ivan ivana ivo jacek jackie jacky jacob jacqueline jacques "
    "jaime jakob jakub james jamie jan jana jane janet janice janina janine janusz jared jasmin jason "
    "javier jay jean jeanette jeanne jeannine jeff jeffrey jennifer jenny jens jeremy jerome jerry jesse "
    "jessica jessie jesus jill jim jimmy joachim joan joana joanna joanne joao joão jochen jodie joe "
    "joel joelle joerg johan johann johanna johannes john johnny jolanta jon jonas jonathan jordi jorge "
    "jose josé josef josefine joseph josephine josh joshua josip joyce juan juana juanita jude judith "
    "judy julia julian juliana juliane julianne julie julien juliet juliette julio julius jutta jürgen "
    "juergen jörg kai kamal karel karen karim karin karina karl karla karolina karsten kaspar kate "
    "katarina katarzyna katerina katharina katherine kathleen kathrin kathryn kathy katie katja katrin "
    "kavita kay kazimierz keith kelly ken kenneth kenji kerstin kevin khadija khaled khalid kiara kim "
    "kimberly kira kirsten kirstin klaas klara klaus konrad konstantin konstantinos kristen kristian "
    "kristin kristina kristine krystyna krzysztof kumar kurt kyle lachlan lara larissa larry lars laszlo "
    "laura laurel lauren laurence laurent lauri lea leah leandro leila lena lennart leo leon leonard "
    "leonardo leonhard leonie leonora leopold leroy lesley leslie leticia leyla liam lidia liesel lilian "
    "liliana lillian linda lindsay lino lionel lisa lisbeth liselotte lorena lorenz lorenzo loretta "
    "lorraine lothar lotte lou louis louisa louise luc luca lucas lucia luciana luciano lucie lucille "
    "lucinda lucy ludmila ludwig luigi luis luisa luise lukas luke lutz lydia lynn maarten mabel maciej "
    "madeleine madeline magali magda magdalena magnus mahmoud maja malcolm malgorzata małgorzata malte "
    "mandy manfred manfredo manoj manon manuel manuela mara marc marcel marcela marcello marcelo marcin "
    "marco marcos marcus marek margaret margarete margarethe margarita margherita margit margot margret "
    "marguerite maria mariam marian mariana marianne marie marieke mariella marija marilyn marina mario "
    "marion marisa marissa marit marita marius marjorie marko markus marlene marlies marta martha martin "
    "martina martine marvin mary maryam massimo mateo mateusz mathias mathieu mathilde matilda matteo "
    "matthew matthias matthieu mattia maud maureen maurice mauricio maurizio max maximilian maxime maya "
    "mechthild megan mehdi mehmet meike meinhard melanie melinda melissa meredith michael michaela "
    "michal michał michel michela michele michelle miguel mihai mikael mike mikhail milan milena milos "
    "mirco miriam mirjam mirko mohamed mohammad mohammed moira molly mona monica monika monique moritz "
    "mostafa muhammad murat mustafa myriam nadia nadine nadja nancy naomi natalia natalie natasha "
    "nathalie nathan nathaniel neil nele neha nelson nicholas nick nicklas nico nicola nicolai nicolas "
    "nicole niels nigel nikhil nikita niklas nikolai nikolaos nikolas nils nina noah noel noelle noemi "
    "nora norbert noreen norma norman nuno odette olaf olav oleg olena olga oliver olivia olivier omar "
    "oscar oskar osman otto pablo paloma pamela paola paolo pascal patrice patricia patricio patrick "
    "patrizia patty paul paula paulina pauline paulo pavel pawel paweł pedro peggy penelope pete peter "
    "petr petra philip philipp philippa philippe phillip phyllis pierre pietro pilar piotr polly prakash "
    "pranav priya rachel rafael rafal raffaele raffaella rahul raimund rainer raj rajesh ralf ralph "
    "ramon ramona raphael raquel rashid raul ravi raymond rebecca reginald régine reiner reinhard "
    "reinhold rekha rené rene renata renate renee ricardo riccardo richard ricky rita rob robert roberta "
    "roberto robin rocio rodney rodrigo roger rohan roland rolf roman romina romy ron ronald ronja ronny "
    "rosa rosalie rosalind rosanna rosario rosemarie rosi rosina rosita ross roswitha roxana roy ruben "
    "rudi rudolf rupert ruprecht russell ruth ryan sabina sabine sabrina sadie salma salvatore sam "
    "samantha samir samira samuel sandeep sander sandra sandrine sanjay santosh sara sarah sascha saskia "
    "saul sean sebastian sebastien selina selma serena serge sergej sergey sergio seth severin shane "
    "shannon sharon shaun shawn sheila shelley shirley shiva sibylle siegfried siegmund sigrid silke "
    "silvana silvia silvio simon simona simone siobhan slawomir sofia sofie solveig sonia sonja sophia "
    "sophie stacey stacy stanislaw stanley stefan stefania stefanie stefano steffen steffi stella "
    "stephan stephane stéphane stephanie stephen steve steven stewart stuart sudha sunil sunita susan "
    "susana susann susanna susanne suse susi suzanne sven svenja svetlana swen sybille sylvain sylvester "
    "sylvia sylvie tabea tamara tania tanja tanya tara tatiana tatjana ted terence teresa terry tessa "
    "thea theo theodor theodore theresa therese theresia thibault thierry thomas thorsten tiago tiffany "
    "tilo tim timo timothy tina tobias todd tom tomas tomasz tomoko toni tony torben torsten tracey "
    "tracy travis trevor tristan udo ulf uli ulla ulrich ulrike umberto ursel ursula ute uwe valentin "
    "valentina valentino valerie valeria vanessa vera verena verona veronica veronika veronique vicente "
    "vicki vicky victor vijay vikram viktor viktoria vincent vincenzo viola virginie viviane vivian "
    "vivien vladimir volker volodymyr waldemar wally walter waltraud wanda wayne wendelin wendy werner "
    "wilfried wilhelm wilhelmine willem william willy wilma winfried winston wladimir wojciech wolfgang "
    "xaver xavier yann yannick yasmin yasmina yolanda youssef yulia yuki yuri yusuf yves yvette yvonne "
    "zachary zainab zbigniew zoe zofia zsuzsanna lewis evie imogen jayden kiandra taylah talia mikayla "
    "bailey kaitlin keely teagan flynn emiily harrison jye blake riley александр александра алексей "
    "алина алла анастасия анатолий андрей анна антон артем борис вадим валентина валерий василий вера "
    "виктор виктория виталий владимир владислав вячеслав галина геннадий георгий дарья денис дмитрий "
    "евгений евгения егор екатерина елена иван игорь илья инна ирина кирилл константин ксения лариса "
    "лидия любовь людмила максим марина мария михаил надежда наталья наталия никита николай нина оксана "
    "олег ольга павел петр полина роман светлана сергей софия станислав степан татьяна тимофей федор "
    "юлия юрий яна олена тарас богдан γιώργος γεώργιος δημήτρης δημήτριος ιωάννης γιάννης κωνσταντίνος "
    "κώστας νίκος νικόλαος παναγιώτης βασίλης χρήστος μαρία ελένη αικατερίνη κατερίνα σοφία άννα "
    "βασιλική γεωργία ευαγγελία محمد احمد أحمد علي حسن حسين محمود عمر خالد ابراهيم إبراهيم يوسف عبد "
    "عبدالله فاطمة عائشة مريم زينب سارة نور ليلى خديجة מיכאל דוד משה יוסף אברהם יעקב שרה רבקה רחל מרים "
    "יעל נועה दीपक राहुल अमित सुनील राजेश प्रिया सुनीता अनिता".split()
)
# Surnames that are no common words, in small letters; pinyin ones too.
SURNAMES = frozenset(
    "smith johnson williams jones davis miller wilson anderson thomas harris thompson garcia martinez "
    "robinson rodriguez lewis hernandez lopez gonzalez wright scott nelson ramirez campbell mitchell "
    "roberts phillips evans turner torres edwards collins stewart sanchez morris rogers morgan murphy "
    "rivera richardson howard watson sanders bennett barnes henderson coleman jenkins perry powell "
    "patterson hughes flores simmons gonzales bryant griffin diaz hayes myers hamilton graham sullivan "
    "wallace owens jensen petersen hansen nielsen larsen andersen johansson karlsson nilsson eriksson "
    "larsson olsson persson svensson gustafsson kowalski nowak wisniewski wójcik kaminski lewandowski "
    "zielinski szymanski novak svoboda horvath nagy kovacs toth szabo popescu ionescu papadopoulos "
    "ivanov petrov smirnov kuznetsov popov sokolov müller mueller schmidt schneider fischer weber meyer "
    "meier maier mayer wagner becker schulz schulze hoffmann hofmann schäfer koch richter schröder "
    "schroeder neumann zimmermann hartmann krüger krueger lehmann köhler koehler schmitt schmitz krause "
    "walter huber fuchs peters scholz möller moeller hahn schubert vogel friedrich günther frank berger "
    "winkler roth beck lorenz baumann franke albrecht schuster simon ludwig böhm kraus schumacher krämer "
    "vogt jäger otto seidel brandt haas schreiber dietrich ziegler kuhn pohl engel busch bergmann voigt "
    "sauer arnold pfeiffer martin bernard dubois durand petit leroy moreau laurent lefebvre michel roux "
    "bertrand morel fournier girard bonnet dupont lambert rousseau mercier blanc guerin boyer garnier "
    "chevalier rossi russo ferrari esposito bianchi romano colombo ricci greco bruno gallo giordano "
    "mancini rizzo lombardi moretti barbieri fontana santoro santos oliveira souza pereira carvalho "
    "ferreira ribeiro almeida rodrigues fernandes gomes martins araujo melo barbosa fernandez perez "
    "gomez ruiz jimenez moreno alvarez muñoz munoz romero navarro dominguez vazquez vasquez ramos "
    "serrano molina morales ortega delgado castro ortiz rubio iglesias nuñez garrido jansen janssen "
    "bakker visser smit mulder de-vries singh kumar sharma patel gupta verma reddy khan hussain iyer "
    "nair mehta shah joshi agarwal kapoor malhotra chowdhury rahman akhtar nguyen tran pham huynh hoang "
    "phan bui tanaka suzuki takahashi watanabe yamamoto nakamura kobayashi yoshida yamada sasaki "
    "yamaguchi matsumoto kimura hayashi shimizu yamazaki ikeda hashimoto kato sato ito kim choi jung "
    "kang yoon jang wang zhang liu chen yang huang zhao zhou zhu guo luo zheng liang xie tang deng feng "
    "zeng peng xiao dong yuan cai jiang shen wei qian cheng xu wu lin li gao cohen levy yilmaz kaya "
    "demir sahin celik öztürk aydin özdemir arslan doğan o'brien o'connor o'neill o'sullivan mcdonald "
    "macdonald mccarthy mckenzie mclean waller clarke dixon hicks stephenson иванов иванова петров "
    "петрова сидоров смирнов смирнова кузнецов кузнецова попов попова соколов соколова новиков новикова "
    "морозов волков козлов козлова лебедев павлов шевченко бондаренко ковальчук".split()
)
JAPANESE_SURNAMES = frozenset(
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 "
    "斎藤 斉藤 齋藤 清水 山崎 阿部 森 池田 橋本 山下 石川 中島 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 "
    "石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 "
    "石田 上田 森田 原 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 村田 "
    "武田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 菊地 菊池 木下 野村 渡 新井 "
    "古川 市川 水野 小松".split()
)
KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함"
    "변염여추도소석선설"
)
KOREAN_GIVEN = frozenset(
    "민준서연지우현도윤하은수진영호재훈승주혜경미정희숙자순성철동건태상석용규기남선아유나채원예빈다인소율"
    "시후환종병창광명춘옥금복길덕만대일형식근홍봉찬혁웅란애림라솔별슬람결온가세헌섭욱범"
)
# What a column is called that holds people, in whatever it holds of them; in small letters, without spaces.
PERSON_WORDS = (
    r"customer|client|kunde|klant|klient|kund$|asiakas|müşteri|клиент|покупатель|заказчик|πελάτης|عميل|buyer|shopper|contact|recipient|consignee|receiver|attn|billingname|"
    r"shippingname|shipname|patient|salesperson|salesrep|salesman|employee|staff|cashier|seller|agentname|"
    r"accountmanager|owner|cardholder|holder|firstname|lastname|surname|givenname|fullname|forename|"
    r"vorname|nachname|ansprechpartner|empfänger|verkäufer|mitarbeiter|käufer|cliente|acheteur|vendeur|"
    r"member|guestname|donor|student|username|客户|客戶|顾客|顧客|买家|買家|会员|會員|用户|收件人|收货人|"
    r"收貨人|联系人|聯絡人|姓名|业务员|業務員|销售员|员工|經手人|经手人|店员|负责人|负責人|付款人|寄件人|"
    r"昵称|暱稱|経理|顧客名|氏名|お名前|고객|이름"
)
NUMBER_WORDS = (
    r"(id|no|nr|number|key|code|type|segment|since|group|class|count|status|编号|号|代码|编码|类型|等级|"
    r"级别|分组)$"
)
