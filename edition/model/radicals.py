"""Radicals that stand for characters, as they come out of PDF text layers: `⼯会` is `工会` to the eye only.

The Kangxi block is taken from Python's `unicodedata` (its compatibility mappings can never change, by Unicode's
stability policy). The supplement has such mappings for two of its signs; the table is the property
Equivalent_Unified_Ideograph of the Unicode Character Database (EquivalentUnifiedIdeograph.txt, Unicode 14, read
through Perl's Unicode::UCD). U+2E80 has no equivalent there and is left alone.
"""

import unicodedata

RADICALS = "\u2e80-\u2fd5"  # both blocks, as a range of a character class
_SUPPLEMENT = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌
⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓
⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝
⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐
⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
"""


def _table() -> dict[str, str]:
    kangxi = {chr(code): unicodedata.decomposition(chr(code)) for code in range(0x2F00, 0x2FD6)}  # `<compat> 5DE5`
    return {radical: chr(int(told.split()[1], 16)) for radical, told in kangxi.items()} | {
        pair[0]: pair[1] for pair in _SUPPLEMENT.split()
    }


UNIFIED = _table()  # radical -> the unified character that looks like it


def unified_form(char: str) -> str | None:
    """The unified character for a radical or a compatibility ideograph; None for any other character."""
    if char in UNIFIED:
        return UNIFIED[char]
    if "\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f":
        other = unicodedata.normalize("NFC", char)
        return None if other == char else other
    return None
