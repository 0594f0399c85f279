// Decide paragraph by paragraph: by click or by key. What is shown changes at once, what was decided is sent behind it.
import { chips, make, t } from "./app.js";
import { deciding } from "./deciding.js";
import { paintFigures } from "./figures.js";
import { act, onKeys } from "./keys.js";
import { progress, progressSoon } from "./progress.js";
import { explain, forgetSimilar, percent, toggleReasons } from "./reasons.js";
import { bring } from "./scrolling.js";
import { keyOf, paintGroup, underline } from "./sentences.js";

const desk = document.getElementById("desk");
const labels = JSON.parse(desk.dataset.labels);
const ids = labels.map((one) => one.id);
const items = [...document.querySelectorAll(".p")];
const states = items.map((item) => JSON.parse(item.dataset.state));
for (const state of states) state.sentences = state.sentences.map((one) => ({ ...one, key: keyOf(state.key, one), aside: "" }));
const stretches = items.map((item) => [...item.querySelectorAll(".s")]);
const panel = document.getElementById("panel");
const choices = [...document.querySelectorAll(".choice")];
const moves = document.querySelectorAll("[data-do=confirm], [data-do=skip], [data-do=why]");
const stateLine = document.getElementById("state");
const by = document.getElementById("by");
const only = document.getElementById("only");
const outline = document.querySelector(".outline");
const isDocument = Boolean(desk.dataset.document);
const suggests = Boolean(desk.dataset.model); // else the model has other labels: nothing is said before somebody decides
let current = -1; // none: the list is empty, or nothing fits what is to be shown
let chosen = -1; // of the current paragraph's sentences; none: the paragraph as a whole

// The same paragraph may stand at several places; a decision speaks of all of them.
const places = new Map(states.map((state) => [state.key, []]));
states.forEach((state, index) => places.get(state.key).push(index));
for (const [index, state] of states.entries())
  for (const one of state.sentences) places.set(one.key, [...(places.get(one.key) ?? []), index]);
const touched = new Set(); // paragraphs decided on since the filter was applied to them

by.value = localStorage.getItem("by") ?? document.body.dataset.by;
by.addEventListener("change", () => localStorage.setItem("by", by.value.trim()));

const canDecide = (index) => index in items && items[index].dataset.kind !== "boilerplate";

// What is being decided on: a sentence, or the paragraph.
const unit = () => states[current]?.sentences[chosen] ?? states[current];

function paint(index) {
  const item = items[index];
  const state = states[index];
  for (const [place, element] of stretches[index].entries()) underline(element, state.sentences[place], labels);
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
  if (!state.decided && !suggests) shown.length = 0;
  else if (!state.decided && !state.labels.length && state.suggested.length === 0) shown[0].classList.add("faint");
  if (state.decided) shown.push(make("span", { class: "mark", title: state.by }, `✓ ${state.by}`.trim()));
  else if (state.uncertain) shown.push(make("span", { class: "mark doubtful" }, `? ${t("uncertain")}`));
  place.replaceChildren(...shown);
  const first = labels.find((one) => one.id === state.labels[0]);
  item.style.setProperty("--mark", state.aside ? "var(--rule)" : `var(--c${first ? first.colour : "none"})`);
}

function paintPanel() {
  const state = unit();
  const single = Boolean(states[current]?.sentences[chosen]);
  paintGroup(canDecide(current) ? states[current].sentences.length : 0, chosen);
  const can = canDecide(current);
  for (const button of choices) {
    const { label, aside } = button.dataset;
    const on = can && (suggests || state.decided) && (aside ? state.aside === aside : !state.aside && (label ? state.labels.includes(label) : !state.labels.length));
    button.setAttribute("aria-pressed", String(on));
    button.classList.toggle("only-suggested", on && !state.decided);
    button.disabled = !can || (single && Boolean(aside));
    const output = button.querySelector("output");
    if (output) output.textContent = can && label in state.probabilities ? percent(state.probabilities[label]) : "";
  }
  for (const button of moves) button.disabled = !state;
  if (!state) stateLine.textContent = t("nothing_fits");
  else if (!can) stateLine.textContent = t("boilerplate");
  else if (state.decided) stateLine.textContent = `✓ ${t("you_said")}${state.by ? ` · ${state.by}` : ""}`;
  else stateLine.textContent = single ? t("sentence_not_decided") : t("not_decided");
}

