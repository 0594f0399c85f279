// Decide paragraph by paragraph: by click or by key. What is shown changes at once, what was decided is sent behind it.
import { chips, make, send, t } from "./app.js";
import { deciding } from "./deciding.js";
import { explain, percent, toggleReasons } from "./reasons.js";

const desk = document.getElementById("desk");
const { sheet } = desk.dataset;
const labels = JSON.parse(desk.dataset.labels);
const ids = labels.map((one) => one.id);
const items = [...document.querySelectorAll(".p")];
const states = items.map((item) => JSON.parse(item.dataset.state));
const head = document.querySelector(".top");
const panel = document.getElementById("panel");
const choices = [...document.querySelectorAll(".choice")];
const moves = document.querySelectorAll("[data-do=confirm], [data-do=skip], [data-do=why]");
const stateLine = document.getElementById("state");
const by = document.getElementById("by");
const only = document.getElementById("only");
const outline = document.querySelector(".outline");
const isDocument = Boolean(desk.dataset.document);
let current = -1; // none: the list is empty, or nothing fits what is to be shown

// The same paragraph may stand at several places; a decision speaks of all of them.
const places = new Map(states.map((state) => [state.key, []]));
states.forEach((state, index) => places.get(state.key).push(index));
const touched = new Set(); // paragraphs decided on since the filter was applied to them

by.value = localStorage.getItem("by") ?? document.body.dataset.by;
by.addEventListener("change", () => localStorage.setItem("by", by.value.trim()));

const canDecide = (index) => index in items && items[index].dataset.kind !== "boilerplate";

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
    const on = can && (aside ? state.aside === aside : !state.aside && (label ? state.labels.includes(label) : !state.labels.length));
    button.setAttribute("aria-pressed", String(on));
    button.classList.toggle("only-suggested", on && !state.decided);
    button.disabled = !can;
    const output = button.querySelector("output");
    if (output) output.textContent = can && label in state.probabilities ? percent(state.probabilities[label]) : "";
  }
  for (const button of moves) button.disabled = !state;
  if (!state) stateLine.textContent = t("nothing_fits");
  else if (!can) stateLine.textContent = t("boilerplate");
  else if (state.decided) stateLine.textContent = `✓ ${t("you_said")}${state.by ? ` · ${state.by}` : ""}`;
  else stateLine.textContent = t("not_decided");
}

// Make a paragraph the current one, -1 for none. `clicked`: it is where the eyes are and moves no more than it must.
function go(index, clicked = false) {
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

// Scroll a paragraph to where nothing covers it: below the page's head and, on a narrow screen, above the panel.
function bring(item, clicked) {
  const narrow = getComputedStyle(panel).position === "fixed";
  if (clicked && !narrow) return;
  const top = head.offsetHeight + 20;
  const bottom = window.innerHeight - (narrow ? panel.offsetHeight : 0) - 20;
  const box = item.getBoundingClientRect();
  const rest = Math.max(0, bottom - top - box.height); // none where it is too long: then its beginning is shown
  if (clicked) window.scrollBy(0, Math.max(0, Math.min(box.bottom - bottom, box.top - top)));
  else if (box.top < top || box.bottom > bottom) window.scrollBy(0, box.top - top - rest / 3);
}

// Reasons make the panel higher.
function uncover() {
  if (items[current]) bring(items[current], true);
}

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
    const { decided, labels: given, aside, by: name } = now.decided ? now : { decided: false, labels: state.suggested, aside: "", by: "" };
    states[index] = { ...state, decided, labels: given, aside, by: name, version: now.version };
    touched.add(index);
    paint(index);
  }
  if (states[current]?.key === key) paintPanel();
}

// Where a paragraph can be decided on, nearest to where one is.
function place(key) {
  const there = (places.get(key) ?? []).filter(canDecide);
  return there.sort((a, b) => Math.abs(a - current) - Math.abs(b - current))[0];
}

function note(key, word) {
  if (states[current]?.key === key) stateLine.textContent = word;
}

const opening = (index) => items[index].querySelector(".text").textContent.slice(0, 40);
const { decide: begin, undo, sendKept } = deciding({ desk, states, place, put, note, goTo, opening, changed });

// What was decided has changed: filters and figures follow.
function changed() {
  filterAgain();
  progressSoon();
}

// Decide on the current paragraph; tells in the end whether that is stored.
function decide(change) {
  if (!canDecide(current)) return Promise.resolve(false);
  return begin(current, { by: by.value.trim() || document.body.dataset.by, ...change });
}

