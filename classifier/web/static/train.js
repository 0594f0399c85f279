// Train, look on, compare, put to use.
import { chips, clearProblems, make, problem, root, send, sentence, t } from "./app.js";
import { changeInUse } from "./in_use.js";

const start = document.getElementById("start");
const stop = document.getElementById("stop");
const clock = document.getElementById("clock");
const steps = document.getElementById("steps");
const outcome = document.getElementById("outcome");
const labels = JSON.parse(outcome.dataset.labels);
const { inUse } = outcome.dataset; // the version in use when the page was made: all is made anew when that changes
let began = 0;
let clocked = false; // the clock was told of the training whose beginning is told next
let ticking;

function running(on) {
  start.disabled = on;
  stop.hidden = !on;
  clearInterval(ticking);
  if (on) ticking = setInterval(tick, 500);
}

// How the last step ended: done, failed or stopped. What was said first stays.
function ended(how) {
  const last = steps.querySelector("li:last-child");
  if (last && !last.className) last.className = how;
}

function tick() {
  clock.textContent = `${t("train_running")} ${t("train_seconds", { n: Math.round((Date.now() - began) / 1000) })}`;
}

const shown = {
  // how long it has run: the events themselves may be told again long after they happened
  clock(event) {
    began = Date.now() - 1000 * event.seconds;
    clocked = true;
  },
  started() {
    document.querySelector(".damaged")?.remove();
    steps.replaceChildren();
    outcome.replaceChildren();
    if (!clocked) began = Date.now();
    clocked = false;
    running(true);
  },
  step(event) {
    // a step that is counted takes the place of the one before: fold 1, fold 2, …
    const counted = /\d+ of \d+/;
    const last = steps.querySelector("li:last-child");
    const name = event.step.replace(counted, "");
    if (last?.dataset.name === name) {
      last.textContent = sentence(event.step);
    } else {
      ended("done");
      steps.append(make("li", { "data-name": name }, sentence(event.step)));
    }
  },
  stored() {},
  damaged(event) {
    const more = event.in_all > event.rows.length ? [sentence(`… and ${event.in_all - event.rows.length} more`)] : [];
    const lines = [...event.rows.map(sentence), ...more].map((one) => make("li", {}, one));
    steps.before(make("div", { class: "warning damaged" }, make("p", {}, t("damaged_rows")), make("ul", {}, ...lines)));
  },
  compared(event) {
    ended("done");
    outcome.replaceChildren(...result(event));
    if (event.promoted && event.version !== inUse) renew();
  },
  failed(event) {
    ended("failed");
    outcome.replaceChildren(make("p", { class: "problems" }, t("of_what", { name: t("train_failed"), said: sentence(event.message) })));
  },
  cancelled() {
    ended("stopped");
    outcome.replaceChildren(make("p", { class: "warning" }, t("train_cancelled")));
  },
  ended(event) {
    clock.textContent = t("train_seconds", { n: Math.round(event.seconds) });
  },
};

