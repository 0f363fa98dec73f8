// Every word of the interface, in both languages. {0}, {1} … stand for what is filled in.

const zh = {
  skip: "跳到结构", pageChoice: "版面", panes: "窗格", scan: "扫描图", source: "原文", structure: "结构", printed: "成品", question: "当前问题",
  undo: "撤销 U", redo: "重做 ⇧U", decisions: "已作决定", help: "帮助 ?", language: "English", cancel: "取消 Esc", close: "关闭 Esc", apply: "确定 ↵",
  who: "编者：{0}", nobody: "编者：未署名", readOnly: "只读", larger: "放大到原寸", smaller: "缩到窗格宽", scanAlt: "第 {0} 版扫描图",
  progress: "已核 {0} / {1} · 预计余错 {2} · 平均把握 {3}%", stripAlt: "版面把握图：{0} 处存疑，按原文行序自左至右；越高越可疑",
  allChecked: "这一版没有存疑的决定了。仍可逐段查看并更改；↓ 选段，? 看全部按键。",
  own: "旁边的 {0}.xml 就是这一版：只可查看，请改那个文件。",
  line: "第 {0} 行", sure: "把握 {0}", unstated: "把握未知", byEditor: "编者已定", noQuestion: "未列为疑问",
  q_join: "第 {0} 行接在第 {1} 行之后，合为一段？", q_begin: "第 {0} 行另起一段？", q_role: "第 {0} 行是“{1}”？",
  q_owner: "这个标题属于“{1}”？", q_ownerNone: "这个标题在本版没有正文？", q_item: "第 {0} 行另起一篇（{1}）？", q_finding: "{1}",
  confirm: "对 ↵", otherJoin: "不接，另起一段 X", otherBegin: "不另起，接上段 X", otherRole: "改角色 1–9", otherOwner: "改属“{0}” X", otherOwnerNone: "改为无正文 X",
  chooseOwner: "选择正文 O", otherItem: "并入上一篇 X", next: "下一个 N", previous: "上一个 P", why: "理由", itemAll: "本篇在屏上的都对 ⇧↵", seenAll: "屏上 {0} 处存疑都对 A", markOwner: "归属", edit: "改字 E", move: "移到别篇 M", kind: "类别 K", split: "从此分段 S", join: "接上段 J", furniture: "非正文 0", fresh: "从此另起一篇 I",
  roles: { kicker: "引题", headline: "标题", subtitle: "副题", subhead: "小标题", paragraph: "正文", caption: "图注", byline: "署名", credit: "图片署名", header: "报眉", footer: "版脚", pageNum: "页码", markup: "识别记号", rubric: "栏目" },
  kinds: { article: "文章", picture: "图片新闻", advertisement: "广告", notice: "启事", serial: "连载", unassigned: "未定归属" },
  page: "版面文字", rubric: "栏目",
  chooserOwner: "这个标题属于哪一篇？", chooserMove: "把这一段移到哪一篇？", chooserKind: "这一篇是什么？", none: "本版没有它的正文", newItem: "自成一篇",
  textDialog: "改字、存疑、缺字、加注", textHint: "直接改原文：改动会记为订正，原字仍保存。或选中文字再标为存疑；把光标放在缺字处再按“缺字”。", textLabel: "原文这一段", noteLabel: "编者注（放在选中文字之后）", markUnclear: "选中者存疑", markGap: "光标处缺字", addNote: "加注",
  personDialog: "您的名字", personHint: "每个决定都要署名，会写进决定文件和 TEI。", personLabel: "名字",
  q_sample: "抽查：第 {0} 行与原版相符吗？数一数错、漏、多的字", sampleRight: "无误 ↵", sampleWrong: "误 {0} 字", passes: "审校", passesDialog: "三审三校与抽查", signPass: "由我签署", notDone: "未做",
  stages: { 初审: "", 复审: "", 终审: "", 一校: "", 二校: "", 三校: "" },
  sampleHint: "用 edition sample 抽取各版要与原版核对的行；抽出的行排在问题的最后，按错字数回答。先记下错字数，再改字。",
  names: "人地名", namesDialog: "人名、机构名、地名", namesHint: "勾选后一并确认或拒绝；写入 names.toml，对整部有效。把握小的在前。", selectAll: "全选未核的", confirmNames: "确认所选", refuseNames: "所选不是名称", noNames: "这一版没有标出的名称。", times: "{0} 次，首见第 {1} 行",
  sections: { person: "人名", organisation: "机构", place: "地名" },
  helpDialog: "按键", helpHint: "问题按“出错的代价 × 出错的可能”排列，最要紧的在前。", singleKeys: "启用单键操作（与读屏软件冲突时可关闭）",
  costHint: "代价：标题归错 5，另起一篇错 4，正文误作版面文字 3，角色错 1.5，接行或分段错 1，字符疑问 0.5。预计余错＝未经核对的决定的出错概率之和；相邻行的接行不单列概率者不计。",
  keys: [["↵", "对，下一个"], ["X", "另一个答案"], ["N / P", "下一个／上一个问题"], ["1 … 9", "引题 标题 副题 小标题 正文 图注 署名 图片署名 报眉"], ["0", "版脚（非正文）"], ["J", "接上一段"], ["S", "从光标处分段"], ["← →", "移动光标到句末或行首"], ["↑ ↓", "上一段／下一段"], ["O", "标题归哪一篇"], ["M", "移到别篇"], ["K", "这一篇的类别"], ["I", "从此另起一篇"], ["⌥↑", "提前一段读（在篇首则整篇提前）"], ["E", "改字、存疑、缺字、加注"], ["⇧↵", "这一篇在屏上的都对"], ["A", "屏上标着 ? 的都对（须比对版面的行除外）"], ["鼠标", "所指的段或接缝（虚线框）就是上列各键所改的，不必点击"], ["U / ⇧U", "撤销／重做"], ["?", "这张表"]],
  nothingSelected: "先选一段", noParagraph: "前面没有可接的段落", noChange: "没有改动", selectFirst: "先选中文字", saved: "已记下", undone: "已撤销", redone: "已重做", conflict: "已载入最新状态", offline: "编辑台没有应答：{0}",
  withdraw: "撤回", noEntries: "还没有决定。", byHand: "手写", confirmed: "核对无误", idle: "未能执行：{0}",
  entries: { Join: "{joined}接第 {onto} 行", Split: "另起一段", RoleOf: "角色：{role}", Item: "归入 {item}", KindOf: "类别：{as}", Owner: "标题归 {item}", Order: "先于第 {before} 行读", Correction: "{wrong} → {right}", Doubtful: "存疑：{span}", Missing: "缺字：{supplied}{chars}", Remark: "注：{note}", Rest: "已看过：{code}", Checked: "核对，误 {errors} 字" },
  notJoined: "不", findings: {}, groundsEmpty: "程序没有写下理由。", runnerUp: "其次：{0}",
};

