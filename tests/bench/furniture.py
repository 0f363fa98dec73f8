"""Lines that belong to a page and to no item of it: names and dates, page numbers, staff, services, turns, a reader's navigation."""

import random
from collections.abc import Callable

import articles

_DIGITS = "〇一二三四五六七八九"
_COUNT = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十五", "十八", "二十", "二十三", "廿五", "三十"]  # fmt: skip
_SECTIONS = ["要闻", "综合", "社会", "工会", "生活", "地方新闻", "本地", "城事", "民生", "专版", "职工之家", "副刊", "国内", "经济"]  # fmt: skip
_ODD = ["看点", "悦读", "视界", "人文", "天下", "影像", "县域", "三农", "寰球", "周末", "街坊", "问政", "基层", "一线", "文旅", "康养", "融媒", "头条", "聚焦", "热线", "资讯", "服务", "党建", "校园", "楼市"]  # fmt: skip
_FOREIGN = ["NEWS", "LOCAL NEWS", "CITY", "SOCIETY", "FOCUS", "YAOWEN", "ZONGHE XINWEN", "CULTURE", "LIFE WEEKLY", "Local News", "Comprehensive"]  # fmt: skip
_NAVIGATION = ["上一版", "下一版", "上一篇", "下一篇", "上一期", "下一期", "版面导航", "标题导航", "版面概览", "往期回顾", "返回目录", "返回首页", "放大 缩小 默认", "放大+ 缩小- 默认O", "朗读", "分享到：", "打印本页",
    "字体：大 中 小", "PDF版", "PDF下载", "首页", "数字报", "电子报首页", "按日期检索", "收藏", "本版新闻", "全文检索", "【关闭窗口】", "[上一篇] [下一篇]", "上一版　下一版", "3上一版 下一版4", "新闻内容", "当前版：", "版面目录", "阅读量"]  # fmt: skip
_RIGHTS = ["版权所有 未经授权禁止转载", "Copyright © 2008-{y} All Rights Reserved", "{p}社版权所有，未经书面授权不得转载", "京ICP备{n}号-1", "{p}社主办 技术支持：{p}网", "互联网新闻信息服务许可证：{n}", "© {y} {p}"]  # fmt: skip
_SCAN = ["扫码关注{p}微信公众号", "扫描二维码 关注我们", "扫一扫，看更多新闻", "{p}客户端", "{p}官方微信", "扫码看视频", "下载{p}APP", "更多内容请扫码", "新浪微博：@{p}", "官方微博 官方微信 视频号"]  # fmt: skip


def furniture(rnd: random.Random, where: str) -> list[str]:
    """Lines that belong to the page: at its `top`, at its `bottom` or `inside`."""
    if where == "inside":
        return [_turn(rnd) if rnd.random() < 0.75 else rnd.choice([_running, _staff, _services, _number])(rnd)]
    if where == "top" and rnd.random() < 0.3:
        return _title(rnd)
    makers = _TOP if where == "top" else _BOTTOM
    return [rnd.choice(makers)(rnd) for _ in range(rnd.choice([1, 1, 2, 3]))]


def navigation(rnd: random.Random, where: str, titles: list[str]) -> list[str]:
    """What a web reader of newspapers prints above (`top`) or below (`bottom`) the text of a page, whose `titles` it may
    list."""
    listed = [rnd.choice(["", "", "·", "• ", ">> "]) + title for title in titles] if rnd.random() < 0.35 else []
    links = rnd.sample(_NAVIGATION, rnd.randint(1, 6))
    year = str(rnd.randint(2009, 2025))
    if where == "bottom":
        rights = [rnd.choice(_RIGHTS).format(p=_paper(rnd), y=year, n=rnd.randint(10_000_000, 99_999_999)) for _ in range(rnd.choice([0, 1, 1, 2]))]  # fmt: skip
        return [*listed, *links, *rights]
    label = rnd.choice(["第{n}版：{s}", "{n}版：{s}", "A{n}版：{s}", "第{n}版:{s}", "{s}  第{n}版", "A{n} {s}"])
    own = label.format(n=f"{rnd.randint(1, 16):02d}", s=_section(rnd))
    pages = [label.format(n=f"{at:02d}", s=_section(rnd)) for at in range(1, rnd.choice([1, 1, 4, 8]))]
    about = [f"{_paper(rnd)[:2]}网 日期：{_date(rnd)} 来源：{_paper(rnd)}"] if rnd.random() < 0.2 else []
    return [
        *rnd.choice([[_running(rnd), *links, own], [own, _date(rnd), *links], [*links, *pages], [_date(rnd), own]]),
        *listed,
        *about,
    ]