// Take up one sentence of the current paragraph; -1: the paragraph as a whole.
function choose(place) {
  stretches[current]?.[chosen]?.classList.remove("chosen");
  chosen = canDecide(current) && states[current].sentences.length > 1 && place in states[current].sentences ? place : -1;
  stretches[current]?.[chosen]?.classList.add("chosen");
  paintPanel();
}

// Make a paragraph the current one, -1 for none. `clicked`: it is where the eyes are and moves no more than it must.
function go(index, clicked = false) {
  choose(-1);
  items[current]?.classList.remove("current");
  current = index;
  const item = items[current];
  item?.classList.add("current");
  document.getElementById("nothing").hidden = Boolean(item);
  filterAgain();
  paintPanel();
  if (item) bring(item, clicked);
  explain(item).then(uncover);
}

// Reasons make the panel higher.
function uncover() {
  if (items[current]) bring(items[current], true);
}
document.getElementById("why").addEventListener("grown", uncover);

function following(direction) {
  for (let next = current + direction; next >= 0 && next < items.length; next += direction)
    if (!items[next].hidden && canDecide(next)) return next;
  return -1;
}

function step(direction) {
  const next = following(direction);
  if (next >= 0) go(next);
}

// Show what counts for a paragraph, wherever it stands.
function put(key, now) {
  for (const index of places.get(key) ?? []) {
    const state = states[index];
    if (state.key === key) states[index] = counting(state, now);
    else state.sentences = state.sentences.map((one) => (one.key === key ? counting(one, now) : one));
    touched.add(index);
    paint(index);
  }
  if (unit()?.key === key) paintPanel();
}

function counting(state, now) {
  const { decided, labels: given, aside = "", by: name } = now.decided ? now : { decided: false, labels: state.suggested, aside: "", by: "" };
  return { ...state, decided, labels: given, aside, by: name, version: now.version };
}

// Where a paragraph can be decided on, nearest to where one is.
function place(key) {
  const there = (places.get(key) ?? []).filter(canDecide);
  return there.sort((a, b) => Math.abs(a - current) - Math.abs(b - current))[0];
}

function note(key, word) {
  if (unit()?.key === key) stateLine.textContent = word;
}

// A paragraph's state, or that of one of its sentences.
const stateOf = (key, index) => states[index].sentences.find((one) => one.key === key) ?? states[index];

function opening(index, key) {
  const place = states[index].sentences.findIndex((one) => one.key === key);
  return (stretches[index][place] ?? items[index].querySelector(".text")).textContent.slice(0, 40);
}

const units = states.flatMap((state) => [state, ...state.sentences]);
const { decide: begin, undo, sendKept } = deciding({ desk, units, stateOf, place, put, note, goTo, opening, changed });

// What was decided has changed, on a paragraph here or elsewhere (undefined): filters and figures follow.
function changed(index) {
  forgetSimilar(index);
  filterAgain();
  paintFigures(states, labels);
  progressSoon();
}

// Decide on the current paragraph; tells in the end whether that is stored.
function decide(change) {
  if (!canDecide(current)) return Promise.resolve(false);
  return begin(unit(), current, { by: by.value.trim() || document.body.dataset.by, ...change });
}

// The first label takes the place of what the model suggests, unless it is one of several suggested and is taken from
// them; further ones add or take away.
function toggle(label) {
  if (!canDecide(current)) return;
  const { decided, labels: given } = unit();
  const kept = decided || (given.length > 1 && given.includes(label)) ? given : [];
  if (!label) decide({ labels: [], aside: "" });
  else decide({ labels: kept.includes(label) ? kept.filter((one) => one !== label) : [...kept, label], aside: "" });
}

function setAside(aside) {
  if (chosen < 0) decide({ labels: [], aside });
}

// On to the next one only when the answer is there.
async function confirm() {
  if (canDecide(current) && !suggests && !unit().decided) {
    note(unit().key, t("choose_first"));
    return false;
  }
  const [index, place] = [current, chosen];
  const kept = await decide({});
  if (!kept || current !== index || chosen !== place) return kept;
  if (place < 0) step(1);
  else choose(place + 1); // behind the last one, the paragraph as a whole
  return kept;
}