function signed(value) {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

// The difference's interval drawn on an axis from -reach to reach, with room for a dot at its ends.
function drawn(row, reach) {
  const svg = "http://www.w3.org/2000/svg";
  const x = (value) => 100 + (96 * value) / reach;
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
  const found = event.comparison;
  return [
    make("h2", {}, t("train_done", { v: event.version })),
    make("p", { class: "why" }, sentence(event.why)),
    make("p", { class: "row" }, ...choice(event)),
    ...(event.corrections?.in_all ? corrections(event.corrections) : []),
    ...(found ? comparison(found) : []),
  ];
}

// What may be done with the new model. The advice holds only while the model it was compared with is in use.
function choice(event) {
  if (event.version === inUse) {
    const back = make("button", { id: "rollback", onclick: () => changeInUse("/api/models/rollback", back, inUse) }, t("rollback"));
    return [make("strong", { id: "promoted" }, `✓ ${t("in_use")}`), back];
  }
  const holds = !event.comparison || event.comparison.first === inUse;
  const path = `/api/models/${encodeURIComponent(event.version)}/promote`;
  const look = holds && event.advised ? "primary" : "";
  const use = make("button", { class: look, id: "promote", onclick: () => changeInUse(path, use, inUse) }, t("promote_new"));
  return [holds && !event.advised ? make("span", { class: "warning" }, t("keep_old")) : "", use];
}

function comparison(found) {
  const widest = Math.max(...found.rows.flatMap((row) => [Math.abs(row.low), Math.abs(row.high)]));
  const reach = Math.max(1, Math.ceil(100 * widest)) / 100;
  const rows = found.rows.map((row) => {
    const label = labels.find((one) => one.id === row.name);
    return make("tr", {},
      make("th", {}, label ? chips([label.id], labels)[0] : make("strong", {}, row.name === "macro-F1" ? t("macro") : row.name)),
      make("td", { class: "n" }, row.first.toFixed(3)),
      make("td", { class: "n" }, row.second.toFixed(3)),
      make("td", { class: "n difference" }, `${signed(row.difference)} [${signed(row.low)}, ${signed(row.high)}]`),
      make("td", { class: "axis" }, drawn(row, reach)),
      make("td", { class: `verdict ${row.verdict}` }, `${{ better: "▲", worse: "▼", same: "=" }[row.verdict]} ${t(row.verdict)}`));
  });
  const heads = ["col_label", "col_before", "col_after", "col_difference"].map((key, place) => make("th", { class: place ? "n" : "" }, t(key)));
  const parts = [
    make("p", { class: "hint" }, t("compared", { v: found.first, p: found.paragraphs.toLocaleString(), d: found.documents.toLocaleString() })),
    make("div", { class: "scroll" }, make("table", { class: "figures comparison" }, make("thead", {}, make("tr", {}, ...heads, make("th", { class: "axis" }, t("col_axis", { r: reach.toFixed(2) })), make("th", {}, t("col_verdict")))), make("tbody", {}, ...rows))),
    make("h3", {}, t("changed", { n: found.changed_in_all.toLocaleString() }),
      found.changed.length < found.changed_in_all ? make("small", {}, ` ${t("changed_first", { n: found.changed.length })}`) : null),
  ];
  if (found.changed.length) parts.push(changes(found));
  return parts;
}

// Which of one's corrections the new model follows, and the list of those that it does not.
function corrections(found) {
  const left = found.in_all - found.followed;
  const key = found.before ? "corrections_followed" : "decisions_followed";
  const said = make("h3", { id: "corrections" }, t(key, { f: found.followed.toLocaleString(), n: found.in_all.toLocaleString(), v: found.before }),
    found.rows.length < left ? make("small", {}, ` ${t("corrections_first", { n: found.rows.length })}`) : null);
  if (!found.rows.length) return [said];
  const odds = (one) => Object.entries(one.percent).map(([id, value]) => `${labels.find((label) => label.id === id)?.zh ?? id} ${value}`).join(" · ");
  const rows = found.rows.map((one) => make("tr", {}, make("td", { class: "t" }, ...text(one)), make("td", {}, ...chips(one.decided, labels)), make("td", {}, ...chips(one.now, labels)), make("td", { class: "n" }, odds(one))));
  const heads = ["col_text", "col_people", "col_model_says", "col_probability"].map((name) => make("th", {}, t(name)));
  return [said, make("div", { class: "scroll changes" }, make("table", { class: "figures not-followed" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)))];
}

// A paragraph known by its words only is named by its place.
function text(one) {
  return one.text ? [one.text] : [`${t("text_not_kept")} `, make("small", { class: "place" }, one.where)];
}

function changes(found) {
  const cell = (given) => make("td", {}, ...chips(given, labels));
  const rows = found.changed.map((one) => make("tr", {}, make("td", { class: "t" }, ...text(one)), cell(one.people), cell(one.first), cell(one.second)));
  const heads = ["col_text", "col_people", "col_before", "col_after"].map((key) => make("th", {}, t(key).replace(" F1", "").replace("F1 ", "")));
  return make("div", { class: "scroll changes" }, make("table", { class: "figures" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)));
}

// A training may itself put its model to use, though somebody may have gone back since.
async function renew() {
  const now = await send("/health", { method: "GET" }).catch(problem);
  if (now && now.model !== inUse) location.reload();
}

let following;
function follow() {
  following?.close();
  const source = (following = new EventSource(`${root}/api/training/events`));
  source.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    shown[event.event]?.(event); // all from "started" on, after a break as well
  });
  source.addEventListener("end", () => {
    source.close();
    running(false);
    ended("stopped");
  });
}

start.addEventListener("click", async () => {
  clearProblems();
  start.disabled = true; // a second click begins no second training
  try {
    await send("/api/training");
  } catch (error) {
    if (error.status !== 409) {
      start.disabled = false;
      problem(error);
      return;
    }
  }
  follow(); // what runs already, too: somebody else may have begun it
});
stop.addEventListener("click", () => send("/api/training/cancel").catch(problem));
follow();