def _paper(rnd: random.Random) -> str:
    place = rnd.choice(["滨江", "南山", "清河", "华东", "江北", "海州", "云岭", "中原", "岭东", "河套"])
    kind = ["日报", "晚报", "工人报", "晨报", "时报", "青年报", "商报", "都市报", "新报", "矿工报", "铁道报", "农民报", "科技报", "周刊"]  # fmt: skip
    return place + rnd.choice(kind)


def _section(rnd: random.Random) -> str:
    return rnd.choice(_SECTIONS if rnd.random() < 0.6 else _ODD)


def _week(rnd: random.Random) -> str:
    return rnd.choice(["星期", "星期", "星期", "周"]) + rnd.choice("一二三四五六日")


def _date(rnd: random.Random) -> str:
    year, month, day = rnd.randint(1995, 2025), rnd.randint(1, 12), rnd.randint(1, 28)
    plain = [f"{year}年{month}月{day}日"] * 4
    other = [f"{year}.{month}.{day}", f"{year}-{month:02d}-{day:02d}", f"{year}年{month}月{day}日 {_week(rnd)}", f"{year} 年 {month} 月 {day} 日", _written(rnd)]  # fmt: skip
    return rnd.choice([*plain, *other])


def _number(rnd: random.Random) -> str:
    page = rnd.randint(1, 16)
    return rnd.choice([f"A{page:02d}", f"{page}", f"第{page}版", f"{page}版", f"0{page % 10}", f"第{rnd.choice(_COUNT[1:9])}版", f"- {page} -", f"T{page}", f"{page:02d}版"])  # fmt: skip


def _running(rnd: random.Random) -> str:
    """A running head: section, number, date, paper, staff, in any order, parted by blanks or a rule."""
    parts = [_section(rnd) + rnd.choice(["", "", "新闻", "·" + _section(rnd)]), _number(rnd), _date(rnd), _week(rnd), _paper(rnd),
             rnd.choice(_FOREIGN), f"编辑/{articles.name(rnd)} 美编/{articles.name(rnd)}", f"责编：{articles.name(rnd)}", f"电话 8{rnd.randint(100000, 9999999)}"]  # fmt: skip
    weights = [6, 6, 5, 3, 4, 1, 1, 1, 0.5]
    chosen = dict.fromkeys(rnd.choices(parts, weights)[0] for _ in range(rnd.choice([1, 2, 2, 3, 4])))
    return rnd.choice([" ", " ", "  ", "　", " | ", "｜", "·"]).join(chosen)


def _spread(rnd: random.Random) -> str:
    return " ".join(_paper(rnd))


def _title(rnd: random.Random) -> list[str]:
    """The title of a paper with some of what stands around it."""
    paper, date = _paper(rnd), _date(rnd)
    around = [
        f"{date} {_week(rnd)}", date, f"农历{rnd.choice('正二三四')}月初{rnd.choice('一二三四')}", f"{rnd.choice('甲乙丙丁戊己庚辛壬癸')}{rnd.choice('子丑寅卯辰巳午未')}年{rnd.choice('正二三四五六')}月廿{rnd.choice('一二三四')}",
        f"国内统一刊号CN{rnd.randint(11, 65)}-00{rnd.randint(10, 99)} 第{rnd.randint(100, 9999)}期", f"国内统一连续出版物号 CN {rnd.randint(11, 65)}-00{rnd.randint(10, 99)}", f"邮发代号{rnd.randint(1, 80)}-{rnd.randint(1, 99)}",
        f"总第{rnd.randint(100, 9999)}期", f"第{rnd.randint(1000, 29999)}期 今日{rnd.choice([4, 8, 12, 16])}版", f"{paper}社出版", f"中共{paper[:2]}市委机关报", f"{paper[:2]}报业传媒集团出版", f"网址：www.{rnd.choice(['bjrb', 'nswb', 'qhnews'])}.com",
        f"今日 多云 {rnd.randint(8, 18)}℃～{rnd.randint(19, 34)}℃", f"责任编辑 {articles.name(rnd)}", rnd.choice(["BINJIANG RIBAO", "NANSHAN WANBAO", "HUADONG GONGREN BAO"]), f"今日{rnd.choice('四八')}版", f"总编辑 {articles.name(rnd)}",
    ]  # fmt: skip
    return [paper, *rnd.sample(around, rnd.choice([0, 1, 2, 3, 4, 6]))]


