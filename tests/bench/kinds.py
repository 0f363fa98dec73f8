"""What a page holds besides news: essays, verse, serials, talks, boxes with links, lists, tables, notices, guides.

The forms are those of the trade and the words our own; running text is borrowed from the articles of the pool. Each
function gives one item, or several that stand together under a rubric.
"""

import random
import re
from collections.abc import Callable

import articles
from articles import DATELINE, Article, name

_TITLES = [
    "故乡的{}",
    "{}记",
    "又见{}",
    "{}深处",
    "父亲与{}",
    "母亲的{}",
    "{}旧事",
    "一碗{}",
    "{}声声",
    "想起{}",
    "{}帖",
]
_THINGS = [
    "老街",
    "秋雨",
    "春茶",
    "渡口",
    "麦香",
    "灶台",
    "石桥",
    "芦花",
    "炊烟",
    "槐树",
    "油灯",
    "井水",
    "年糕",
    "布鞋",
]
_BOXES = ["链接", "相关链接", "新闻链接", "名词解释", "背景", "新闻背景", "记者手记", "编后", "短评", "小贴士", "延伸阅读", "专家提醒", "温馨提示", "读者来信"]  # fmt: skip
_UNITS = ["市公安局交通警察大队", "市住房和城乡建设局", "区人民政府", "市自然资源和规划局", "镇人民政府", "街道办事处", "市供电公司", "市自来水有限公司", "公司清算组", "新区管理委员会", "市教育局", "拍卖有限公司", "人民法院"]  # fmt: skip
_ROADS = ["东苑", "望江", "解放", "建设", "文昌", "环城", "工农", "滨河", "学林", "中山"]
_TEAMS = ["雪峰队", "铁流队", "海鹰队", "江城队", "飞虎队", "长风队"]
_DIGITS = "一二三四五六七八九十"


def some(pool: list[Article], rnd: random.Random) -> list[Article]:
    """One or several items of a kind drawn by chance."""
    makers: list[tuple[float, Callable[[list[Article], random.Random], list[Article]]]] = [
        (3, _essay), (0.9, _verse), (0.5, _serial), (1.5, _talk), (2.5, _box), (1.5, _bullets), (0.4, _table), (0.5, _weather),
        (2, _notice), (0.4, _loss), (0.4, _job), (0.4, _advertisement), (0.4, _obituary), (0.5, _guide), (1.5, _comment),
    ]  # fmt: skip
    return rnd.choices([make for _, make in makers], [share for share, _ in makers])[0](pool, rnd)


def whole(pool: list[Article], rnd: random.Random) -> list[Article]:
    """The items of a page of one kind: a literary supplement, whose authors are all named in one way, or notices."""
    if rnd.random() < 0.3:
        makers = [_notice, _notice, _notice, _loss, _job, _advertisement, _obituary, _box]
        return [item for _ in range(rnd.randint(4, 9)) for item in rnd.choice(makers)(pool, rnd)]
    makers = [_essay, _essay, _essay, _essay, _verse, _verse, _serial, _comment, _talk, _box]
    items = [item for _ in range(rnd.randint(3, 7)) for item in rnd.choice(makers)(pool, rnd)]
    form = rnd.choice(["{}", "{}", "□ {}", "◎{}", "文/{}", "{} 文"])
    for item in items:
        if item.byline_at == "start":
            own = (
                articles._plain_byline(rnd, "start") if form == "{}" and rnd.random() < 0.5 else form.format(name(rnd))
            )
            item.byline = own
    return items


def _text(pool: list[Article], rnd: random.Random, most: int) -> list[str]:
    source = rnd.choice(pool)
    out = [DATELINE.sub("", text).lstrip("，：") for text in source.paragraphs[: rnd.randint(1, most)]]
    return [text for text in out if len(text) > 12] or [source.paragraphs[0]]


def _author(rnd: random.Random, *, marked: float = 0.5) -> str:
    own = name(rnd)
    if rnd.random() < 0.15:
        return articles._plain_byline(rnd, "start")
    if rnd.random() < marked:
        return rnd.choice(["□ {}", "□{}", "◎ {}", "●{}", "文/{}", "{} 文", "■ {}"]).format(own)
    return own if rnd.random() < 0.7 else f"{rnd.choice(articles._PLACES)}{rnd.choice(['县', '市', '镇'])} {own}"


