// What an editor does, as the server is told: acts on places. Nothing is decided here that the server does not check.

import { lineOf, offsetOf, placeAt, points } from "./panes.js";

export const ROLE_KEYS = { 1: "kicker", 2: "headline", 3: "subtitle", 4: "subhead", 5: "paragraph", 6: "caption", 7: "byline", 8: "credit", 9: "header", 0: "footer" };
export const KINDS = ["article", "picture", "advertisement", "notice", "serial"]; // of items
const HEADS = ["kicker", "headline", "subtitle", "subhead"];
export const isHead = (block) => HEADS.includes(block.role);

const flat = new WeakMap();

export function blocksOf(page) {
  if (!flat.has(page)) flat.set(page, page.nodes.flatMap((node) => node.blocks.map((block) => ({ ...block, node }))));
  return flat.get(page);
}

// The last piece with text of the paragraph before a place, in reading order.
export function paragraphBefore(page, at) {
  let last = null;
  for (const block of blocksOf(page)) {
    if (block.at === at) return last;
    if (block.role === "paragraph") last = lastPiece(block);
  }
  return last;
}

function lastPiece(block) {
  let piece = null, last = null;
  for (const segment of block.segments) {
    if ("piece" in segment) piece = segment.at;
    else if (("text" in segment || "choice" in segment) && piece) last = piece;
  }
  return last;
}

export function confirmation(question) {
  const at = question.at;
  const said = { kind: "confirm", at };
  switch (question.kind) {
    case "join": return { ...said, what: "join", onto: question.answer };
    case "begin": return { ...said, what: "split" };
    case "role": return { ...said, what: "role", role: question.answer };
    case "owner": return { ...said, what: "owner", item: question.answer };
    case "item": return question.answer === "picture" ? { ...said, what: "role", role: "caption" } : { ...said, what: "item", item: "new" };
    case "sample": return { kind: "checked", at, errors: 0 };
    default: return { ...said, what: "finding", code: question.answer };
  }
}

// The other answer to a question; null where there are several.
export function otherwise(question) {
  const at = question.at;
  if (question.kind === "join") return { kind: "split", at };
  if (question.kind === "begin" && question.other) return { kind: "join", at, onto: question.other };
  if (question.kind === "owner" && question.other) return { kind: "owner", at, item: question.other };
  if (question.kind === "item" && question.other) return { kind: "item", at, item: question.other };
  return null;
}

// The text of the source between two pieces, and where it begins.
export function pieceText(page, block, caret) {
  let chosen = [], here = [];
  for (const segment of block.segments) {
    if ("piece" in segment) {
      if (here.length && (!caret || covers(here, caret) || !chosen.length)) chosen = here;
      if (caret && chosen.length && covers(chosen, caret)) break;
      if (!caret && chosen.length) break;
      here = [];
    } else if ("text" in segment) here.push(segment);
  }
  if (here.length && (!chosen.length || (caret && covers(here, caret)))) chosen = here;
  if (!chosen.length) return null;
  const line = lineOf(chosen[0].at), start = offsetOf(chosen[0].at), last = chosen.at(-1);
  const end = offsetOf(last.at) + points(last.text).length;
  return { line, start, text: points(page.lines[line - 1]).slice(start, end).join("") };
}

function covers(segments, caret) {
  const last = segments.at(-1);
  const [start, end] = [offsetOf(segments[0].at), offsetOf(last.at) + points(last.text).length];
  return lineOf(caret) === lineOf(segments[0].at) && offsetOf(caret) >= start && offsetOf(caret) <= end;
}

// What was changed in a piece: a correction of the characters between the first and last difference, or what is supplied.
export function edited(piece, now) {
  const old = points(piece.text), fresh = points(now);
  let head = 0, tail = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const wrong = old.slice(head, old.length - tail).join(""), right = fresh.slice(head, fresh.length - tail).join("");
  if (!wrong && !right) return null;
  if (wrong) return { kind: "correction", at: placeAt(piece.line, piece.start + head), wrong, right };
  return { ...beside(piece, head), kind: "missing", supplied: right };
}

// A place between characters, as the characters beside it name it.
export function beside(piece, index) {
  const chars = points(piece.text);
  if (index < chars.length) return { at: placeAt(piece.line, piece.start + index), text: chars[index], after: false };
  return { at: placeAt(piece.line, piece.start + index - 1), text: chars[index - 1], after: true };
}

export function span(piece, from, to) {
  return { at: placeAt(piece.line, piece.start + from), text: points(piece.text).slice(from, to).join("") };
}
