// The desk: one state of one page, the question at hand, the keys. Every act is sent at once; the answer is shown whole.

import * as api from "./api.js";
import { beside, blocksOf, confirmation, edited, isHead, KINDS, otherwise, paragraphBefore, pieceText, ROLE_KEYS, span } from "./acts.js";
import { ask, choices, ledger, names, passes } from "./dialogs.js";
import { certainty, kindName, lineOf, make, offsetOf, paper, placeAt, points, printedOf, refill, roleName, shownOf, source, stops, strip, structure, sureness, text } from "./panes.js";
import { choose, current, locale, say, WORDS } from "./words.js";

const $ = (id) => document.getElementById(id);
const state = { edition: null, page: null, question: null, block: null, caret: null, printed: new Map(), busy: false };
const single = () => localStorage.getItem("edition-single-keys") !== "off";
const name = () => localStorage.getItem("edition-who") || state.edition?.who || "";

// ---- showing

function words() {
  document.documentElement.lang = locale();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  $("language").textContent = say("language");
  $("language").lang = current() === "zh" ? "en" : "zh-Hans";
  $("who").textContent = state.edition?.readOnly ? say("readOnly") : name() ? say("who", name()) : say("nobody");
  $("keys").tBodies[0].replaceChildren(...WORDS[current()].keys.map(([key, does]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, does))));
  if (state.edition) {
    const title = current() === "zh" ? "编辑台" : "desk";
    $("title").textContent = state.edition.title;
    document.title = `${state.page?.label ?? ""} · ${state.edition.title} · ${title}`;
    $("pages").replaceChildren(...state.edition.pages.map((page) => make("option", { value: page.number, selected: page.number === state.page?.number }, `${page.number} ${page.name}${done(page)}`)));
  }
}

// How far a page is, as far as it was opened.
const done = ({ progress }) => (progress ? ` · ${progress.checked}/${progress.checked + progress.open}` : "");

function show(page) {
  state.page = page;
  state.edition.pages[page.number - 1].progress = page.progress;
  words();
  refill($("lines"), source(page));
  refill($("blocks"), structure(page, { pick }));
  state.printed.forEach((element) => element.classList.remove("here"));
  state.printed = printedOf(paper($("paper"), page.printed), page);
  const far = page.progress;
  $("strip").replaceChildren(strip(page, far.open));
  $("progress").textContent = say("progress", far.checked, far.checked + far.open, far.errors.toFixed(1), (100 * far.confidence).toFixed(1));
  $("undo").disabled = !page.undo;
  $("redo").disabled = !page.redo;
  $("scan").hidden = !page.scan;
  document.querySelector("[data-pane=scan]").hidden = !page.scan;
  $("scan-size").textContent = say($("scan").classList.contains("large") ? "smaller" : "larger");
  if (page.scan && !$("scan-image").src.endsWith(api.scan(page.number))) $("scan-image").src = api.scan(page.number);
  $("scan-image").alt = say("scanAlt", page.number);
  document.body.classList.toggle("with-scan", page.scan);
}

const asked = () => state.page.queue.filter((question) => question.asked);

function blockAt(at) {
  const all = blocksOf(state.page);
  const holds = (same) => (block) => block.at && block.segments.some((segment) => same(segment.at));
  return all.find((block) => block.at === at) ?? all.find(holds((one) => one === at)) ?? all.find(holds((one) => lineOf(one) === lineOf(at)));
}

const elementOf = (block) => $("blocks").querySelector(`.block[data-at="${block.at}"]`);

function dock() {
  const question = state.question, block = state.block;
  $("dock").dataset.question = question ? `${question.kind} ${question.at}` : "";
  const buttons = [];
  const button = (label, act, main) => buttons.push(make("button", { type: "button", class: main ? "main" : "", onclick: act }, label));
  $("asked").replaceChildren(...(question ? questionText(question) : [state.page.own ? say("own", state.page.name.replace(/\.txt$/, "")) : asked().length ? describe(block) : say("allChecked")]));
  if (!state.page.own && !state.edition.readOnly) {
    if (question) answers(question, button);
    if (block && !question) blockActs(block, button);
    if (asked().length) {
      button(say("next"), () => step(1));
      button("", KEYS.a);
      buttons.at(-1).id = "seen-all";
    }
  }
  $("answers").replaceChildren(...buttons);
  count();
  $("reasons").replaceChildren(...reasons(question, block));
}