def _signed(headline: str, paragraphs: list[str], byline: str, at: str = "start", **more: object) -> Article:
    return Article([headline], paragraphs, byline=byline, byline_at=at if byline else "none", **more)  # type: ignore[arg-type]


def _title(rnd: random.Random) -> str:
    return rnd.choice(_TITLES).format(rnd.choice(_THINGS))


def _essay(pool: list[Article], rnd: random.Random) -> list[Article]:
    """A piece of the literary page, its author under the title."""
    return [_signed(_title(rnd), _text(pool, rnd, 8), _author(rnd))]


def _verse(pool: list[Article], rnd: random.Random) -> list[Article]:
    """A poem: short lines without stops, each a paragraph."""
    least, most = rnd.choice([(4, 9), (5, 5), (7, 7), (6, 13), (4, 14)])
    fit = sorted(phrase for phrase in articles.PHRASES if least <= len(phrase) <= most)
    lines = rnd.sample(fit, min(len(fit), rnd.choice([4, 8, rnd.randint(4, 10), rnd.randint(8, 24)])))
    form = rnd.random()
    if form < 0.4:
        lines = [f"{line}{'，' if at % 2 == 0 else '。'}" for at, line in enumerate(lines)]
    elif form < 0.55:
        lines = [line + rnd.choice(["", "", "，", "。", "！", "——", "……"]) for line in lines]
    return [_signed(_title(rnd) + rnd.choice(["", "", "（外二首）", "（组诗）"]), lines, _author(rnd))]


def _serial(pool: list[Article], rnd: random.Random) -> list[Article]:
    made = _signed(_title(rnd), _text(pool, rnd, 6), rnd.choice([f"{name(rnd)} 著", f"□ {name(rnd)}", name(rnd)]))
    made.subtitle = [rnd.choice(["连载（{}）", "长篇连载 {}", "连载·{}", "（连载之{}）"]).format(rnd.randint(2, 60))]
    made.paragraphs.append(rnd.choice(["（未完待续）", "（待续）", f"（连载{rnd.randint(2, 60)}）"]))
    return [made]


def _talk(pool: list[Article], rnd: random.Random) -> list[Article]:
    """Questions and answers, often after a note of the editors."""
    source = rnd.choice(pool)
    who, title = name(rnd), rnd.choice(["市教育局副局长", "专家", "馆长", "主任", "总工程师", "教授", ""])
    sentences = [s for text in source.paragraphs for s in re.findall("[^。]+。", DATELINE.sub("", text))]
    ask, answer = rnd.choice([("记者：", f"{who}："), ("记者：", f"{title}{who}："), ("问：", "答："), ("记者问：", f"{who}答：")])  # fmt: skip
    out = []
    for at in range(0, min(12, len(sentences) - 1), 2):
        about = articles._clause(source, rnd, 5, 14)
        out += [f"{ask}{about}，{rnd.choice(['您怎么看', '情况如何', '经费怎么保障', '难在哪里', '下一步有什么打算'])}？", f"{answer}{sentences[at]}{sentences[at + 1]}"]  # fmt: skip
    note = f"{rnd.choice(['编者按 ', '编者按：', '编者的话：', '【编者按】'])}{sentences[0] if sentences else source.paragraphs[0]}"
    made = articles.dressed(Article(source.headline, out or source.paragraphs), rnd, signed=0.6)
    made.paragraphs = [*([note] if rnd.random() < 0.5 else []), *out] or source.paragraphs
    made.crossheads = {at: text for at, text in made.crossheads.items() if at < len(made.paragraphs)}
    made.captions = []
    return [made]


def _box(pool: list[Article], rnd: random.Random) -> list[Article]:
    """A small item beside another: background, a note by the reporter, advice."""
    head = rnd.choice(["", "", "■", "【", "▲"]) + rnd.choice(_BOXES)
    head += "】" if head[0] == "【" else ""
    made = Article([head], _text(pool, rnd, 3), byline_at="none")
    if "来信" in head:
        made.byline, made.byline_at = f"{rnd.choice(articles._PLACES)}乡 {name(rnd)}", "end"
    return [made]