// Which paragraphs are shown.
function fits(index) {
  const show = document.querySelector("[name=show]:checked").value;
  const { uncertain, decided, labels: given, aside } = states[index];
  if (!show && !only.value) return true;
  if (!canDecide(index) || (show === "uncertain" && !uncertain) || (show === "open" && decided)) return false;
  if (only.value && !decided && !suggests) return false;
  if (only.value === "none") return !given.length && !aside && items[index].dataset.kind === "body";
  return !only.value || given.includes(only.value);
}

function filter() {
  for (const [index, item] of items.entries()) item.hidden = !fits(index);
  touched.clear();
  if (current >= 0 && !items[current].hidden) return;
  const next = following(1);
  go(next >= 0 ? next : following(-1));
}

// The paragraph under one's hands stays until one leaves it.
function filterAgain() {
  for (const index of touched) {
    if (index === current) continue;
    items[index].hidden = !fits(index);
    touched.delete(index);
  }
}

function showAll() {
  document.querySelector("[name=show][value='']").checked = true;
  only.value = "";
  filter();
}

// Go to a paragraph that may be filtered out, or to the sentence of it that is called `key`.
function goTo(index, clicked = false, key = "") {
  filterAgain();
  if (items[index].hidden) showAll();
  go(index, clicked);
  choose(states[index].sentences.findIndex((one) => one.key === key));
}

// From one sentence to the next; a key that finds none has no effect.
function along(direction) {
  const next = chosen + direction;
  if (next < (states[current]?.sentences.length ?? 0)) choose(next);
}

const skip = () => (chosen < 0 ? step(1) : choose(chosen + 1));
const doing = { confirm, undo, skip, before: () => along(-1), after: () => along(1), whole: () => choose(-1), why: () => void toggleReasons().then(uncover) };
const down = () => step(1);
const up = () => step(-1);
const moving = { j: down, k: up, ArrowDown: down, ArrowUp: up, ArrowLeft: doing.before, ArrowRight: doing.after };
const actions = { ...moving, Escape: doing.whole, s: doing.skip, u: undo, e: doing.why, Enter: confirm, d: () => void setAside("doubtful"), x: () => void setAside("discarded") };

// 0 is none, 1 the first label.
onKeys(actions, (digit) => (digit <= ids.length ? () => void toggle(ids[digit - 1]) : undefined), moving);

// A button that was clicked does not keep the focus: the next Enter confirms, it does not press the button again.
panel.addEventListener("mousedown", (event) => {
  if (!event.target.closest("button")) return;
  event.preventDefault();
  document.activeElement?.blur();
});
for (const button of choices)
  button.addEventListener("click", () => act(() => void (button.dataset.aside ? setAside(button.dataset.aside) : toggle(button.dataset.label))));
for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => act(doing[button.dataset.do]));
for (const [index, item] of items.entries())
  item.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const place = stretches[index].indexOf(event.target.closest(".s"));
    if (index !== current) go(index, true); // the first click takes up the paragraph, the next one a sentence
    else choose(place === chosen ? -1 : place);
  });
for (const one of document.querySelectorAll("[name=show], #only")) one.addEventListener("change", filter);
// Who clicked on a filter goes on with the arrows through the paragraphs; who came by Tab goes on through the filters.
for (const one of document.querySelectorAll("[name=show]")) one.addEventListener("click", (event) => event.detail && one.blur());
// A browser that goes back puts the filters as they were.
window.addEventListener("pageshow", filter);
for (const place of document.querySelectorAll(".outline, .strip")) // what stands in the map changes with the labels
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    goTo(Number(link.getAttribute("href").slice(2)), true);
    outline?.removeAttribute("open");
  });

items.forEach((_, index) => paint(index));
const open = states.findIndex((state, index) => canDecide(index) && !state.decided);
const start = open >= 0 ? open : states.findIndex((_, index) => canDecide(index));
go(items.length ? Math.max(0, start) : -1, isDocument && open <= 0);
progress();
sendKept();
