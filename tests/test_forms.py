"""Forms: lines that newspapers print around their articles, and running text and headlines that look like them."""

import time

import pytest

from edition import build
from edition.config import PageConfig, default
from edition.evaluate import structure
from edition.files import Clock
from edition.infer.blocks import blocks
from edition.infer.cues import cues, is_note, is_rubric
from edition.infer.evidence import begins_dateline
from edition.infer.forms import special_form
from edition.infer.lattice import Lattice
from edition.infer.signatures import signature, signer
from edition.readers.plain import read as read_text
from edition.tei.read import read
from edition.words import load

CLOCK = Clock("2026-11-21T00:00:00Z", True)
BODY = "市里昨天召开座谈会，交流一年来的经验，代表们围绕下一步工作提出了意见和建议。"


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("（王晓明、李红参与采写）", "byline"),
        ("（本报记者王晓明采访整理）", "byline"),
        ("（案例来源：某某市纪委监委，本报记者王晓明整理）", "byline"),
        ("（摘编自《某某文集》）", "byline"),
        ("（本报记者 王晓明 李 红 通讯员：周敏 文/图）", "byline"),
        ("（潍城日报社全媒体记者 王晓明、李红）", "byline"),
        ("见习记者伍晓兮", "byline"),
        ("通讯员李红", "byline"),
        ("——编 者", "byline"),
        ("本报评论员", "byline"),
        ("本报记者", "byline"),
        ("约翰·史密斯著 王晓明译", "byline"),
        ("通讯员名单公布", None),
        ("见习记者的一天", None),
        ("——编者的话说得好", None),
        ("本报评论员文章", None),
        ("王晓明、李红摄", "credit"),
        ("（本报记者王晓明 通讯员李红摄影报道）", "credit"),
        ("新华社记者王晓明摄（传真照片）", "credit"),
        ("（3月2日摄）", "bracketed"),
        ("（2日王晓明摄）", "credit"),
        ("宏伟蓝图（上）", None),
        ("记者在山上、林间反复寻找角度拍摄", None),
        ("潍城日报社全媒体记者王晓明 通讯员李红 周小敏摄", "credit"),
        ("QTV记者王晓明 通讯员李红", "byline"),
        ("新潮·潍城晚报记者 王晓明", "byline"),
        ("潍城晚报记者", "byline"),
        ("潍城晚报记者节", None),
        ("王晓明/李红", "byline"),
        ("/王晓明/", "byline"),
        ("王晓明 李红/文 周敏/图", "byline"),
        ("王晓明 摄/中新社", "credit"),
        ("作者单位：潍城区第二中学", "byline"),
        ("网友xiaoming", "byline"),
        ("线索提供：李女士", "byline"),
        ("（详见3版）", "footer"),
        ("详见说明书", None),
        ("2021年2月15日 星期一 责编：王晓明 美编：李红", "header"),
        ("出版日期：2004年07月29日 综合新闻", "header"),
        ("A37 神州大地", "header"),
        ("02版：要闻评论", "header"),
        ("文汇要闻 责任编辑：王晓明 2016年5月3日", "header"),
        ("A37 高速公路，今天通车", None),
        ("他当了十年编辑：1998年5月3日离开。", None),
        ("特派记者王晓明／台北报导", "byline"),
        ("〔记者王晓明、李红／综合报导〕", "byline"),
        ("王晓明／台北报导", "byline"),
        ("本报记者 王晓明 北京报道", "byline"),
        ("文：王晓明 图：李红", "byline"),
        ("记者在现场报道", None),
        ("（新华社记者王晓明摄）（传真照片）", "credit"),
        ("（王晓明 摄）（附图片１张）", "credit"),
        ("上一版 下一版", "header"),
        ("3 上一篇 下一篇 4", "header"),
        ("返回主页 | 潍城晚报 | 版面导航", "header"),
        ("放大+ 缩小- 默认O", "header"),
        ("大中小学开学", None),
        ("更多", "header"),
        ("更多人回家", None),
        ("第03版：看点", "header"),
        ("A03版：看点", "header"),
        ("第1版()", "header"),
        ("专栏：", "header"),
        ("潍城网 日期：2008-03-25 来源：潍城晚报", "header"),
        ("时间：下午", None),
        ("2023.05.12 星期五", "header"),
        ("中华民国二十五年十二月十八日星期五", "header"),
        ("癸卯年三月廿三", "header"),
        ("版权所有 未经授权禁止转载", "footer"),
        ("扫码关注潍城日报微信公众号", "footer"),
        ("扫码支付走进农村集市", None),
        ("www.example.com", "footer"),
        ("Local News", "header"),
        ("A0012版：都市新闻·聚焦", "header"),
        ("【第 B2 版：文体】", "header"),
        ("第03版:潍城新闻/综合 | 民生", "header"),
        ("a0012版", "pageNum"),
        ("2024版：教学大纲", None),
        ("《潍城日报》（2016年5月3日 02版）", "header"),
        ("《潍城日报》（创刊号）在库中发现", None),
        ("第12345期：第03版 综合", "header"),
        ("第3期：我们的学校", None),
        ("中共潍城市委主管主办 潍城日报社出版 总第123期", "header"),
        ("市委宣传部主办图书出版展", None),
        ("本版导读", "header"),
        ("值班编委/王晓明 美编/李红 文检/周小敏", "footer"),
        ("国内统一连续出版物号：CN 00-0000 潍城网", "footer"),
        ("本报常年法律顾问：王晓明 李红", "footer"),
        ("各村聘请常年法律顾问", None),
        ("关注公众号，随时阅读潍城日报", "footer"),
        ("关注公众号 谨防诈骗", None),
        ("扫码下载 潍城新闻", "footer"),
        ("扫码下载证照 居民少跑腿", None),
        ("有奖报料 1234567", "footer"),
        ("有奖报料启动", None),
        ("记者王晓明 实习生 李红 周小敏", "byline"),
        ("记者王晓明 李红", "byline"),
        ("记者安排 明天", None),
        ("记者观察 全市一年", None),
        ("编辑王晓明 李红", None),
        ("图/记者王晓明 李红 周小敏 实习生陈静", "byline"),
        ("文字：王晓明 李红 图片：周小敏", "byline"),
        ("王晓明/文 李 红/摄", "byline"),
        ("文/王晓明 李红/摄", "byline"),
        ("本报记者 王晓明/摄 实习生 李红/文", "byline"),
        ("王晓明/摄", "credit"),
        ("王晓明 文/图", "credit"),
        ("山水/文学", None),
        ("讲述人：王晓明", "byline"),
        ("热心读者 李红", "byline"),
        ("读者 来信", None),
        ("读者王晓明", None),
        ("□市客运公司城西站 王晓明", "byline"),
        ("□市客运公司城西站", None),
        ("某某市12号信箱 王晓明", "byline"),
        ("市长信箱 成立", None),
        ("王晓明摄（人民视觉）", "credit"),
        ("本报资料图片", "credit"),
        ("本报发行版图", None),
        ("（见左图）", "bracketed"),
        ("（王晓明图）", "credit"),
        ("文/记者王晓明 周文龙 李红", "byline"),
        ("本报记者王晓明摄 信息来源：李红 周敏", "credit"),
        ("信息来源：有关部门", None),
    ],
)
def test_a_line_has_a_form_or_none(line: str, form: str | None) -> None:
    assert special_form(line) == form