def _bullets(pool: list[Article], rnd: random.Random) -> list[Article]:
    """Short news under a rubric, each behind a mark."""
    mark, out = rnd.choice("■●▲◆★□"), []
    for source in rnd.sample(pool, rnd.randint(2, 5)):
        text = "".join(re.findall("[^。]+。", DATELINE.sub("", source.paragraphs[0]).lstrip("，："))[:2])
        out.append(Article([], [mark + rnd.choice(["", " "]) + (text or source.paragraphs[0])], byline_at="none"))
    if rnd.random() < 0.6:
        for made in out:
            made.byline, made.byline_at = f"（{name(rnd)}）", "stuck"
        out[0].headline = [rnd.choice(["一周速览", "简讯", "各地简讯", "动态", "【基层快讯】", "新闻集锦"])]
        return out
    rows = [row for made in out for row in made.paragraphs]
    return [Article([rnd.choice(["一周速览", "简讯", "数读", "看点", "提示"])], rows, byline_at="none")]


def _table(pool: list[Article], rnd: random.Random) -> list[Article]:
    rows = []
    for team in rnd.sample(_TEAMS, rnd.randint(3, 6)):
        won, drawn, lost = rnd.randint(0, 9), rnd.randint(0, 9), rnd.randint(0, 9)
        rows.append(f"{team} {won}胜{drawn}平{lost}负 {3 * won + drawn}分")
    return [Article([rnd.choice(["积分榜", "战绩表", "乙级联赛积分榜", "赛况"])], rows, byline_at="none")]


def _weather(pool: list[Article], rnd: random.Random) -> list[Article]:
    low = rnd.randint(-8, 25)
    text = f"今天白天{rnd.choice(['晴到多云', '多云转阴', '阴有小雨', '晴'])}，{rnd.choice(['偏南', '偏北', '东南', '西北'])}风3到4级，气温{low}到{low + 8}度。"
    text += f"明天{rnd.choice(['多云', '晴', '阵雨', '小雪'])}，气温{low - 1}到{low + 7}℃。"
    return [Article([rnd.choice(["天气预报", "今日天气", "市区天气", "气象信息"])], [text], byline_at="none")]


def _day(rnd: random.Random) -> str:
    return f"{rnd.randint(1985, 2024)}年{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日"


def _offices(rnd: random.Random) -> str:
    """Who gives a notice, mostly with the day, each in a line of its own."""
    rows = [rnd.choice(["", "", rnd.choice(articles._PLACES)]) + unit for unit in rnd.sample(_UNITS, rnd.choice([1, 1, 2]))]  # fmt: skip
    return "\n".join([*rows, *([_day(rnd)] if rnd.random() < 0.8 else [])])


def _notice(pool: list[Article], rnd: random.Random) -> list[Article]:
    road, place = rnd.choice(_ROADS), rnd.choice(articles._PLACES)
    since = f"自{_day(rnd)}至{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日"
    head, text = rnd.choice([
        (f"关于{road}路封闭施工的通告", f"因{road}路改造施工需要，{since}，对{road}路（{rnd.choice(_ROADS)}路至{rnd.choice(_ROADS)}街段）实行全封闭施工，途经车辆请提前绕行。施工期间给您带来不便，敬请谅解。"),
        ("停电预告", f"{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日7:30至17:00，因线路检修，{road}线停电，影响范围：{place}小区、{road}花园、供销巷一带。"),
        ("停水通知", f"因管网改造，定于{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日8时至18时对{road}路沿线停水，请用户提前做好储水准备。"),
        ("注销公告", f"{place}新风印务有限公司经股东会决议解散，已成立清算组，请债权人自公告之日起45日内向清算组申报债权。"),
        ("拍卖公告", f"受委托，本公司定于{_day(rnd)}上午9时30分在{place}宾馆三楼会议室公开拍卖下列标的：旧机动车{rnd.randint(2, 9)}辆。有意者请携带有效证件办理竞买登记手续，并缴纳保证金{rnd.randint(1, 9)}万元。"),
        ("招标公告", f"{place}中心小学教学楼工程已批准建设，现对该项目的施工进行公开招标，欢迎具有相应资质的单位报名。"),
        ("公 告", f"{name(rnd)}：本院受理原告{name(rnd)}诉你民间借贷纠纷一案，现依法向你公告送达起诉状副本及开庭传票。自公告之日起经过60日即视为送达。"),
        (f"{place}区人民政府公告", f"为了加强{road}河河道管理，保障防洪安全，现将有关事项公告如下：一、禁止在河道管理范围内倾倒垃圾。二、违者依法处罚。"),
    ])  # fmt: skip
    more = []
    if rnd.random() < 0.35:
        more = rnd.sample([f"联系电话：{rnd.randint(2000000, 88999999)}", f"联系人：{rnd.choice(articles._SURNAMES)}先生 电话：13{rnd.randint(10**8, 10**9 - 1)}", f"地址：{road}路{rnd.randint(1, 300)}号", f"咨询电话：{rnd.randint(2000000, 88999999)}。", "特此公告。"], rnd.randint(1, 2))  # fmt: skip
    return [_signed(head, [text, *more], rnd.choice(["", *[_offices(rnd)] * 3]), "end")]


