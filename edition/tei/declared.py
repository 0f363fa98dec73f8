"""What editorialDecl tells a person in every header, in both languages: (element, attributes, Chinese, English)."""

DECLARED: tuple[tuple[str, dict[str, str], str, str], ...] = (
    (
        "correction",
        {"method": "markup"},
        "程序没有改正文字。编者的改正写在 choice 里，两种形式并存。",
        "The program corrected no characters. An editor's corrections stand in choice, with both forms.",
    ),
    (
        "normalization",
        {"method": "silent"},
        "正文保留来源的字符。显示和印刷时按 n 所指的规则处理，只限汉字语境：半角标点显示为全角（括号成对）；段内配对的直引号"
        "显示为弯引号；省略号、破折号和汉字间的间隔号取标准形式；汉字旁的部首字符显示为同形汉字，兼容汉字不变；汉字间误入的单个空格"
        "不显示。数字、时间、西文和网址照原样。规则 as-source 则一概照来源。",
        "The text keeps the characters of the source. When it is shown or printed, the policy named in n applies, in "
        "Chinese context only: half-width marks are widened (brackets as a pair), straight quotation marks that are balanced in "
        "their paragraph curled, ellipses, dashes and the dots between Chinese characters given their standard form, radicals beside "
        "Chinese characters shown as the characters they look like (compatibility ideographs stay), and stray single blanks between "
        "Chinese characters left out. Numbers, times, Latin runs and addresses stay. The policy as-source changes nothing.",
    ),
    (
        "hyphenation",
        {"eol": "none"},
        "lb/@break 与 milestone/@break：no 为相连，maybe 为未定，两者都不显示；yes 为真正的换行（段落中为一个空格）。"
        "段落内部的换行由程序判断，依据是行宽、标点与词典；跨空行、跨栏、跨图片的判断和把握不足九成的判断逐处标出把握（cert）。",
        "lb/@break and milestone/@break: no, joined; maybe, undecided (both show nothing); yes, a real break (a blank in "
        "a paragraph). Joins inside a block were decided by a program from line widths, marks and a dictionary; those over "
        "empty lines, columns and pictures, and those with a probability under 0.9, carry a cert of their own.",
    ),
    (
        "punctuation",
        {"marks": "all"},
        "来源的标点全部保留，没有增补。n 是本版来源用标点的习惯，由程序从本版文字判断：halfwidth 半角，fullwidth 全角，mixed 兼有；"
        "dots 以 . 为句号；spaced 字字之间有空格。",
        "All punctuation of the source is kept; none was added. n is the habit of this page, told by a program from its own text: "
        "halfwidth, fullwidth or mixed marks; dots, where . is its full stop; spaced, where blanks part its characters.",
    ),
    (
        "segmentation",
        {},
        "篇目、标题、署名、图片说明和版面杂件由程序区分；cert 是 0 到 1 的概率，resp 指明由谁判断；编者的决定没有 cert；标题归属、标题种类和跨块相连的理由见 standOff。",
        "Items, heads, bylines, captions and furniture were told apart by a program; cert is a probability from 0 to 1, "
        "resp says who decided, and an editor's decisions have no cert; the reasons for the owner and kind of heads and for joins between blocks stand in standOff.",
    ),
    (
        "interpretation",
        {},
        "文中的顺序是阅读顺序；来源的顺序由 lb/@n（行号）和 milestone/@n（行号.字符位置）保存，据此可逐字节还原来源文件。"
        "XML 的换行及其两侧空白不是文字；编者的内容（corr、reg、supplied、gap、note、rt、figDesc）不属来源。任何元素都可有：@xml:id，本文件内"
        "唯一的标识，供指向之用；@resp，指向作出判断的程序或编者（respStmt）；@cert，判断正确的概率，0 到 1，编者的决定没有 @cert。各元素"
        "及其属性的含义见 tagsDecl。",
        "The order is reading order; lb/@n (line) and milestone/@n (line.offset in characters) keep the order of the "
        "source, so that the source file can be rebuilt byte for byte. Line feeds of the XML and the blanks beside them are no "
        "text; what an editor adds (corr, reg, supplied, gap, note, rt, figDesc) is not the source's. On any element: @xml:id, unique "
        "in this file, so that it can be pointed at; @resp, the program or editor who decided (a respStmt); @cert, the "
        "probability from 0 to 1 that the decision is right: an editor's has none. tagsDecl says what each element and its "
        "attributes mean.",
    ),
)