// How many questions A would answer: those in view at this moment.
function count() {
  const button = $("seen-all");
  if (!button) return;
  const seen = inView().length;
  button.textContent = say("seenAll", seen);
  button.hidden = !seen;
}

function describe(block) {
  return block ? `${roleName(block.role)} · ${say("line", block.at)} · ${sureness(block, state.page.people)}` : "";
}

function questionText(question) {
  const key = question.kind === "owner" && question.answer === "none" ? "q_ownerNone" : `q_${question.kind}`;
  const filled = { join: question.answer, role: roleName(question.answer), owner: label(question.answer), item: kindName(question.answer), finding: `${question.answer} ${question.said}`, sample: "" }[question.kind];
  if (question.kind === "sample") return [make("strong", {}, say("q_sample", question.at)), make("span", { class: "drawn" }, state.page.lines[lineOf(question.at) - 1])];
  const sure = question.checked ? say("byEditor") : question.cert === null ? say("unstated") : say("sure", certainty(question.cert));
  return [make("strong", {}, say(key, question.at, filled)), make("span", { class: "excerpt" }, excerpt(question)), make("span", { class: "cert" }, sure)];
}

// The text that a question is about: of a seam both sides.
function excerpt(question) {
  const before = question.kind === "join" ? question.answer : question.kind === "begin" ? question.other : null;
  if (!before) return points(blockAt(question.at)?.shown ?? "").slice(0, 36).join("");
  const left = points(pieceAt(before)), right = points(pieceAt(question.at));
  return `${left.length > 18 ? "…" : ""}${left.slice(-18).join("")}${question.kind === "join" ? " ⁀ " : " ¶ "}${right.slice(0, 18).join("")}${right.length > 18 ? "…" : ""}`;
}

// The text of one piece of the source, as it stands in its block.
function pieceAt(at) {
  const segments = blockAt(at)?.segments ?? [];
  const start = segments.findIndex((segment) => "piece" in segment && segment.at === at);
  const rest = segments.slice(start + 1);
  const end = rest.findIndex((segment) => "piece" in segment);
  return rest.slice(0, end < 0 ? rest.length : end).map((segment) => segment.text ?? "").join("");
}

const label = (at) => state.page.nodes.find((node) => node.id === `L${at}`)?.label ?? at;

function answers(question, button) {
  button(say(question.kind === "sample" ? "sampleRight" : "confirm"), confirm, true);
  if (question.kind === "sample") {
    for (let count = 1; count < 10; count += 1) button(say("sampleWrong", count), () => wrongCharacters(count));
    button(say("edit"), edit);
  }
  const other = otherwise(question);
  if (question.kind === "join" && other) button(say("otherJoin"), () => send([other]));
  if (question.kind === "begin" && other) button(say("otherBegin"), () => send([other]));
  if (question.kind === "item" && other) button(say("otherItem"), () => send([other]));
  if (question.kind === "item") button(say("kind"), kind);
  if (question.kind === "owner") {
    if (other) button(other.item === "none" ? say("otherOwnerNone") : say("otherOwner", points(label(other.item)).slice(0, 10).join("")), () => send([other]));
    button(say("chooseOwner"), owner);
  }
  if (question.kind !== "sample" && question.kind !== "finding") roleButtons(button);
}

function roleButtons(button) {
  for (const [key, role] of [...Object.entries(ROLE_KEYS).slice(1), ["0", ROLE_KEYS[0]]]) if (role !== state.block?.role) button(`${roleName(role)} ${key}`, () => setRole(role));
}

function blockActs(block, button) {
  if (block.role === "paragraph") button(say("join"), join);
  if (state.caret) button(say("split"), split);
  if (isHead(block)) button(say("chooseOwner"), owner);
  button(say("move"), move);
  if (block.node.type === "item") button(say("kind"), kind);
  button(say("edit"), edit);
  button(say("fresh"), fresh);
  button(say("itemAll"), confirmItem);
  roleButtons(button);
}