def _loss(pool: list[Article], rnd: random.Random) -> list[Article]:
    rows = [rnd.choice([
        f"{name(rnd)}遗失居民身份证，声明作废。", f"{rnd.choice(articles._PLACES)}副食店遗失食品经营许可证副本，证号JY{rnd.randint(10**9, 10**10)}，声明作废。",
        f"{name(rnd)}遗失购房收据一张，金额{rnd.randint(1, 90)}万元，声明作废。", f"{rnd.choice(articles._PLACES)}商店公章一枚遗失，声明作废。",
    ]) for _ in range(rnd.randint(1, 5))]  # fmt: skip
    return [Article([rnd.choice(["遗失声明", "遗失启事", "声明", "挂失"])], rows, byline_at="none")]


def _job(pool: list[Article], rnd: random.Random) -> list[Article]:
    rows = [f"本公司因业务发展需要，诚聘{rnd.choice(['会计', '电工', '营业员', '驾驶员'])}{rnd.randint(1, 9)}名。要求身体健康，年龄45周岁以下，待遇面议。",
            f"联系人：{rnd.choice(articles._SURNAMES)}{rnd.choice(['先生', '女士', '经理'])} 电话：13{rnd.randint(10**8, 10**9 - 1)}", f"地址：{rnd.choice(_ROADS)}路{rnd.randint(1, 300)}号"]  # fmt: skip
    return [
        Article([rnd.choice(["招聘启事", "招 聘", "诚聘", "招工启事"])], rows[: rnd.randint(1, 3)], byline_at="none")
    ]


def _advertisement(pool: list[Article], rnd: random.Random) -> list[Article]:
    head = rnd.choice(["春光国旅 品质之选", "{}家具城周年庆", "{}医院不孕不育门诊", "{}花园火热销售中", "{}酒业 匠心酿造"]).format(rnd.choice(articles._PLACES))  # fmt: skip
    rows = [rnd.choice(["天天发团，报名从速。", "全场五折起，先到先得。", "现房发售，均价每平方米3680元，首付两成。", "多年临床经验，专家坐诊。"]) + f"电话：{rnd.randint(2000000, 88999999)}。"]  # fmt: skip
    return [Article([head], rows, byline_at="none")]


def _obituary(pool: list[Article], rnd: random.Random) -> list[Article]:
    who = name(rnd)
    text = f"离休干部、原{rnd.choice(articles._PLACES)}市粮食局副局长{who}同志因病医治无效，于{_day(rnd)}逝世，享年{rnd.randint(70, 99)}岁。遵照{who}同志遗愿，丧事从简。"
    return [_signed(rnd.choice(["讣告", "讣 告", f"{who}同志逝世"]), [text], _offices(rnd), "end")]


def _guide(pool: list[Article], rnd: random.Random) -> list[Article]:
    """What stands on the other pages."""
    rows = []
    for at, source in enumerate(rnd.sample(pool, rnd.randint(2, 4)), 2):
        head = source.headline[0]
        if rnd.random() < 0.3:  # longer than a column is wide
            head = f"{rnd.choice(['调查', '影像', '人物', '档案', '深度'])}：{head}"
        rows.append(rnd.choice([f"{_DIGITS[at - 1]}版 {head}", f"{head}（见第{_DIGITS[at - 1]}版）", f"{head} A{at:02}", f"{head} {at}版"]))  # fmt: skip
    return [Article([rnd.choice(["今日导读", "导读", "本期看点", "今日看点", "新闻导读"])], rows, byline_at="none")]


def _comment(pool: list[Article], rnd: random.Random) -> list[Article]:
    return [_signed(articles._clause(rnd.choice(pool), rnd, 6, 14), _text(pool, rnd, 6), rnd.choice([
        "本报评论员", f"评论员 {name(rnd)}", f"本报评论员 {name(rnd)}", f"□ {name(rnd)}", name(rnd)]))]  # fmt: skip
