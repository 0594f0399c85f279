// Decide paragraph by paragraph: by click or by key. What is shown changes at once, what was decided is sent behind it.
import { chips, chip, lang, make, NONE, problem, say, send, t } from "./app.js";

const desk = document.getElementById("desk");
const id = desk.dataset.sheet;
const labels = JSON.parse(desk.dataset.labels);
const ids = labels.map((one) => one.id);
const items = [...document.querySelectorAll(".p")];
const states = items.map((item) => JSON.parse(item.dataset.state));
const choices = [...document.querySelectorAll(".choice")];
const stateLine = document.getElementById("state");
const why = document.getElementById("why");
const whyButton = document.querySelector("[data-do=why]");
const by = document.getElementById("by");
const isDocument = Boolean(desk.dataset.document);
let current = -1;
let reasons = new Map();
const { marks } = window; // shared.js

by.value = localStorage.getItem("by") ?? document.body.dataset.by;
by.addEventListener("change", () => localStorage.setItem("by", by.value.trim()));

const canDecide = (index) => items[index].dataset.kind !== "boilerplate";

function percent(value) {
  return value > 0.995 ? ">99%" : value < 0.005 ? "<1%" : `${Math.round(value * 100)}%`;
}

function paint(index) {
  const item = items[index];
  const state = states[index];
  item.classList.toggle("decided", state.decided);
  const shown = state.aside ? [make("span", { class: "chip aside" }, t(state.aside))] : chips(state.labels, labels);
  const place = item.querySelector(".chips");
  if (!canDecide(index)) {
    place.replaceChildren(make("span", { class: "hint" }, t("boilerplate")));
    return;
  }
  if (!state.decided)
    for (const [place_, label] of state.labels.entries()) {
      const sure = state.probabilities[label];
      if (sure !== undefined) shown[place_].append(make("span", { class: "n" }, ` ${percent(sure)}`));
    }
  if (!state.decided && !state.labels.length && state.suggested.length === 0) shown[0].classList.add("faint");
  if (state.decided) shown.push(make("span", { class: "mark", title: state.by }, `✓ ${state.by}`.trim()));
  else if (state.uncertain) shown.push(make("span", { class: "mark doubtful" }, `? ${t("uncertain")}`));
  place.replaceChildren(...shown);
  const first = labels.find((one) => one.id === state.labels[0]);
  item.style.setProperty("--mark", state.aside ? "var(--rule)" : `var(--c${first ? first.colour : "none"})`);
}

function paintPanel() {
  const state = states[current];
  const can = canDecide(current);
  for (const button of choices) {
    const { label, aside } = button.dataset;
    const on = aside ? state.aside === aside : !state.aside && (label ? state.labels.includes(label) : !state.labels.length);
    button.setAttribute("aria-pressed", String(on && (state.decided || !aside)));
    button.classList.toggle("only-suggested", on && !state.decided);
    button.disabled = !can;
    const output = button.querySelector("output");
    if (output) output.textContent = label in state.probabilities ? percent(state.probabilities[label]) : "";
  }
  if (!can) stateLine.textContent = t("boilerplate");
  else if (state.decided) stateLine.textContent = `✓ ${t("you_said")}${state.by ? ` · ${state.by}` : ""}`;
  else stateLine.textContent = t("not_decided");
  if (!why.hidden) showWhy();
}

function go(index, scroll = true) {
  if (index < 0 || index >= items.length) return;
  clearMarks();
  items[current]?.classList.remove("current");
  current = index;
  items[current].classList.add("current");
  if (scroll) {
    const box = items[current].getBoundingClientRect();
    const foot = window.innerWidth <= 900 ? document.getElementById("panel").offsetHeight : 0;
    if (box.top < 80 || box.bottom > window.innerHeight - foot - 20) {
      const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
      window.scrollTo({ top: scrollY + box.top - Math.max(90, (window.innerHeight - foot - box.height) / 3), behavior: quiet ? "auto" : "instant" });
    }
  }
  paintPanel();
}

function step(direction) {
  for (let next = current + direction; next >= 0 && next < items.length; next += direction)
    if (!items[next].hidden && canDecide(next)) return go(next);
}

// The decisions of this window go out one after the other, so that the last one made is the last one stored.
let sending = Promise.resolve();
function inOrder(work) {
  sending = sending.then(work, work);
  return sending;
}

function decide(change) {
  if (!canDecide(current)) return;
  const index = current;
  const before = { ...states[index] };
  states[index] = { ...before, decided: true, by: by.value.trim(), ...change };
  paint(index);
  paintPanel();
  stateLine.textContent = t("saving");
  const { labels: chosen, aside } = states[index];
  inOrder(async () => {
    try {
      const now = await send(`/api/sheets/${id}/decisions`, { data: { index, labels: chosen, aside, by: by.value.trim() } });
      if (current === index) stateLine.textContent = `✓ ${t("saved")}`;
      states[index].by = now.by;
      paint(index);
      progressSoon();
    } catch (error) {
      states[index] = before;
      paint(index);
      paintPanel();
      stateLine.textContent = t("not_saved", { why: error.message });
      say(t("not_saved", { why: error.message }));
    }
  });
}

// The first digit takes the place of what the model suggests; further ones add or take away.
function toggle(label) {
  const state = states[current];
  if (!label) return decide({ labels: [], aside: "" });
  const now = state.decided && !state.aside ? state.labels : [];
  decide({ labels: now.includes(label) ? now.filter((one) => one !== label) : [...now, label], aside: "" });
}

function confirm() {
  if (canDecide(current) && !(states[current].decided && !isDocument)) decide({});
  step(1);
}