function reasons(question, block) {
  const ids = new Set();
  if (question?.kind === "sample") return [];
  if (question) for (const prefix of { join: "B", begin: "B", role: "HB", owner: "H", item: "L" }[question.kind] ?? "") ids.add(prefix + question.at);
  else if (block) for (const id of [block.id, ...block.segments.map((segment) => segment.id)]) if (id) ids.add(id);
  const linking = question?.kind === "owner";
  const notes = state.page.notes.filter((note) => note.targets.some((target) => ids.has(target)) && (!question || (note.targets.length > 1) === linking || note.words));
  if (!notes.length) return question && question.kind !== "finding" ? [make("p", { class: "quiet" }, say("groundsEmpty"))] : [];
  return notes.flatMap((note) => [
    make("ul", {}, ...note.grounds.map(([zh, en, seen, weight]) => make("li", { class: weight < 0 ? "against" : "for" },
      make("span", { class: "weight" }, (weight > 0 ? "+" : "−") + Math.abs(weight).toFixed(1)), ` ${current() === "zh" || !en ? zh : en}${seen ? `（${seen}）` : ""}`)), ...(note.words ? [make("li", {}, note.words)] : [])),
    note.second ? make("p", { class: "quiet" }, say("runnerUp", label(note.second.replace(/^L/, "")))) : null,
  ].filter(Boolean));
}

// ---- selecting

function select(block, { question = null, caret = null, focus = true } = {}) {
  const before = document.querySelector(".block.here");
  if (before) {
    before.classList.remove("here");
    before.tabIndex = -1;
    before.removeAttribute("aria-current");
    const old = state.block && before.dataset.at === state.block.at ? state.block : null;
    if (old && state.caret) before.querySelector(".body").replaceChildren(...text(old, state.page, null));
  }
  Object.assign(state, { block: block ?? null, question, caret });
  document.querySelectorAll("#lines .here, #blocks .cut.here").forEach((element) => element.classList.remove("here"));
  state.printed.forEach((element) => element.classList.remove("here"));
  if (block) mark(block, question, caret, focus);
  dock();
}

function mark(block, question, caret, focus) {
  const element = elementOf(block);
  element.classList.add("here");
  element.tabIndex = 0;
  element.setAttribute("aria-current", "true");
  if (caret) element.querySelector(".body").replaceChildren(...text(block, state.page, caret));
  const at = caret ?? question?.at ?? block.at;
  for (const cut of element.querySelectorAll("[data-cut]")) if (cut.dataset.cut === at) cut.classList.add("here");
  if (focus) element.focus({ preventScroll: true });
  const target = element.querySelector(".caret, .cut.here") ?? element;
  scrollTo($("structure"), target);
  for (const line of new Set([lineOf(at), ...(question?.kind === "join" ? [lineOf(question.answer)] : [])])) {
    const row = document.querySelector(`#lines [data-line="${line}"]`);
    row?.classList.add("here");
    if (row && line === lineOf(at)) scrollTo($("source"), row);
  }
  const printed = state.printed.get(block.at);
  if (printed) {
    printed.classList.add("here");
    scrollTo($("printed"), printed);
  }
}

function scrollTo(pane, element) {
  const box = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
  if (!frame.height) return;
  quiet = performance.now() + 250;
  if (box.top < frame.top + 60 || box.bottom > frame.bottom - 60) pane.scrollTop += box.top - frame.top - Math.min(frame.height / 3, 200);
}

function pick(block, element, event) {
  const caret = placeOf(event);
  unpoint();
  const full = blocksOf(state.page).find((one) => one.at === block.at);
  const cut = event.target.closest?.("[data-cut]")?.dataset.cut;
  const question = cut ? state.page.queue.find((one) => one.at === cut && ["join", "begin"].includes(one.kind)) : null;
  select(full, { question: question ?? null, caret: question ? null : (cut !== full.at && cut) || caret });
}

// The place in the source of a click.
function placeOf(event) {
  const found = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = found ? { node: found.offsetNode, offset: found.offset } : fromRange(document.caretRangeFromPoint?.(event.clientX, event.clientY));
  const run = range?.node?.parentElement?.closest?.("[data-at].text");
  if (!run) return null;
  return placeAt(lineOf(run.dataset.at), offsetOf(run.dataset.at) + points(range.node.data.slice(0, range.offset)).length);
}

