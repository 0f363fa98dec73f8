"""What OCR models and converters leave around the text: each form by itself, and what looks like it and is text."""

import pytest
from test_cases import made as normalised

from edition.infer.blocks import blocks
from edition.model.readings import printed
from edition.model.walk import contents
from edition.readers.plain import read
from edition.tei.parse import parse
from edition.tei.read import read as read_tei
from edition.tei.restore import restore


@pytest.fixture
def made(dictionary):
    return lambda data: normalised(data, dictionary)


def rows(text):
    transcript, _ = read(text.encode(), "page.txt")
    return [row for block in blocks(transcript)[0] for row in block.rows]


def seen(text):
    """The reading text of each row, marks of the tool left out."""
    return [row.text for row in rows(text) if not row.whole]


READ = {
    "**标题在此**": "标题在此",
    "** 标题在此 **": "标题在此",
    "__标题在此__": "标题在此",
    "***标题在此***": "标题在此",
    "# **标题在此**": "标题在此",
    "## 标题在此 ##": "标题在此",
    "#标题在此": "标题在此",
    "*图为市民在公园散步*": "图为市民在公园散步",
    "**记者：** 怎么办？": "记者： 怎么办？",
    "**记者**：怎么办？": "记者：怎么办？",
    "**甲：**好。（**乙**）": "甲：好。（乙）",
    "1. **要点**：内容": "1. 要点：内容",
    r"1\. 转义，\*号与a\_b": "1. 转义，*号与a_b",
    "* 一项": "一项",
    "+ 一项": "一项",
    "> 引文一句": "引文一句",
    "> ## **引文标题**": "引文标题",
    "<b>粗</b>体和<i>斜</i>体": "粗体和斜体",
    "<center>标题在此</center>": "标题在此",
    '<div align="center"><b>标题在此</b></div>': "标题在此",
    '<h2 data-bbox="1 2 3 4">标题在此</h2>': "标题在此",
    '<span id="page-0-1"></span>标题在此': "标题在此",
    "(白帆&nbsp;摄)": "(白帆 摄)",
    "&emsp;&emsp;中国石油&amp;天然气&nbsp;": "中国石油&天然气",
    r"增长$20\%$和\(30\%\)": "增长20%和30%",
    r"$\mathrm{CO}_2$排放": "CO2排放",
    "[人民网](http://example.org/a_b)报道": "人民网报道",
    "国\u00ad家\u200b发\ufeff展": "国家发展",
    "<|ref|>市长讲话<|/ref|><|det|>[[1, 2, 3, 4]]<|/det|>": "市长讲话",
    r"\section*{标题在此}": "标题在此",
    "| 名次 | 球队 |\n|---|---|\n| 1 | 海州 |": "名次 球队\n1 海州",
    "|名次|球队|\n|1|海州|\n|2||": "名次 球队\n1 海州\n2",
    "名次|球队\n---|---\n1|海州": "名次 球队\n1 海州",
    "<table><tr><td>名次</td><td>球队</td></tr><tr><td>1</td><td></td><td>海州</td></tr></table>": "名次 球队\n1 海州",
    "第一行<br>第二行<br/>": "第一行\n第二行",
    "<p>第一段。</p><p>第二段。</p>": "第一段。\n第二段。",
    "**跨行标题\n第二行**": "跨行标题\n第二行",
    "![图为市民乘车](a.png)": "图为市民乘车",
    "![](a.png)图为市民乘车": "图为市民乘车",
    "正文<img src='a.png'>图为市民": "正文\n图为市民",
    '<div style="text-align: center;"><img src="imgs/a.jpg" alt="Image" width="80%" /></div>\n正文': "正文",
}  # fmt: skip


@pytest.mark.parametrize(("source", "text"), READ.items())
def test_marks_are_no_reading_text(source, text):
    assert seen(source) == text.split("\n")


TEXT = [
    "张**和李**是好朋友，王**、赵**也是。",
    "**明、**华两人获奖",
    "5*3*2=30，带*号的为必填项，不带*号的不填。",
    "报名人____，日期__年__月__日",
    "（__年__月__日）",
    "A3 | 要闻 | 2015年5月",
    ">>> 更多内容见3版",
    ">详见A3版",
    "#话题讨论#引发热议",
    "#1机组并网发电",
    "- 3 -",
    "3 < 5 且 7 > 6",
    "<环球时报>记者",
    "价$18元到$14.5元",
    r"$x \times y$",
    "[注]见下文（略）",
    "1. 第一条",
    "（图）市民在公园",
    "电话138****1234",
    "以下是识别结果",
    "&lt;",
]


@pytest.mark.parametrize("source", TEXT)
def test_what_could_be_printed_stays_text(source):
    """Also on a page that has Markdown elsewhere."""
    page = f"# **一个标题**\n\n{source}\n\n正文在此，共有两句。正文在此。\n\n正文。\n\n正文。\n\n正文。"
    assert seen(page)[1] == source


WHOLE = {
    "![](a.png)": "picture",
    "![一张照片，上面有人](a.png)": "picture",
    "![图片：居民合影](a.png)": "picture",
    '<img src="a.png"/>': "picture",
    "<!-- image -->": "picture",
    "[图片]": "picture",
    "【图片：两人握手】": "picture",
    "（图略）": "picture",
    "<image>": "picture",
    "---": "rule",
    "* * *": "rule",
    "--- Page 2 ---": "page",
    "{1}------------------------": "page",
    "--- 第2页 ---": "page",
    "```markdown": "tool",
    "<table>": "tool",
    "<!-- 第2页 -->": "tool",
    "[MISSING_PAGE_EMPTY:1]": "tool",
    "<|ref|>title<|/ref|><|det|>[[1, 2, 3, 4]]<|/det|>": "tool",
    "<|im_end|>": "tool",
    "</div>": "tool",
    "以下是图片中的文字识别结果：": "words",
    "好的，以下是从报纸图片中提取的全部文字：": "words",
    "Here is the transcription of the newspaper page:": "words",
}