function undo() {
  inOrder(async () => {
    try {
      const now = await send("/api/undo");
      for (const [index, state] of states.entries())
        if (state.key === now.key) {
          const back = now.decided ? now : { labels: state.suggested, aside: "", decided: false, by: "" };
          states[index] = { ...state, ...back };
          paint(index);
          go(index);
        }
      say(t("undone"));
      progressSoon();
    } catch (error) {
      say(error.message);
    }
  });
}

// Why: the words and topics for and against each label, and the words marked where they stand.
function clearMarks() {
  const place = items[current]?.querySelector(".text");
  if (place) marks.clear(place);
}

async function showWhy() {
  const index = current;
  if (!reasons.has(index)) {
    try {
      reasons.set(index, await send(`/api/sheets/${id}/reasons/${index}`, { method: "GET" }));
    } catch (error) {
      why.textContent = error.message;
      return;
    }
  }
  if (index !== current || why.hidden) return;
  const found = reasons.get(index);
  const order = Object.entries(found.probabilities).sort((a, b) => b[1] - a[1]);
  why.replaceChildren(...order.map(([label, sure]) => reason(label, sure, found.reasons[label])));
  mark(index, order[0][0], found.reasons[order[0][0]]);
}

const strong = (one) => Math.abs(one.weight) >= 0.05;

function reason(label, sure, why_) {
  const known = labels.find((one) => one.id === label) ?? { id: label, zh: label, en: "", colour: 5 };
  const side = (name, title) => {
    const parts = [
      ...why_[`words_${name}`].filter(strong).map((one) => make("span", { class: "word" }, one.word, weight(one.weight))),
      ...why_[`topics_${name}`].filter(strong).map((one) =>
        make("span", { class: "word", title: one.words.join(" ") }, `[${one.words.slice(0, 3).join("/")}]`, weight(one.weight))),
    ];
    return parts.length ? make("p", { class: name }, make("small", {}, `${t(title)} `), ...parts.flatMap((one) => [one, " "])) : null;
  };
  const show = () => mark(current, label, why_);
  return make("section", { class: "reason" },
    make("button", { class: "plain", onclick: show, title: t("why_here") }, chip(known), make("span", { class: "n" }, ` ${percent(sure)}`)),
    side("for", "speaks_for"), side("against", "speaks_against"));
}

function weight(value) {
  return make("small", { class: "n" }, ` ${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`);
}

function mark(index, label, why_) {
  const place = items[index].querySelector(".text");
  marks.clear(place);
  const unit = marks.unitPlaces(place.textContent);
  const spans = [...why_.words_for, ...why_.words_against].filter(strong).flatMap((one) =>
    one.places.map(([start, end]) => ({ start: unit(start), end: unit(end), weight: one.weight })));
  spans.sort((a, b) => b.start - a.start);
  marks.set(place, spans, `c${labels.find((one) => one.id === label)?.colour ?? 5}`);
}

function toggleWhy() {
  why.hidden = !why.hidden;
  whyButton.setAttribute("aria-expanded", String(!why.hidden));
  if (why.hidden) clearMarks();
  else showWhy();
}

// Which paragraphs are shown.
function filter() {
  const show = document.querySelector("[name=show]:checked").value;
  const only = document.getElementById("only").value;
  for (const [index, item] of items.entries()) {
    const state = states[index];
    const fits = (!show || (canDecide(index) && (show === "uncertain" ? state.uncertain : !state.decided)))
      && (!only || (only === "none" ? !state.labels.length : state.labels.includes(only)));
    item.hidden = !fits;
  }
  if (items[current]?.hidden) step(1);
}

let asking;
function progressSoon() {
  clearTimeout(asking);
  asking = setTimeout(progress, 300);
}

async function progress() {
  let now;
  try {
    now = await send(`/api/progress?sheet=${id}`, { method: "GET" });
  } catch {
    return;
  }
  const bar = document.getElementById("bar");
  bar.max = now.of || 1;
  bar.value = now.sheet;
  const lines = [t("progress_sheet", { a: now.sheet, b: now.of }), t("progress_all", { n: now.decisions.toLocaleString() })];
  if (now.told) lines.push(t("agreement", { a: now.agreed, b: now.told, share: `${Math.round((100 * now.agreed) / now.told)}%` }));
  document.getElementById("counts").replaceChildren(...lines.flatMap((line) => [line, make("br")]));
  document.getElementById("done").hidden = isDocument || now.sheet < now.of;
}

const doing = { confirm, undo, skip: () => step(1), why: toggleWhy };
const keys = { j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), s: () => step(1), u: undo, e: toggleWhy, Enter: confirm,
  d: () => decide({ labels: [], aside: "doubtful" }), x: () => decide({ labels: [], aside: "discarded" }) };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=radio]), textarea, select, summary, a")) return;
  if (event.key === "Enter" && event.target.closest("button")) return;
  const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : -1;
  if (digit >= 0 && digit <= ids.length) toggle(ids[digit - 1]);
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
});
for (const button of choices)
  button.addEventListener("click", () => (button.dataset.aside ? decide({ labels: [], aside: button.dataset.aside }) : toggle(button.dataset.label)));
for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => doing[button.dataset.do]());
for (const [index, item] of items.entries())
  item.addEventListener("click", () => {
    if (getSelection().isCollapsed) go(index, false);
  });
for (const one of document.querySelectorAll("[name=show], #only")) one.addEventListener("change", filter);
for (const link of document.querySelectorAll(".outline a")) link.addEventListener("click", () => go(Number(link.hash.slice(2)), false));

items.forEach((_, index) => paint(index));
const open = states.findIndex((state, index) => canDecide(index) && !state.decided);
go(Math.max(0, open >= 0 ? open : states.findIndex((_, index) => canDecide(index))), !isDocument || open > 0);
progress();