const fromRange = (range) => (range ? { node: range.startContainer, offset: range.startOffset } : null);

function step(by) {
  const queue = asked();
  if (!queue.length) return select(state.block);
  const here = queue.findIndex((question) => question === state.question);
  const next = queue[here < 0 ? (by > 0 ? 0 : queue.length - 1) : (here + by + queue.length) % queue.length];
  select(blockAt(next.at), { question: next });
}

function move_(by) {
  const all = blocksOf(state.page).filter((block) => block.at);
  const here = all.findIndex((block) => block.at === state.block?.at);
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  if (next) select(next);
}

function caretBy(by) {
  if (!state.block) return;
  const all = stops(state.block), here = all.indexOf(state.caret);
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  select(state.block, { caret: all[next] ?? null });
}

// ---- acting

async function send(acts, { said = "saved" } = {}) {
  if (!state.busy) await signed(() => change({ do: "act", acts, who: name() }, said, acts));
}

// Do something under the editor's name; ask for it first if it is not known.
const signed = (act) => (name() ? act() : person(act));

async function change(asked_, said, acts = []) {
  if (state.busy || state.edition.readOnly || !state.page) return;
  busy(true);
  const before = { question: state.question, at: state.block?.at, page: state.page };
  try {
    const page = await api.change(state.page.number, { version: state.page.version, ...asked_ });
    show(page);
    message(say(said));
    after(before, acts);
  } catch (error) {
    await failed(error, before);
  } finally {
    busy(false);
  }
}

function busy(yes) {
  state.busy = yes;
  document.body.dataset.busy = yes ? "yes" : "no";
}

// After an act: on to the next question if it answered one, else stay.
function after(before, acts) {
  const queue = asked();
  const taken = acts.length ? null : changedPlace(before.page, state.page);
  if (taken) return select(blockAt(taken) ?? null, { question: queue.find((one) => one.at === taken) ?? null });
  const still = before.question && queue.find((one) => one.kind === before.question.kind && one.at === before.question.at);
  if ((before.question && !still) || acts.length > 1) return onward(before, queue);
  const at = acts.length === 1 ? acts[0].at : before.at;
  select(blockAt(at) ?? blockAt(before.at) ?? null, { question: still ?? null });
}

// The question that comes next: what the act changed in view, what else is in view, the most harmful of the page.
function onward(before, queue) {
  const known = new Set(before.page.queue.map((one) => `${one.kind} ${one.at} ${one.answer}`));
  const here = inView();
  const next = here.find((one) => !known.has(`${one.kind} ${one.at} ${one.answer}`)) ?? here[0];
  if (next) return select(blockAt(next.at), { question: next });
  const below = queue.filter((one) => one.kind !== "sample" && elementOf(blockAt(one.at) ?? {})?.getBoundingClientRect().bottom > $("structure").getBoundingClientRect().bottom);
  const first = below.sort((a, b) => elementOf(blockAt(a.at)).getBoundingClientRect().top - elementOf(blockAt(b.at)).getBoundingClientRect().top)[0] ?? queue[0];
  if (!first) return select(blockAt(before.at) ?? null);
  select(blockAt(first.at), { question: first });
  const node = elementOf(state.block)?.closest(".node");
  if (node) $("structure").scrollTop += node.getBoundingClientRect().top - $("structure").getBoundingClientRect().top - 40;
}

// Where a decision was taken back or made again.
function changedPlace(one, other_) {
  const key = (entry) => `${entry.kind} ${entry.at} ${entry.when}`;
  const [old, now] = [one, other_].map((page) => new Map(page.decisions.map((entry) => [key(entry), entry.at])));
  return [...old].find(([id]) => !now.has(id))?.[1] ?? [...now].find(([id]) => !old.has(id))?.[1];
}

async function failed(error, before) {
  const said = error.said ? error.said[current()] : say("offline", error.message);
  message(said, true);
  if (error.status === 409) {
    show(await api.page(state.page.number));
    select(blockAt(before.at) ?? null);
    message(`${said} ${say("conflict")}`, true);
  }
}

function message(text_, bad = false) {
  $("message").textContent = text_;
  $("message").className = bad ? "bad" : "";
}

function confirm() {
  if (state.question) return send([confirmation(state.question)]);
  step(1);
}

