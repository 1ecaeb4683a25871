"""Sets of common Chinese characters, to distinguish correct decoding from wrong.

`MOST_COMMON` has the 500 most frequent characters in jieba's dictionary, weighted by word
frequency, and their traditional forms. `COMMON` needs no list: the first levels of GB 2312 (3,755
characters) and Big5 (5,401) were chosen by use.
"""

MOST_COMMON = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对"
    "得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前"
    "其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东"
    "头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情"
    "入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王"
    "社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张"
    "导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百济党指论强做取技"
    "黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死"
    "游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红型价"
    "校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算"
    "象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编"
    "國爲為這個來會時學說們於後發對長過業裏裡經門動進區開產軍還種現機體與當兩實麼關從內沒將員東頭間"
    "無見戰點場數樣問並萬級應資務氣漢總電聲設義統處馬兒領隊計別權話報給變書幾華議稱決張導術結師達題"
    "條規縣風運組聽濟黨論強黃選記卻職號類傳帶幹農邊據聯廣質陽難歷專認車臺遊舉線團備爭眾連調轉該爾讓"
    "較際親單紅價約亞則屬積圖準極裝許參觀魚辦復遠群構隨劃勢熱網語鐵斷愛紀況證編"
)


def _rows(codec: str, first: int, last: int) -> frozenset[str]:
    cells = (bytes((high, low)) for high in range(first, last + 1) for low in range(0x40, 0xFF))
    text = "".join(cell.decode(codec, "ignore") for cell in cells)
    return frozenset(char for char in text if "\u4e00" <= char <= "\u9fff")


COMMON = _rows("gb2312", 0xB0, 0xD7) | _rows("big5", 0xA4, 0xC6)