@pytest.mark.parametrize(("source", "what"), WHOLE.items())
def test_lines_without_reading_text(source, what):
    assert [row.whole for row in rows(f"{source}\n\n正文在此。")] == [what, ""]


TOLD = {
    "**标题在此**": ("", {"bold"}),
    "# **标题在此**": ("#", {"bold"}),
    "### 标题在此": ("###", set()),
    "**记者：** 怎么办？": ("", {"label"}),
    "*图为市民在公园散步*": ("", {"italic"}),
    "<center>标题在此</center>": ("", {"centred"}),
    '<p align="center">标题在此</p>': ("", {"centred"}),
    "<h3>标题在此</h3>": ("###", set()),
    r"\section*{标题在此}": ("##", set()),
    "> 引文一句": ("", {"quote"}),
    "- 一项": ("-", set()),
    "<figcaption>市民在公园</figcaption>": ("", {"caption"}),
    "![图为市民乘车](a.png)": ("", {"caption"}),
    "<tr><td>甲</td><td>乙</td></tr>": ("", {"cell"}),
    "<ul><li>一项</li></ul>": ("*", set()),
    "正文在此。": ("", set()),
}


@pytest.mark.parametrize(("source", "wanted"), TOLD.items())
def test_what_marks_tell(source, wanted):
    row = next(row for row in rows(source) if not row.whole)
    assert (row.mark, set(row.told)) == wanted


def test_a_tag_that_stands_open_reaches_over_some_lines():
    page = '<div align="center">\n\n标题在此\n\n</div>\n\n正文在此。'
    assert [row.told for row in rows(page) if not row.whole] == [("centred",), ()]


def test_front_matter_is_no_reading_text():
    page = "---\nprimary_language: zh\nis_table: False\n---\n标题在此\n\n---\n\n价格: 5元"
    assert seen(page) == ["标题在此", "价格: 5元"]
    assert seen("---\n标题在此\n---") == ["标题在此"]


def test_cells_of_prose_are_texts_of_their_own():
    cell = "市总工会日前召开座谈会，交流各区经验。会议指出，要继续加强工作，努力服务职工，推动事业发展，把好事办好。"
    found = rows(f"<table><tr><td>{cell}</td><td>{cell}</td></tr></table>")
    assert [(row.text, row.told) for row in found] == [(cell, ()), (cell, ())]


def test_blanks_written_as_entities_are_an_indent():
    assert [row.indent for row in rows("&emsp;&emsp;正文\n&nbsp;&nbsp;正文\n正文")] == [2.0, 1.0, 0.0]


@pytest.mark.parametrize("source", [*READ, *TEXT, *WHOLE, *TOLD])
def test_every_form_is_given_back(source, made):
    """Byte for byte, and with Windows' line ends and a byte order mark as well."""
    body = "\n\n正文在此，共有两句。正文在此。\n"
    for data in ((source + body).encode(), b"\xef\xbb\xbf" + (source + body).replace("\n", "\r\n").encode()):
        assert restore(parse(made(data).tei, "page.xml"), "page.xml").data == data


def test_cells_are_printed_apart(made):
    page = "正文在此，共有两句。\n\n<table><tr><td>名次</td><td>球队</td></tr></table>\n\n|甲|乙|\n|-|-|\n|1|海州|"
    shown = [printed(nodes, "as-source") for nodes in contents(read_tei(made(page.encode()).tei, "page.xml"))]
    assert [text for text in shown if "-" not in text] == ["正文在此，共有两句。", "名次 球队", "甲 乙", "1 海州"]


def test_words_of_a_model_are_kept_and_told(made):
    page = "以下是识别结果：\n\n# 标题在此\n\n市总工会日前召开座谈会，交流经验。\n\n以上是图片中的全部文字。"
    found = made(page.encode())
    assert [finding.where for finding in found.findings if finding.code == "D-003"] == ["in.txt:1", "in.txt:7"]
    assert found.tei.count(b'<fw type="markup"') == 2


def test_a_table_in_html_may_be_styled_at_length():
    cell = "<td style='text-align: center; word-wrap: break-word; margin: auto;'>"
    assert seen(f"<table><tr>{cell}等级</td>{cell}价格</td></tr></table>") == ["等级 价格"]


def test_lines_of_tables_are_no_torn_paragraphs(made):
    rows_ = "\n".join(f"| {n} | 海州 | {n} |" for n in range(20))
    page = f"# 标题在此\n\n市总工会日前召开座谈会，交流经验。\n\n| 名次 | 队 | 分 |\n|---|---|---|\n{rows_}"
    assert "S-005" not in {finding.code for finding in made(page.encode()).findings}


@pytest.mark.parametrize("credit", [" 钱进 摄", "（钱进 摄）", "(钱进)"])
def test_a_slanted_caption_ends_before_its_credit(credit):
    assert seen(f"# 标题在此\n\n*图为市民散步。*{credit}") == ["标题在此", f"图为市民散步。{credit}"]
    assert seen("# 标题在此\n\n*图为市民散步。*2 倍") == ["标题在此", "*图为市民散步。*2 倍"]


def test_short_slanted_texts_count_where_the_page_has_other_marks():
    source = "*钱进*\n\n*图为市民散步。* 钱进 摄"
    assert seen(f"# 标题在此\n\n{source}") == ["标题在此", "钱进", "图为市民散步。 钱进 摄"]
    assert seen(source) == ["*钱进*", "*图为市民散步。* 钱进 摄"]