function other() {
  const act = state.question && otherwise(state.question);
  if (act) return send([act]);
  if (state.question?.kind === "owner") return owner();
}

function setRole(role) {
  if (!state.block) return message(say("nothingSelected"), true);
  send([{ kind: "role", at: cutPoint() ?? state.block.at, role }]);
}

function wrongCharacters(count) {
  send([{ kind: "checked", at: state.question.at, errors: Number(count) }]);
}

function digit(key) {
  if (state.question?.kind !== "sample") return setRole(ROLE_KEYS[key]);
  if (key !== "0") wrongCharacters(key);
}

function join() {
  const onto = state.block && paragraphBefore(state.page, state.block.at);
  if (!onto) return message(say("noParagraph"), true);
  send([{ kind: "join", at: state.block.at, onto }]);
}

// The place inside the block that is meant: the caret, or the piece that is asked about.
const cutPoint = () => state.caret ?? (state.question?.kind === "join" ? state.question.at : null);

function split() {
  const at = cutPoint();
  if (at) send([{ kind: "split", at }]);
}

function fresh() {
  if (state.block) send([{ kind: "item", at: state.caret ?? state.block.at, item: "new" }]);
}

function owner() {
  if (!state.block || !isHead(state.block)) return;
  const at = state.block.at;
  const first = state.question?.kind === "owner" ? state.question.other : null;
  chooseItem(say("chooserOwner"), first, [["none", say("none")]], (item) => send([{ kind: "owner", at, item }]));
}

function kind() {
  const node = state.block?.node;
  if (node?.type !== "item") return message(say("nothingSelected"), true);
  choices(say("chooserKind"), KINDS.map((one) => [one, kindName(one)]), (one) => send([{ kind: "kind", at: node.id.slice(1), as: one }]));
}

function move() {
  if (!state.block) return;
  const at = state.block.at;
  chooseItem(say("chooserMove"), null, [["new", say("newItem")]], (item) => send([{ kind: isHead(state.block) && item !== "new" ? "owner" : "item", at, item }]));
}

function chooseItem(title, first, more, then) {
  const own = state.block.node.id;
  const rows = state.page.nodes.filter((node) => node.type === "item" && node.id !== own && node.blocks.some((block) => !isHead(block)));
  const listed = rows.map((node) => [node.id.slice(1), `${node.id} ${node.label}`]).sort((a, b) => (b[0] === first) - (a[0] === first));
  choices(title, [...listed, ...more], then);
}

function earlier() {
  const block = state.block;
  if (!block || block.node.type !== "item") return;
  const flow = block.node.blocks.filter((one) => ["paragraph", "caption"].includes(one.role));
  const here = flow.findIndex((one) => one.at === block.at);
  if (here > 0) return send([{ kind: "order", at: block.at, before: flow[here - 1].at }]);
  const nodes = state.page.nodes.filter((node) => node.type === "item" && node.blocks.length);
  const above = nodes[nodes.findIndex((node) => node.id === block.node.id) - 1];
  if (above) send([{ kind: "order", at: block.at, before: above.blocks[0].at }]);
}

function confirmItem() {
  if (!state.block) return;
  const places = new Set();
  for (const block of state.block.node.blocks) for (const at of [block.at, ...block.segments.map((segment) => segment.at)]) places.add(at);
  confirmAll((question) => places.has(question.at) || state.block.node.id === `L${question.at}`);
}

// The questions whose whole matter is in view in the structure; a line to be compared with the print is none of them.
function inView() {
  const frame = $("structure").getBoundingClientRect();
  const top = Math.max(0, frame.top, $("structure-name").getBoundingClientRect().bottom); // its name stays above the rest
  const bottom = Math.min(innerHeight, frame.bottom, $("dock").getBoundingClientRect().top || frame.bottom);
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top >= top && box.bottom <= bottom;
  };
  return asked().filter((question) => {
    const block = question.kind === "sample" ? null : blockAt(question.at);
    const shown = block ? shownOf(question, block, elementOf(block)) : [];
    return shown.length > 0 && shown.every(seen);
  });
}

// Say of several questions at once that the program is right: of those that are in view, and of no other.
function confirmAll(which) {
  const acts = inView().filter(which).map(confirmation);
  if (acts.length) send(acts);
  else step(1);
}

