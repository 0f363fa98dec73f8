// The panes: source lines, structure, printed text, and the strip of confidence. They show a state, and change nothing.

import { say, WORDS, current } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
export const ASKED = 0.95;

export function make(tag, attributes = {}, ...children) {
  const out = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") out.className = value;
    else if (name.startsWith("on")) out.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) out.setAttribute(name, value === true ? "" : value);
  }
  out.append(...children.filter((child) => child !== null && child !== undefined));
  return out;
}

export const lineOf = (at) => Number(String(at).split(".")[0]);
export const offsetOf = (at) => Number(String(at).split(".")[1] ?? 0);
export const placeAt = (line, offset) => (offset ? `${line}.${offset}` : `${line}`);
export const points = (text) => [...text];
const role = (name) => WORDS[current()].roles[name] ?? name;
export const roleName = role;
export const kindName = (name) => WORDS[current()].kinds[name] ?? name;

export function degree(thing, people) {
  if (thing.by && people[thing.by] !== undefined) return "checked";
  if (thing.cert === null || thing.cert === undefined) return thing.by ? "unsure" : "plain";
  return thing.cert >= ASKED ? "sure" : thing.cert >= 0.8 ? "doubtful" : "unsure";
}

export function sureness(thing, people) {
  const how = degree(thing, people);
  if (how === "checked") return `${say("byEditor")} (${people[thing.by]})`;
  if (thing.cert === null || thing.cert === undefined) return thing.by ? say("unstated") : say("noQuestion");
  return say("sure", certainty(thing.cert));
}

// Two digits; what is stated as nearly certain is not rounded up to certainty.
export const certainty = (cert) => (cert >= 0.995 ? "> 0.99" : cert.toFixed(2));

// Fill a host with rows of [key, what makes the element]: an element whose key stays is left where it is, for the
// browser then has nothing to lay out anew.
const keys = new WeakMap();

export function refill(host, rows) {
  const old = new Map(), wanted = new Set(rows.map(([key]) => key));
  for (const child of [...host.children]) {
    const key = keys.get(child);
    if (wanted.has(key) && !old.has(key)) old.set(key, child);
    else child.remove();
  }
  let here = host.firstChild;
  for (const [key, build] of rows) {
    const element = old.get(key) ?? build();
    old.delete(key);
    keys.set(element, key);
    if (element === here) here = here.nextSibling;
    else host.insertBefore(element, here);
  }
}

// ---- source

export const source = (page) => page.lines.map((text, at) => [`${at} ${text}`, () =>
  make("li", { value: at + 1, "data-line": at + 1, class: text.trim() ? "" : "empty" }, make("span", { class: "line-text" }, text))]);

// ---- structure

export function structure(page, actions) {
  const all = JSON.stringify([current(), page.people]);
  const more = page.queue.filter((one) => one.asked && ["owner", "finding"].includes(one.kind));
  const about = (block) => more.filter((one) => one.at === block.at || block.segments.some((segment) => segment.at === one.at));
  return page.nodes.map((node, at) => [`${node.type === "item" ? "" : at} ${JSON.stringify([node, node.blocks.flatMap(about)])} ${all}`, () => {
    const blocks = node.blocks.map((block) => blockOf(block, page, actions, about(block)));
    if (node.type !== "item") {
      const name = say(node.type === "rubric" ? "rubric" : "page");
      return make("section", { class: `node ${node.type}`, "aria-label": `${name} ${at + 1}` }, ...blocks);
    }
    const how = degree(node, page.people);
    const head = make("p", { class: `item-line ${how}`, title: sureness(node, page.people) },
      make("span", { class: "item-kind" }, kindName(node.kind)), make("span", { class: "item-id" }, node.id), mark(node, page.people));
    return make("section", { class: `node item ${node.kind}`, "data-item": node.id, "aria-label": `${kindName(node.kind)} ${node.id}` }, head, ...blocks);
  }]);
}

function mark(thing, people) {
  const how = degree(thing, people);
  if (how === "plain" || how === "sure") return null;
  const sign = how === "checked" ? "✓" : "?";
  const cert = thing.cert === null || thing.cert === undefined ? "" : ` ${thing.cert.toFixed(2)}`;
  return make("span", { class: `mark ${how}`, role: "img", "aria-label": sureness(thing, people) }, how === "checked" ? sign : sign + cert);
}

// The mark of a question that is about no place in the text: whose headline it is, and findings.
function asking(question) {
  const what = question.kind === "owner" ? say("markOwner") : question.answer;
  const sure = question.cert === null ? "" : ` ${question.cert.toFixed(2)}`;
  return make("span", { class: `mark asking ${question.cert >= 0.8 ? "doubtful" : "unsure"}`, "data-kind": question.kind }, `? ${what}${sure}`);
}

function blockOf(block, page, actions, more) {
  const how = degree(block, page.people);
  const name = `${role(block.role)}, ${say("line", block.at)}${how === "plain" ? "" : `, ${sureness(block, page.people)}`}`;
  const out = make("div", { class: `block ${block.role} ${how}`, role: "group", "data-at": block.at, "data-line": lineOf(block.at || "1"), "aria-label": name, tabindex: "-1" });
  out.append(make("span", { class: "role", "aria-hidden": "true" }, role(block.role)), make("span", { class: "body" }, ...text(block, page, null)), make("span", { class: "marks" }, mark(block, page.people), ...more.map(asking)));
  out.addEventListener("click", (event) => actions.pick(block, out, event));
  return out;
}

export function text(block, page, caret) {
  const out = [];
  let first = true;
  for (const segment of block.segments) {
    if ("piece" in segment) {
      out.push(cut(segment, page, first));
      first = false;
    } else out.push(...run(segment, caret));
  }
  return out;
}