const en = {
  skip: "Skip to the structure", pageChoice: "Page", panes: "Panes", scan: "Scan", source: "Source", structure: "Structure", printed: "Printed", question: "Current question",
  undo: "Undo U", redo: "Redo ⇧U", decisions: "Decisions", help: "Help ?", language: "中文", cancel: "Cancel Esc", close: "Close Esc", apply: "OK ↵",
  who: "Editor: {0}", nobody: "Editor: unnamed", readOnly: "read-only", larger: "Full size", smaller: "Fit the pane", scanAlt: "Scan of page {0}",
  progress: "{0} of {1} checked · estimated remaining errors {2} · mean confidence {3} %", stripAlt: "Confidence over the page: {0} doubtful places in the order of the source, left to right; the higher, the more doubtful",
  allChecked: "No doubtful decision is left on this page. Every paragraph can still be looked at and changed: ↓ selects, ? lists all keys.",
  own: "{0}.xml beside the text is the page: it can be looked at here; edit that file.",
  line: "line {0}", sure: "confidence {0}", unstated: "confidence unknown", byEditor: "decided by an editor", noQuestion: "not asked about",
  q_join: "Does line {0} go on line {1}, in one paragraph?", q_begin: "Does a paragraph begin at line {0}?", q_role: "Is line {0} a {1}?",
  q_owner: "Does this headline belong to “{1}”?", q_ownerNone: "Has this headline no text on this page?", q_item: "Does an item begin at line {0} ({1})?", q_finding: "{1}",
  confirm: "Right ↵", otherJoin: "No, a new paragraph X", otherBegin: "No, it goes on X", otherRole: "Another role 1–9", otherOwner: "It is “{0}”’s X", otherOwnerNone: "It has no text here X",
  chooseOwner: "Choose its text O", otherItem: "Part of the item before X", next: "Next N", previous: "Previous P", why: "Reasons", itemAll: "Item, as far as in view, right ⇧↵", seenAll: "Marked ? in view ({0}): right A", markOwner: "owner", edit: "Edit text E", move: "Move M", kind: "Kind K", split: "Split here S", join: "Join J", furniture: "Furniture 0", fresh: "Item begins I",
  roles: { kicker: "kicker", headline: "headline", subtitle: "subtitle", subhead: "subhead", paragraph: "paragraph", caption: "caption", byline: "byline", credit: "credit", header: "running head", footer: "footer", pageNum: "page number", markup: "OCR mark", rubric: "rubric" },
  kinds: { article: "article", picture: "picture story", advertisement: "advertisement", notice: "notice", serial: "serial part", unassigned: "unplaced" },
  page: "text of the page", rubric: "rubric",
  chooserOwner: "Which text does this headline belong to?", chooserMove: "Which item does this belong to?", chooserKind: "What is this item?", none: "Its text is not on this page", newItem: "An item of its own",
  textDialog: "Correct, doubt, missing, note", textHint: "Edit the text: changes become corrections, the source’s characters are kept. Or select characters and mark them doubtful; or put the cursor where characters are missing.", textLabel: "This piece of the source", noteLabel: "Editor’s note (behind the selection)", markUnclear: "Selection is doubtful", markGap: "Characters missing at the cursor", addNote: "Add the note",
  personDialog: "Your name", personHint: "Every decision is signed; the name goes into the decisions file and the TEI.", personLabel: "Name",
  q_sample: "Drawn by lot: is line {0} as on the page? Count characters wrong, missing or too many", sampleRight: "No error ↵", sampleWrong: "{0} wrong", passes: "Passes", passesDialog: "Passes, and the check against the page", signPass: "Sign it", notDone: "not done",
  stages: { 初审: "first review", 复审: "second review", 终审: "final review", 一校: "first proof", 二校: "second proof", 三校: "third proof" },
  sampleHint: "edition sample draws the lines of each page that are to be compared with the print; they come last in the queue and are answered by the number of wrong characters. First say how many, then correct them.",
  names: "Names", namesDialog: "Persons, bodies, places", namesHint: "Tick names, then confirm or refuse them together; this is written to names.toml and holds for the whole edition. Doubtful ones first.", selectAll: "Tick all unchecked", confirmNames: "Confirm ticked", refuseNames: "Ticked are no names", noNames: "No name is marked on this page.", times: "{0} ×, first in line {1}",
  sections: { person: "person", organisation: "body", place: "place" },
  helpDialog: "Keys", helpHint: "Questions are ordered by what an error would cost times how likely it is, the most harmful first.", singleKeys: "Single-key commands (turn off if a screen reader needs the keys)",
  costHint: "Cost: a headline’s owner 5, the beginning of an item 4, text taken for furniture 3, a role 1.5, a join or break 1, a doubt about characters 0.5. Estimated errors: the sum of the probabilities that unchecked decisions are wrong; joins of neighbouring lines that state no probability are not counted.",
  keys: [["↵", "right, next"], ["X", "the other answer"], ["N / P", "next / previous question"], ["1 … 9", "kicker headline subtitle subhead paragraph caption byline credit running head"], ["0", "footer (furniture)"], ["J", "join to the paragraph before"], ["S", "split at the cursor"], ["← →", "cursor to a sentence’s end or a line’s start"], ["↑ ↓", "previous / next block"], ["O", "owner of a headline"], ["M", "move to another item"], ["K", "what kind of item it is"], ["I", "an item begins here"], ["⌥↑", "read one earlier (at an item’s start: the item)"], ["E", "correct, doubt, missing, note"], ["⇧↵", "what is in view of the item is right"], ["A", "all marked ? that is in view is right (but lines to be compared with the print)"], ["mouse", "what it points at (dashed) is what these keys change; no click is needed"], ["U / ⇧U", "undo / redo"], ["?", "this list"]],
  nothingSelected: "Select a block first", noParagraph: "There is no paragraph before it to join", noChange: "Nothing was changed", selectFirst: "Select characters first", saved: "Kept", undone: "Undone", redone: "Redone", conflict: "The newest state was loaded", offline: "The desk does not answer: {0}",
  withdraw: "Take back", noEntries: "Nothing has been decided yet.", byHand: "by hand", confirmed: "found right", idle: "not carried out: {0}",
  entries: { Join: "{joined}goes on line {onto}", Split: "a paragraph begins", RoleOf: "role: {role}", Item: "belongs to {item}", KindOf: "kind: {as}", Owner: "headline of {item}", Order: "read before line {before}", Correction: "{wrong} → {right}", Doubtful: "doubtful: {span}", Missing: "missing: {supplied}{chars}", Remark: "note: {note}", Rest: "looked at: {code}", Checked: "compared, {errors} wrong" },
  notJoined: "not: ", findings: {}, groundsEmpty: "The program wrote down no reasons.", runnerUp: "second best: {0}",
};

export const WORDS = { zh, en };
let language = localStorage.getItem("edition-language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export const current = () => language;
export const locale = () => (language === "zh" ? "zh-Hans" : "en");

export function choose(name) {
  language = name;
  localStorage.setItem("edition-language", name);
}

export function say(key, ...filled) {
  const text = WORDS[language][key] ?? key;
  return typeof text === "string" ? text.replace(/\{(\d)\}/g, (_, at) => filled[at] ?? "") : text;
}
