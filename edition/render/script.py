"""The book's own words (目录, 版本说明, 图略 …) in the characters of the edition: written in simplified ones in this
program, shown in traditional ones in a zh-Hant edition.

Only our own words come here, never a word of the edition. So a table of the characters that occur in them is enough,
with the phrases in which one simplified character stands for several traditional ones; a test keeps it whole.
"""

import re

from edition.render.faces import traditional

_PHRASES = {
    "XML 里": "XML 裡",
    "语境里": "語境裡",
    "制作": "製作",
    "表后": "表後",
    "其后": "其後",
    "之后": "之後",
    "复制": "複製",
    "字迹": "字跡",
    "目录": "目錄",
}
_SIMPLIFIED = "万与书亿从价体余册决准划则删动单号图场处家对导届属广开张弯归户报据数断无时显机权条来构标栏样档汉没注测点独种称级纸经续编网节补规订记识详语误载辆还进连释错间页项题个为么别启岁并当说"
_TRADITIONAL = "萬與書億從價體餘冊決準劃則刪動單號圖場處家對導屆屬廣開張彎歸戶報據數斷無時顯機權條來構標欄樣檔漢沒註測點獨種稱級紙經續編網節補規訂記識詳語誤載輛還進連釋錯間頁項題個為麼別啟歲並當說"
_TABLE = str.maketrans(_SIMPLIFIED, _TRADITIONAL)
_PHRASE = re.compile("|".join(map(re.escape, _PHRASES)))


def say(text: str, language: str) -> str:
    """Our own words in the characters of the language, a BCP 47 tag."""
    if not traditional(language):
        return text
    return _PHRASE.sub(lambda found: _PHRASES[found[0]], text).translate(_TABLE)