function edit() {
  const piece = state.block && pieceText(state.page, state.block, cutPoint());
  if (!piece) return message(say("nothingSelected"), true);
  const cursor = state.caret && lineOf(state.caret) === piece.line ? offsetOf(state.caret) - piece.start : 0;
  ask("words", {
    fill: () => {
      $("words-text").value = piece.text;
      $("words-note").value = "";
      $("words-text").focus();
      const unit = points(piece.text).slice(0, cursor).join("").length;
      $("words-text").setSelectionRange(unit, unit);
    },
    "words-apply": () => textAct(edited(piece, $("words-text").value), say("noChange")),
    "words-unclear": () => textAct(selected(piece, (from, to) => from < to && { kind: "unclear", ...span(piece, from, to) }), say("selectFirst")),
    "words-gap": () => textAct(selected(piece, (from, to) => ({ kind: "missing", ...beside(piece, from), ...(to > from ? {} : {}) })), say("selectFirst")),
    "words-remark": () => {
      const note = $("words-note").value.trim();
      return textAct(note && selected(piece, (from, to) => ({ kind: "note", note, ...(from < to ? span(piece, from, to) : span(piece, Math.max(0, from - 1), Math.max(1, from))) })), say("noChange"));
    },
  });
}

function selected(piece, then) {
  const field = $("words-text");
  if (field.value !== piece.text) return null;
  const at = (unit) => points(field.value.slice(0, unit)).length;
  return then(at(field.selectionStart), at(field.selectionEnd));
}

function textAct(act, otherwiseSaid) {
  if (!act) return message(otherwiseSaid, true);
  send([act]);
}

function person(then) {
  ask("person", {
    fill: () => {
      $("person-text").value = name();
      $("person-text").focus();
    },
    "person-apply": () => {
      localStorage.setItem("edition-who", $("person-text").value.trim());
      words();
      if (then && name()) then();
    },
  });
}

// ---- pointing: keys that change something are meant for what the mouse was just moved to

let mouse = "";  // where it is: a page that scrolls below a mouse that rests is not pointed at

function point(event) {
  const now = `${event.clientX} ${event.clientY}`;
  if (now === mouse) return;
  mouse = now;
  const element = event.target.closest?.(".block"), cut = event.target.closest?.("[data-cut]");
  const target = cut && cut !== element?.querySelector("[data-cut]") ? cut : element;
  if (target?.classList.contains("pointed")) return;
  unpoint();
  target?.classList.add("pointed");
}

function unpoint() {
  document.querySelector("#blocks .pointed")?.classList.remove("pointed");
}

// What is pointed at becomes what is asked about, or what is selected; nothing moves.
function takePointed() {
  const target = document.querySelector("#blocks .pointed"), element = target?.closest(".block");
  unpoint();
  const block = element && blockAt(element.dataset.at);
  if (!block) return;
  if (block.at === state.block?.at && !target.dataset.cut) return;
  const at = target.dataset.cut ?? block.at;
  const kinds = target.dataset.cut ? ["join"] : ["role", "begin"];
  const question = state.page.queue.find((one) => one.at === at && kinds.includes(one.kind)) ?? null;
  select(block, { question, caret: question ? null : target.dataset.cut ?? null });
}

// ---- keys

const KEYS = {
  Enter: confirm, a: () => confirmAll(() => true), A: () => confirmAll(() => true), x: other, n: () => step(1), p: () => step(-1), j: join, s: split, o: owner, k: kind, m: move, i: fresh, e: edit,
  u: () => change({ do: "undo", who: name() }, "undone"), U: () => change({ do: "redo" }, "redone"), "?": () => ask("help", {}),
  ArrowDown: () => move_(1), ArrowUp: () => move_(-1), ArrowRight: () => caretBy(1), ArrowLeft: () => caretBy(-1),
};