// The first label takes the place of what the model suggests, unless it is one of several suggested and is taken from
// them; further ones add or take away.
function toggle(label) {
  if (!canDecide(current)) return;
  const { decided, labels: given } = states[current];
  const kept = decided || (given.length > 1 && given.includes(label)) ? given : [];
  if (!label) decide({ labels: [], aside: "" });
  else decide({ labels: kept.includes(label) ? kept.filter((one) => one !== label) : [...kept, label], aside: "" });
}

function setAside(aside) {
  decide({ labels: [], aside });
}

// On to the next one only when the answer is there.
async function confirm() {
  const index = current;
  const kept = await decide({});
  if (kept && current === index) step(1);
  return kept;
}

// Which paragraphs are shown.
function fits(index) {
  const show = document.querySelector("[name=show]:checked").value;
  const { uncertain, decided, labels: given, aside } = states[index];
  if (!show && !only.value) return true;
  if (!canDecide(index) || (show === "uncertain" && !uncertain) || (show === "open" && decided)) return false;
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

// Go to a paragraph that may be filtered out.
function goTo(index, clicked = false) {
  filterAgain();
  if (items[index].hidden) showAll();
  go(index, clicked);
}

let asking;
function progressSoon() {
  clearTimeout(asking);
  asking = setTimeout(progress, 300);
}

async function progress() {
  let now;
  try {
    now = await send(`/api/progress?sheet=${sheet}`, { method: "GET" });
  } catch {
    return;
  }
  const bar = document.getElementById("bar");
  bar.max = now.of || 1;
  bar.value = now.sheet;
  const lines = [t("progress_sheet", { a: now.sheet, b: now.of }), t("progress_all", { n: now.decisions.toLocaleString() })];
  if (now.told) lines.push(t("agreement", { a: now.agreed, b: now.told, share: `${Math.round((100 * now.agreed) / now.told)}%` }));
  document.getElementById("counts").replaceChildren(...lines.flatMap((line) => [line, make("br")]));
  document.getElementById("done").hidden = !now.of || now.sheet < now.of;
}

const doing = { confirm, undo, skip: () => step(1), why: () => void toggleReasons().then(uncover) };
const moving = { j: doing.skip, k: () => step(-1), ArrowDown: doing.skip, ArrowUp: () => step(-1) };
const keys = { ...moving, s: doing.skip, u: undo, e: doing.why, Enter: confirm, d: () => void setAside("doubtful"), x: () => void setAside("discarded") };

// What is pressed while a confirmation waits for its answer speaks of the paragraph that comes then: it waits, too, and
// is dropped where the confirmation failed.
const pressed = [];
let busy = false;
async function act(action) {
  pressed.push(action);
  if (busy) return;
  busy = true;
  try {
    while (pressed.length) if ((await pressed.shift()()) === false) pressed.length = 0;
  } finally {
    busy = false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=radio]), textarea, select, summary, a")) return;
  if (event.key.startsWith("Arrow") && event.target.closest("input")) return; // they choose among radio buttons
  if (event.key === "Enter" && event.target.closest("button") && !event.repeat) return;
  // Caps Lock makes no difference; a letter with Shift means nothing.
  const key = event.key.length > 1 || event.shiftKey ? event.key : event.key.toLowerCase();
  const digit = /^[0-9]$/.test(key) ? Number(key) : -1;
  const action = digit >= 0 && digit <= ids.length ? () => void toggle(ids[digit - 1]) : keys[key];
  if (!action) return;
  event.preventDefault();
  if (!event.repeat || moving[key]) act(action); // a key that is held down decides once
});

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
  item.addEventListener("click", () => {
    if (getSelection().isCollapsed) go(index, true);
  });
for (const one of document.querySelectorAll("[name=show], #only")) one.addEventListener("change", filter);
// Who clicked on a filter goes on with the arrows through the paragraphs; who came by Tab goes on through the filters.
for (const one of document.querySelectorAll("[name=show]")) one.addEventListener("click", (event) => event.detail && one.blur());
// A browser that goes back puts the filters as they were.
window.addEventListener("pageshow", filter);
for (const link of document.querySelectorAll(".outline a, .strip a"))
  link.addEventListener("click", () => {
    goTo(Number(link.getAttribute("href").slice(2)), true);
    outline?.removeAttribute("open");
  });

items.forEach((_, index) => paint(index));
const open = states.findIndex((state, index) => canDecide(index) && !state.decided);
const start = open >= 0 ? open : states.findIndex((_, index) => canDecide(index));
go(items.length ? Math.max(0, start) : -1, isDocument && open <= 0);
progress();
sendKept();