def test_a_long_row_of_names_is_read_in_a_moment() -> None:
    begun = time.perf_counter()
    assert special_form("（" + "文王小 " * 21 + "摄。）") is None
    assert special_form("作者记者 " * 17 + "摄。") is None
    assert special_form("本报记者 " * 17 + "。") is None
    assert special_form("文" * 60 + "/文") is None
    assert time.perf_counter() - begun < 1.0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{BODY}（王晓明、李红、张伟、陈静、刘洋、周敏、吴刚、郑洁、孙磊参与采写）", "byline"),
        (f"{BODY}（王晓明）", "byline"),
        (f"{BODY}（相关报道见第二版）", None),
        (f"{BODY}（下转3版）", None),
        (f"{BODY}（见上图）", None),
        (f"{BODY}（附图）", None),
        (f"{BODY}（资料图）", "credit"),
        (f"{BODY}（新华社记者王晓明摄）（传真照片）", "credit"),
        (f"{BODY}　王晓明", "byline"),
        (f"{BODY}王晓明 李红", "byline"),
        (f"{BODY}王晓明", None),  # the next sentence may begin so
        (f"{BODY} 今天中午", None),
        (f"{BODY}本报记者王晓明", "byline"),
        (f"{BODY} 本报记者 王晓明 通讯员 李红", "byline"),
        (f"{BODY}通讯员王晓明 记者李红 摄", "credit"),
        (f"{BODY}　影友 王晓明 摄", "credit"),
        (f"{BODY}王晓明摄（资料照片）", "credit"),
        (f"{BODY}某某市12号信箱 王晓明", "byline"),
        (f"{BODY}　市客运公司城西站 李红", "byline"),
        (f"{BODY}大家来到城西 安心过年", None),
        (f"{BODY}市客运公司李红", None),
        (f"{BODY}王晓明/文 李 红/摄", "byline"),
        (f"{BODY}本报记者", None),  # who it is may stand in the next column
        (f"{BODY}记者：为什么", None),
        (f"{BODY}通讯员在会场", None),
        (f"{BODY}下午又去湖边 拍摄", None),
        (f"{BODY}老人从此学 画", None),
        (f"{BODY[:-1]}，本报记者王晓明", None),
        ("图为市民在公园散步。（3月2日摄）", None),
        ("图为市民在公园散步（2日摄）", None),
    ],
)
def test_what_signs_a_text(text: str, kind: str | None) -> None:
    found = signature(text)
    assert (found and found[1]) == kind
    assert not found or text[: found[0]] == BODY


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("（王晓明摄）", "pictures"),
        ("王晓明摄（人民视觉）", "pictures"),
        ("本报记者王晓明 摄 线索提供：李红", "pictures"),
        ("本报记者王晓明（城西）", "reporter"),
        ("读者 王晓明", "name"),
    ],
)
def test_whom_a_signature_names(text: str, whom: str) -> None:
    assert signer(text) == whom


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("【本报南京三日电】市里昨天", True),
        ("【本報訊】市里昨天", False),  # traditional characters are converted before
        ("[中央社南京三日电]市里昨天", True),
        ("香港文汇报讯（记者王晓明）市里昨天", True),
        ("海都讯（记者王晓明）市里昨天", True),
        ("【导读】市里昨天", False),
        ("他问讯（心里很急）就走了", False),
        ("〔记者王晓明／台北报导〕市里昨天", True),
        ("【记者王晓明台北报导】市里昨天", True),
        ("（本报台北专电）市里昨天", True),
        ("〔路透社波恩廿三日电〕市里昨天", False),  # several of them stand under one headline
    ],
)
def test_a_dateline_opens_a_story_with_or_without_brackets(text: str, is_one: bool) -> None:
    assert begins_dateline(text) is is_one