def _staff(rnd: random.Random) -> str:
    trades = rnd.sample(["责任编辑", "责编", "编辑", "版式", "美编", "校对", "组版", "值班编委", "主编", "制图", "审读", "视觉设计", "实习编辑", "一审", "二审", "三审", "检校"], rnd.choice([1, 2, 2, 3]))  # fmt: skip
    mark, space = rnd.choice(["：", ":", " ", "/", "　"]), rnd.choice([" ", "  ", "　", " | "])
    return rnd.choice(["", "", "本版", "本期"]) + space.join(f"{trade}{mark}{articles.name(rnd)}" for trade in trades)


def _services(rnd: random.Random) -> str:
    road, phone = rnd.choice(["中山", "解放", "人民"]), f"8{rnd.randint(1000000, 9999999)}"
    paper = _paper(rnd)
    return rnd.choice([
        f"新闻热线：0{rnd.randint(310, 999)}-{phone}", f"投稿邮箱：{rnd.choice(['ghxw', 'news', 'tougao'])}@163.com", f"热线电话 {phone}", f"E-mail:{rnd.choice(['bjwb', 'xwb'])}@{rnd.choice(['126', '163', 'qq'])}.com",
        f"本报地址：{road}路{rnd.randint(1, 400)}号 邮编：{rnd.randint(100000, 850000)} 电话：{phone}", f"社址：{road}路{rnd.randint(1, 400)}号　广告部：{phone}　零售每份{rnd.choice(['0.5', '1', '1.5'])}元", f"{paper}社主办 主编 {articles.name(rnd)}",
        f"社长：{articles.name(rnd)}　总编辑：{articles.name(rnd)}", f"本报馆址：{rnd.choice('东西南')}门大街 本报每份售洋{rnd.choice('二三四五')}分", f"今日{rnd.choice('四八')}版 总第{rnd.randint(100, 9999)}期", f"本报印刷厂承印 每月订价{rnd.randint(2, 30)}元",
        f"题字：{articles.name(rnd)}　题图：{articles.name(rnd)}", f"本报法律顾问：{rnd.choice(['正源', '天平'])}律师事务所 {articles.name(rnd)}律师", f"广告经营许可证：{rnd.randint(1000000, 9999999)}号", f"值班电话：{phone} 传真：{phone}", f"本版投稿信箱 {rnd.choice('abcxyz')}{rnd.randint(100, 999)}@sina.com",
        f"发行部 {phone} 印刷：{paper}印务中心 定价：每月{rnd.randint(15, 40)}元", f"QQ群：{rnd.randint(10_000_000, 99_999_999)}", rnd.choice(_SCAN).format(p=paper),
    ])  # fmt: skip


def _turn(rnd: random.Random) -> str:
    page = rnd.choice("一二三四五六")
    return rnd.choice([f"（下转第{rnd.randint(2, 8)}版）", f"（上接第{page}版）", f"下转{rnd.randint(2, 8)}版", f"（紧接第{page}版）", f"（下转{page}版）", f"▶▶下转{rnd.randint(2, 8)}版", f"上接A{rnd.randint(1, 8):02d}版", f"（下转第{page}版①）"])  # fmt: skip


def _written(rnd: random.Random) -> str:
    """A date in Chinese numerals."""
    year = "".join(_DIGITS[int(digit)] for digit in str(rnd.randint(1949, 2012)))
    return f"{year}年{rnd.choice(_COUNT[1:13])}月{rnd.choice(_COUNT[1:])}日"


def _old(rnd: random.Random) -> str:
    """How the years of the Republic dated a page."""
    count = rnd.choice(_COUNT[1:])
    return f"{rnd.choice(['中华民国', '民国', ''])}{count}年{rnd.choice(_COUNT[1:13])}月{rnd.choice(_COUNT[1:])}日 {rnd.choice(['星期', '礼拜'])}{rnd.choice('一二三四五六')}"


_TOP: list[Callable[[random.Random], str]] = [_running, _running, _running, _running, _date, _number, _spread, _staff, _old]  # fmt: skip
_BOTTOM: list[Callable[[random.Random], str]] = [_staff, _staff, _services, _services, _services, _number, _running]