function cut(segment, page, first) {
  const how = degree(segment, page.people);
  const join = { no: "⁀", maybe: "⁇", yes: "⏎" }[segment.piece] ?? "";
  const asked = segment.by !== null;
  const label = `${say("line", segment.at)}: ${sureness(segment, page.people)}`;
  if (!asked) return make("span", { class: "cut quiet", "data-cut": segment.at, "aria-hidden": "true", title: say("line", segment.at) }, first ? "" : join);
  return make("span", { class: `cut ${how}`, "data-cut": segment.at, role: "img", "aria-label": label, title: label }, `${join}${segment.at}`);
}

function run(segment, caret) {
  if ("supplied" in segment) return [make("ins", { class: "supplied" }, `〔${segment.supplied}〕`)];
  if ("gap" in segment) return [make("span", { class: "gap", role: "img", "aria-label": "gap" }, "□".repeat(segment.gap || 1))];
  if ("note" in segment) return [make("span", { class: "remark" }, `［${segment.note}］`)];
  if ("choice" in segment) return [make("del", {}, segment.text), make("ins", {}, segment.choice)];
  if ("blank" in segment) return [segment.lineBreak ? make("br") : make("span", { class: "blank" }, segment.blank)];
  const attributes = { class: segment.unclear ? "text unclear" : "text", "data-at": segment.at };
  const line = lineOf(segment.at), start = offsetOf(segment.at), chars = points(segment.text);
  const inside = caret ? offsetOf(caret) - start : -1;
  if (!caret || lineOf(caret) !== line || inside < 0 || inside >= chars.length) return [make("span", attributes, segment.text)];
  const rest = { ...attributes, "data-at": placeAt(line, start + inside) };
  const parts = [make("span", { class: "caret", "aria-hidden": "true" }), make("span", rest, chars.slice(inside).join(""))];
  return inside ? [make("span", attributes, chars.slice(0, inside).join("")), ...parts] : parts;
}

// Where the caret can stand in a block: where its pieces begin, and behind its sentences.
export function stops(block) {
  const out = [];
  let first = true;
  for (const segment of block.segments) {
    if ("piece" in segment) {
      if (!first) out.push(segment.at);
      first = false;
    } else if ("text" in segment && !("choice" in segment)) {
      points(segment.text).forEach((char, at, all) => {
        if (/[。！？；”」』，,;!?)）\s]/u.test(char) && at + 1 < all.length) out.push(placeAt(lineOf(segment.at), offsetOf(segment.at) + at + 1));
      });
    }
  }
  return [...new Set(out)];
}

// The elements that show what a question is about; all of them must be seen by whoever answers it.
export function shownOf(question, block, element) {
  if (!block || !element) return [];
  const section = element.closest(".node"), first = section.querySelector(".block:not(.kicker, .headline, .subtitle)");
  switch (question.kind) {
    case "join": case "begin": return [...element.querySelectorAll("[data-cut]")].filter((cut) => cut.dataset.cut === question.at);
    case "item": return [section.querySelector(".item-line") ?? element, element];
    case "owner": return [element, first?.querySelector(".role") ?? element];
    default: return [element];
  }
}

// ---- printed

export function paper(host, markup) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const parsed = new DOMParser().parseFromString(markup, "application/xhtml+xml");
  const links = ["printed-common.css", "printed-epub.css", "paper.css"].map((name) => make("link", { rel: "stylesheet", href: `site/${name}` }));
  if (!root.firstChild) root.append(...links, make("div", { class: "sheet" }));
  const section = document.importNode(parsed.documentElement, true);
  section.querySelector("[role=doc-pagebreak]")?.remove();
  for (const element of [section, ...section.querySelectorAll("[role]")]) if (/^doc-/.test(element.getAttribute("role") ?? "")) element.removeAttribute("role");
  const sheet = root.querySelector(".sheet");
  if (sheet.firstChild?.id !== section.id) sheet.replaceChildren(section.cloneNode());
  refill(sheet.firstChild, [...section.children].map((element) => [element.outerHTML, () => element]));
  return root;
}

// The printed element of each block, by the place of the block.
export function printedOf(root, page) {
  const found = new Map();
  for (const node of page.nodes) {
    const article = node.type === "item" ? root.getElementById(`p${page.number}-${node.id}`) : null;
    if (!article) continue;
    const elements = [...article.querySelectorAll(".heads > *, p, h3")].filter((element, at, all) => !element.closest(".note, aside") && all.indexOf(element) === at);
    const blocks = node.blocks.filter((block) => !["header", "footer", "pageNum", "markup"].includes(block.role));
    blocks.forEach((block, at) => elements[at] && found.set(block.at, elements[at]));
  }
  return found;
}

// ---- strip

export function strip(page, doubtful) {
  const lines = page.lines.length;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${Math.max(lines, 40)} 20`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", say("stripAlt", doubtful));
  for (const question of page.queue.filter((one) => one.kind !== "sample")) {
    const bar = document.createElementNS(SVG, "rect");
    const high = question.checked ? 20 : Math.max(1.5, 20 * (1 - (question.cert ?? 0.5)));
    for (const [name, value] of Object.entries({ x: lineOf(question.at) - 1, y: 20 - high, width: 0.8, height: high })) bar.setAttribute(name, value);
    bar.setAttribute("class", question.checked ? "checked" : question.asked ? (question.cert !== null && question.cert >= 0.8 ? "doubtful" : "unsure") : "sure");
    svg.append(bar);
  }
  return svg;
}