@pytest.mark.parametrize(
    ("begins", "seen"),
    [
        ("本报讯 ", {"after.opener", "after.dateline"}),
        ("【本报南京三日电】", {"after.dateline"}),
        ("近日，", {"after.opener"}),
        ("", set()),
    ],
)
def test_a_head_before_a_dateline_is_told_from_one_before_an_opening_word(begins: str, seen: set[str]) -> None:
    page = f"百年渔港换新颜\n    {begins}{BODY}\n"
    lattice = Lattice(*blocks(read_text(page.encode(), "a.txt", "UTF-8")[0]), load())
    assert {"after.opener", "after.dateline"} & set(lattice.places.role(0)) == seen


def test_a_running_head_names_its_page() -> None:
    assert "names.page" in set(cues("02版：要闻评论"))
    assert "names.page" in set(cues("全市今天通车 P.5"))
    assert "names.page" not in set(cues("02版要闻"))


def shown(text: str) -> list[tuple[str, str]]:
    made = build.normalise(text.encode(), "a.txt", PageConfig("a.txt", order=1), default("x"), CLOCK, load())
    return [(block.role, block.text) for _, block in structure.from_edition(read(made.tei, "a.xml")).blocks]


def test_a_head_that_ends_in_a_dash_leads_over_to_the_headline() -> None:
    found = shown(f"中企承建的现代化渔港在渔业社区落成——\n百年渔港换新颜\n    {BODY}\n    {BODY}\n")
    assert found[:2] == [("kicker", "中企承建的现代化渔港在渔业社区落成——"), ("headline", "百年渔港换新颜")]


def test_the_label_of_an_editors_note_heads_no_item() -> None:
    found = shown(
        f"百年渔港换新颜\n    编者按\n    {BODY}\n    渔港上月启用。\n本报记者 王晓明\n    {BODY}\n    渔民都说方便。\n"
    )
    assert found[:3] == [("headline", "百年渔港换新颜"), ("p", "编者按"), ("p", BODY)]


@pytest.mark.parametrize(
    ("line", "rubric", "note"),
    [
        ("图片新闻", True, False),
        ("【相关链接】", True, False),
        ("编 者 按：", True, True),
        ("■ 职工信箱", True, False),
        ("图片新闻大赛揭晓", False, False),
        ("老邮递员和他的绿色信箱", False, False),
        ("编者按语如何写", False, False),
    ],
)
def test_a_line_is_the_title_of_a_box_or_the_label_of_a_note(line: str, rubric: bool, note: bool) -> None:
    assert (is_rubric(line), is_note(line)) == (rubric, note)


@pytest.mark.parametrize("rubric", ["图片新闻", "图片报道", "开栏的话", "简讯"])
def test_a_rubric_is_no_crosshead_and_signs_nothing(rubric: str) -> None:
    column = f"    {BODY}\n    {BODY}\n"
    found = shown(f"百年渔港换新颜\n{column}{rubric}\n{column}两会昨日开幕\n{column}")
    assert ("headline", rubric) in found


def test_what_the_paper_itself_did_signs_nothing() -> None:
    roles = {role for role, text in shown(f"本报三篇作品获奖\n    {BODY}\n    {BODY}\n") if text == "本报三篇作品获奖"}
    assert roles == {"headline"}


@pytest.mark.parametrize("empty", [1, 2])
def test_empty_lines_between_all_lines_of_a_column_part_nothing(empty: int) -> None:
    column = ["　　市里昨天召开座谈会，交", "流一年来的经验，代表们围绕", "下一步工作提出了意见。"]
    lines = ["座谈会昨日召开", *column, *column, *column, *column]
    spread = "\n".join(line + "\n" * empty for line in lines)
    assert shown(spread) == shown("\n".join(lines))
    assert ("p", "".join(column).strip()) in shown(spread)


def test_lines_that_are_paragraphs_keep_the_empty_lines_between_them() -> None:
    pieces = [f"{BODY[:-1]}，其中第{number}条{'说得更细' * number}。" for number in range(1, 15)]
    assert [text for role, text in shown("\n\n".join(pieces)) if role == "p"] == pieces
