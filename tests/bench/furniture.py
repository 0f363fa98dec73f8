"""Lines that belong to a page and to no item of it: names and dates, page numbers, staff, services, turns."""

import random

import articles

_YEARS = "〇一二三四五六七八九"
_COUNT = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十五", "十八", "二十", "二十三", "廿五", "三十"]  # fmt: skip


def furniture(rnd: random.Random, where: str) -> list[str]:
    """Lines that belong to the page: at its `top`, at its `bottom` or `inside`."""
    year, month, day = rnd.randint(1995, 2024), rnd.randint(1, 12), rnd.randint(1, 28)
    date = f"{year}年{month}月{day}日"
    week = "星期" + rnd.choice("一二三四五六日")
    section = rnd.choice(
        [
            "要闻",
            "综合",
            "社会",
            "工会",
            "生活",
            "地方新闻",
            "本地",
            "城事",
            "民生",
            "专版",
            "职工之家",
            "副刊",
            "国内",
            "经济",
        ]
    )
    number = rnd.choice(
        [f"A{rnd.randint(1, 24):02d}", f"{rnd.randint(1, 16)}", f"第{rnd.randint(1, 16)}版", f"{rnd.randint(1, 12)}版"]
    )
    paper = rnd.choice(["滨江", "南山", "清河", "华东", "江北", "海州", "云岭", "中原"]) + rnd.choice(
        ["日报", "晚报", "工人报", "晨报", "时报", "青年报", "商报", "都市报"]
    )
    staff = f"责任编辑：{articles.name(rnd)} 版式：{articles.name(rnd)}"
    top = [date, f"{date} {week}", f"{date}  {week}  {section}", f"{section} | {date} {week}", number, f"{number} {section}",
           f"责编 {articles.name(rnd)}  版式 {articles.name(rnd)}  校对 {articles.name(rnd)}", f"{section}新闻", f"{week} {date}"]  # fmt: skip
    top += [
        _written(rnd),
        f"{_written(rnd)} {week}",
        f"第{rnd.choice(_COUNT[1:9])}版",
        f"{section} {rnd.randint(1, 16)}版",
        f"{week}　第{rnd.choice(_COUNT[1:9])}版",
    ]
    if where == "top" and rnd.random() < 0.3:
        return [paper, *([rnd.choice(["BINJIANG RIBAO", "NANSHAN WANBAO", "HUADONG GONGREN BAO"])] if rnd.random() < 0.4 else []),
                rnd.choice([f"{date} {week}", date, f"国内统一刊号CN{rnd.randint(11, 65)}-00{rnd.randint(10, 99)} 第{rnd.randint(100, 9999)}期", f"农历{rnd.choice('正二三四')}月初{rnd.choice('一二三四')}"])]  # fmt: skip
    top += [
        f"{paper} {number}",
        f"{paper}　{date}",
        " ".join(paper),
        f"{section} {date} {week} 编辑/{articles.name(rnd)} 美编/{articles.name(rnd)}",
    ]
    top += [f"{paper} {_written(rnd)} {week}", f"民国{rnd.choice(_COUNT[1:])}年{rnd.choice(_COUNT[1:13])}月{rnd.choice(_COUNT[1:])}日 {week}", f"{number} {section} {date} {week}"]  # fmt: skip
    bottom = [staff, f"新闻热线：0{rnd.randint(310, 999)}-8{rnd.randint(1000000, 9999999)}", f"本版责编 {articles.name(rnd)}", number,
              f"编辑：{articles.name(rnd)}　美编：{articles.name(rnd)}", f"投稿邮箱：{rnd.choice(['ghxw', 'news', 'tougao'])}@163.com", f"热线电话 8{rnd.randint(1000000, 9999999)}",
              f"本报地址：{rnd.choice(['中山', '解放', '人民'])}路{rnd.randint(1, 400)}号 邮编：{rnd.randint(100000, 850000)} 电话：8{rnd.randint(1000000, 9999999)}",
              f"社址：{rnd.choice(['中山', '解放', '人民'])}路{rnd.randint(1, 400)}号　广告部：8{rnd.randint(100000, 9999999)}　零售每份{rnd.choice(['0.5', '1', '1.5'])}元",
              f"{paper}社主办 主编 {articles.name(rnd)}", f"社长：{articles.name(rnd)}　总编辑：{articles.name(rnd)}", f"本报馆址：{rnd.choice(['东', '西', '南'])}门大街 本报每份售洋{rnd.choice('二三四五')}分", f"今日{rnd.choice('四八')}版 总第{rnd.randint(100, 9999)}期", f"本报印刷厂承印 每月订价{rnd.randint(2, 30)}元", f"题字：{articles.name(rnd)}　题图：{articles.name(rnd)}"]  # fmt: skip
    turn = rnd.choice("一二三四五六")
    inside = [
        f"（下转第{rnd.randint(2, 8)}版）",
        f"（上接第{turn}版）",
        f"下转{rnd.randint(2, 8)}版",
        f"（紧接第{turn}版）",
    ]
    rows = {"top": top, "bottom": bottom, "inside": inside}[where]
    return rnd.sample(rows, 1 if where == "inside" else rnd.choice([1, 1, 2, 3]))


def _written(rnd: random.Random) -> str:
    """A date in Chinese numerals."""
    year = "".join(_YEARS[int(digit)] for digit in str(rnd.randint(1949, 2012)))
    return f"{year}年{rnd.choice(_COUNT[1:13])}月{rnd.choice(_COUNT[1:])}日"