document.addEventListener("keydown", (event) => {
  if (!state.page || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const on = event.target.closest ? event.target : document.body;
  if (on.closest("button, select, input, textarea, a") && !/^[a-zA-Z0-9?]$/.test(event.key)) return;
  if (on.closest("select, input, textarea")) return;
  const act = event.altKey ? (event.key === "ArrowUp" ? earlier : null) : event.key === "Enter" && event.shiftKey ? confirmItem : KEYS[event.key] ?? (event.key in ROLE_KEYS ? () => digit(event.key) : null);
  if (!act || (!single() && event.key.length === 1 && event.key !== "?")) return;
  if (event.key.startsWith("Arrow") && on.closest(".pane") && !on.closest("#structure")) return;
  event.preventDefault();
  if (/^[0-9jsxomike]$/.test(event.key)) takePointed();
  unpoint();
  act();
});

// ---- panes that scroll together: the line at the top of one is brought to the top of the others

let quiet = 0;

function together(pane) {
  if (performance.now() < quiet) return;
  quiet = performance.now() + 120;
  const top = pane.getBoundingClientRect().top + 40;
  const line = topLine(pane, top);
  if (!line) return;
  for (const other_ of ["source", "structure", "printed"].map($)) if (other_ !== pane) bring(other_, line);
}

function marks(pane) {
  if (pane.id === "printed") return [...state.printed].map(([at, element]) => [lineOf(at), element]);
  return [...pane.querySelectorAll("[data-line]")].map((element) => [Number(element.dataset.line), element]);
}

const topLine = (pane, top) => marks(pane).find(([, element]) => element.getBoundingClientRect().bottom > top)?.[0];

function bring(pane, line) {
  const all = marks(pane);
  const near = all.reduce((best, one) => (Math.abs(one[0] - line) < Math.abs((best ?? one)[0] - line) ? one : best ?? one), null);
  if (near) pane.scrollTop += near[1].getBoundingClientRect().top - pane.getBoundingClientRect().top - 40;
}

// ---- beginning

async function open(number) {
  const page = await api.page(number);
  show(page);
  message("");
  location.hash = `page=${number}`;
  const queue = asked();
  if (queue.length) step(1);
  else select(blocksOf(page)[0] ?? null);
}

function wire() {
  $("blocks").addEventListener("pointermove", (event) => event.pointerType === "mouse" && point(event));
  $("blocks").addEventListener("pointerleave", unpoint);
  $("undo").onclick = KEYS.u;
  $("redo").onclick = KEYS.U;
  $("help-open").onclick = KEYS["?"];
  $("who").onclick = () => person();
  $("scan-size").onclick = () => {
    const large = $("scan").classList.toggle("large");
    $("scan-size").textContent = say(large ? "smaller" : "larger");
  };
  $("names-open").onclick = () => names(state.page, (acts) => signed(() => change({ do: "names", acts, who: name() }, "saved")));
  $("passes-open").onclick = () => passes(state.page, (stage) => send([{ kind: "pass", stage }]));
  $("show-decisions").onclick = () => ledger(state.page, (row) => change({ do: "act", acts: [{ kind: "withdraw", row }], who: name() || "-" }, "undone"));
  $("language").onclick = () => {
    choose(current() === "zh" ? "en" : "zh");
    const { block, question } = state;
    show(state.page);
    select(block ? blockAt(block.at) : null, { question, focus: false });
  };
  $("pages").onchange = async (event) => {
    busy(true);
    await guarded(() => open(Number(event.target.value)));
    busy(false);
  };
  $("single-keys").checked = single();
  $("single-keys").onchange = (event) => localStorage.setItem("edition-single-keys", event.target.checked ? "on" : "off");
  for (const pane of ["source", "structure", "printed"].map($)) pane.addEventListener("scroll", () => requestAnimationFrame(() => [together(pane), count()]), { passive: true });
  addEventListener("resize", () => state.page && count());
  addEventListener("scroll", () => state.page && count(), { passive: true });
  for (const tab of document.querySelectorAll("[data-pane]")) {
    tab.onclick = () => {
      document.body.dataset.shown = tab.dataset.pane;
      for (const one of document.querySelectorAll("[data-pane]")) one.setAttribute("aria-pressed", String(one === tab));
    };
  }
  document.body.dataset.shown = "structure";
}

async function guarded(act) {
  try {
    await act();
  } catch (error) {
    message(error.said ? error.said[current()] : say("offline", error.message), true);
  }
}

wire();
words();
await guarded(async () => {
  state.edition = await api.edition();
  words();
  await open(Number(/page=(\d+)/.exec(location.hash)?.[1] ?? 1));
});
busy(false);
