// The dialogs: questions with buttons, a choice by number, the list of decisions.

import { degree, lineOf, make, sureness } from "./panes.js";
import { current, say, WORDS } from "./words.js";

const $ = (id) => document.getElementById(id);

// Open a dialog; each key of `acts` but `fill` is the id of a button, which closes it. Enter presses the main button.
export function ask(id, { fill, ...acts }) {
  const dialog = $(id);
  for (const [button, act] of Object.entries(acts)) {
    $(button).onclick = () => {
      dialog.close();
      act();
    };
  }
  for (const close of dialog.querySelectorAll(".close")) close.onclick = () => dialog.close();
  dialog.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing && event.target.matches("input[type=text], textarea")) {
      event.preventDefault();
      dialog.querySelector(".main")?.click();
    }
  };
  dialog.showModal();
  fill?.();
}

const KEYS = "123456789abcdefghijklmnopqrstuvwxyz";

// A choice among (value, label) rows, by a click or by the key in front of it.
export function choices(title, rows, then) {
  $("chooser-name").textContent = title;
  const pick = (value) => {
    $("chooser").close();
    then(value);
  };
  $("choices").replaceChildren(...rows.map(([value, label], at) => make("li", {}, make("button", { type: "button", onclick: () => pick(value) }, make("kbd", {}, KEYS[at] ?? ""), ` ${label}`))));
  ask("chooser", {});
  $("chooser").onkeydown = (event) => {
    event.stopPropagation();
    const at = event.ctrlKey || event.metaKey || event.altKey ? -1 : KEYS.indexOf(event.key);
    if (event.key.length === 1 && at >= 0 && rows[at]) {
      event.preventDefault();
      pick(rows[at][0]);
    }
  };
}

// What an entry says, its names of roles and kinds in the language of the desk.
function inWords(entry, key) {
  if (key === "joined") return entry.joined === "False" ? say("notJoined") : "";
  const said = entry[key] ?? "";
  const { roles, kinds } = WORDS[current()];
  return { role: roles, as: kinds }[key]?.[said] ?? said;
}

// What was decided about the page, each with a button to take it back.
export function ledger(page, takeBack) {
  const rows = page.decisions.map((entry) => {
    const said = (WORDS[current()].entries[entry.kind] ?? entry.kind).replace(/\{(\w+)\}/g, (_, key) => inWords(entry, key));
    const by = `${entry.who}${entry.when ? ` · ${entry.when.replace("T", " ").replace("Z", "")}` : ` · ${say("byHand")}`}${entry.confirmed ? ` · ${say("confirmed")}` : ""}`;
    const button = make("button", { type: "button", "aria-label": `${say("withdraw")}: ${say("line", entry.at)} ${said}` }, say("withdraw"));
    button.onclick = () => {
      $("ledger").close();
      takeBack(entry.row);
    };
    return make("li", { "data-line": lineOf(entry.at) }, make("strong", {}, say("line", entry.at)), ` ${said} `, make("span", { class: "quiet" }, by), button);
  });
  const idle = page.idle.map((text) => make("p", { class: "bad" }, say("idle", text)));
  $("entries").replaceChildren(...idle, rows.length ? make("ul", {}, ...rows) : make("p", {}, say("noEntries")));
  ask("ledger", {});
}

// Who went through the page (三审三校), a button for each pass, and how right its characters are.
export function passes(page, sign) {
  const rows = page.stages.map((stage) => {
    const done = page.passes.filter((one) => one.stage === stage);
    const button = make("button", { type: "button", "aria-label": `${say("signPass")}: ${stage}` }, say("signPass"));
    button.onclick = () => {
      $("passes").close();
      sign(stage);
    };
    const by = done.map((one) => `${one.who} · ${one.when.slice(0, 10)}`).join("；") || say("notDone");
    return make("li", {}, make("strong", { lang: "zh-Hans" }, stage), ` ${WORDS[current()].stages[stage]} `, make("span", { class: "quiet" }, by), page.own ? "" : button);
  });
  $("stages").replaceChildren(...rows);
  $("accuracy").textContent = page.accuracy[current()];
  ask("passes", {});
}

// The names of the page, to be confirmed or refused together; `send` gets what names.toml is to say.
export function names(page, send) {
  const rows = page.names.map((name, at) => {
    const box = make("input", { type: "checkbox", id: `name-${at}` });
    box.dataset.checked = degree(name, page.people) === "checked" ? "yes" : "no";
    const label = make("label", { for: `name-${at}` }, make("strong", { lang: "zh-Hans" }, name.name), ` ${WORDS[current()].sections[name.section]} · ${say("times", name.count, name.line)} · ${sureness(name, page.people)}`);
    return [name, box, make("li", { class: degree(name, page.people) }, box, label)];
  });
  $("named").replaceChildren(...(rows.length ? rows.map(([, , row]) => row) : [make("li", {}, say("noNames"))]));
  const ticked = (refuse) => rows.filter(([, box]) => box.checked).map(([name]) => (refuse ? { section: "refused", name: name.name, as: name.section } : { section: name.section, name: name.name }));
  const act = (refuse) => () => ticked(refuse).length && send(ticked(refuse));
  ask("names", { "names-yes": act(false), "names-no": act(true) });
  $("names-all").onclick = () => rows.forEach(([, box]) => (box.checked = box.dataset.checked === "no"));
}
