// Train, look on, compare, put to use.
import { chips, clearProblems, make, problem, say, send, sentence, t } from "./app.js";

const start = document.getElementById("start");
const stop = document.getElementById("stop");
const clock = document.getElementById("clock");
const steps = document.getElementById("steps");
const outcome = document.getElementById("outcome");
const labels = JSON.parse(outcome.dataset.labels);
let began = 0;
let ticking;

function running(on) {
  start.disabled = on;
  stop.hidden = !on;
  clearInterval(ticking);
  if (on) ticking = setInterval(tick, 500);
  else steps.querySelector("li:last-child")?.classList.add("done");
}

function tick() {
  clock.textContent = `${t("train_running")} ${t("train_seconds", { n: Math.round((Date.now() - began) / 1000) })}`;
}

const shown = {
  started() {
    steps.replaceChildren();
    outcome.replaceChildren();
    began = Date.now();
    running(true);
  },
  step(event) {
    // a step that is counted takes the place of the one before: fold 1, fold 2, …
    const counted = /\d+ of \d+/;
    const last = steps.querySelector("li:last-child");
    const name = event.step.replace(counted, "");
    began = Date.now() - 1000 * event.seconds;
    if (last?.dataset.name === name) {
      last.textContent = sentence(event.step);
    } else {
      last?.classList.add("done");
      steps.append(make("li", { "data-name": name }, sentence(event.step)));
    }
  },
  stored() {},
  compared(event) {
    outcome.replaceChildren(...result(event));
  },
  failed(event) {
    outcome.replaceChildren(make("p", { class: "problems" }, `${t("train_failed")}: ${sentence(event.message)}`));
  },
  cancelled() {
    outcome.replaceChildren(make("p", { class: "warning" }, t("train_cancelled")));
  },
  ended(event) {
    clock.textContent = t("train_seconds", { n: Math.round(event.seconds) });
  },
};

function signed(value) {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

// The difference's interval drawn on an axis from -0.1 to 0.1 (or as far as it reaches).
function drawn(row, reach) {
  const svg = "http://www.w3.org/2000/svg";
  const x = (value) => 100 + (100 * value) / reach;
  const picture = document.createElementNS(svg, "svg");
  picture.setAttribute("viewBox", "0 0 200 16");
  picture.setAttribute("class", `interval ${row.verdict}`);
  picture.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of [
    ["line", { x1: 100, x2: 100, y1: 0, y2: 16, class: "zero" }],
    ["line", { x1: x(row.low), x2: x(row.high), y1: 8, y2: 8, class: "range" }],
    ["circle", { cx: x(row.difference), cy: 8, r: 3.5 }],
  ]) {
    const part = document.createElementNS(svg, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    picture.append(part);
  }
  return picture;
}

function result(event) {
  const parts = [make("h2", {}, t("train_done", { v: event.version }))];
  const found = event.comparison;
  if (!found) parts.push(make("p", {}, sentence(event.why)));
  else parts.push(...comparison(found));
  const buttons = make("p", { class: "row" });
  if (event.promoted) buttons.append(t("now_in_use", { v: event.version }));
  else {
    if (!event.advised) buttons.append(make("span", { class: "warning" }, t("keep_old")));
    buttons.append(make("button", { class: event.advised ? "primary" : "", id: "promote", onclick: () => promote(event.version) }, t("promote_new")));
  }
  parts.splice(found ? 2 : 1, 0, buttons);
  return parts;
}

function comparison(found) {
  const reach = Math.max(0.1, ...found.rows.flatMap((row) => [Math.abs(row.low), Math.abs(row.high)]));
  const rows = found.rows.map((row) => {
    const label = labels.find((one) => one.id === row.name);
    return make("tr", {},
      make("th", {}, label ? chips([label.id], labels)[0] : make("strong", {}, row.name === "macro-F1" ? t("macro") : row.name)),
      make("td", { class: "n" }, row.first.toFixed(3)),
      make("td", { class: "n" }, row.second.toFixed(3)),
      make("td", { class: "n nowrap" }, `${signed(row.difference)} [${signed(row.low)}, ${signed(row.high)}]`),
      make("td", {}, drawn(row, reach)),
      make("td", { class: `verdict ${row.verdict}` }, `${{ better: "▲", worse: "▼", same: "=" }[row.verdict]} ${t(row.verdict)}`));
  });
  const heads = ["col_label", "col_before", "col_after", "col_difference"].map((key, place) => make("th", { class: place ? "n" : "" }, t(key)));
  const parts = [
    make("p", { class: "hint" }, t("compared", { p: found.paragraphs.toLocaleString(), d: found.documents.toLocaleString() })),
    make("div", { class: "scroll" }, make("table", { class: "figures comparison" }, make("thead", {}, make("tr", {}, ...heads, make("th"), make("th"))), make("tbody", {}, ...rows))),
    make("h3", {}, t("changed", { n: found.changed_in_all.toLocaleString() }),
      found.changed.length < found.changed_in_all ? make("small", {}, ` ${t("changed_first", { n: found.changed.length })}`) : null),
  ];
  if (found.changed.length) parts.push(changes(found));
  return parts;
}

function changes(found) {
  const cell = (given) => make("td", {}, ...chips(given, labels));
  const rows = found.changed.map((one) => make("tr", {}, make("td", { class: "t" }, one.text || one.where), cell(one.people), cell(one.first), cell(one.second)));
  const heads = ["col_text", "col_people", "col_before", "col_after"].map((key) => make("th", {}, t(key).replace(" F1", "").replace("F1 ", "")));
  return make("div", { class: "scroll changes" }, make("table", { class: "figures" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)));
}

async function promote(version) {
  try {
    const now = await send(`/api/models/${encodeURIComponent(version)}/promote`);
    document.getElementById("promote").replaceWith(make("strong", { id: "promoted" }, `✓ ${t("now_in_use", { v: now.version })} `),
      make("button", { id: "rollback", onclick: rollback }, t("rollback")));
  } catch (error) {
    problem(error);
  }
}

async function rollback() {
  try {
    const now = await send("/api/models/rollback");
    say(t("now_in_use", { v: now.version }));
    document.getElementById("promoted").textContent = `✓ ${t("now_in_use", { v: now.version })}`;
    document.getElementById("rollback").remove();
  } catch (error) {
    problem(error);
  }
}

function follow() {
  const source = new EventSource("/api/training/events");
  let fresh = true; // the server tells everything from the beginning, after a break as well
  source.addEventListener("open", () => (fresh = true));
  source.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    if (fresh && event.event !== "started") shown.started();
    fresh = false;
    shown[event.event]?.(event);
  });
  source.addEventListener("end", () => {
    source.close();
    running(false);
  });
}

start.addEventListener("click", async () => {
  clearProblems();
  try {
    await send("/api/training");
    follow();
  } catch (error) {
    problem(error);
  }
});
stop.addEventListener("click", () => send("/api/training/cancel").catch(problem));
follow();
