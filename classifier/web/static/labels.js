// The labels folder: change a decision, import, take a batch back.
import { chips, make, once, root, say, send, sentence, t, tellNext } from "./app.js";

const list = document.getElementById("stored");
const labels = list ? JSON.parse(list.dataset.labels) : [];

function paint(row) {
  const state = JSON.parse(row.dataset.state);
  row.querySelector(".chips").replaceChildren(...(state.aside ? [make("span", { class: "chip aside" }, t(state.aside))] : chips(state.labels, labels)));
}

function show(row, { labels: given, aside, version }) {
  row.dataset.state = JSON.stringify({ labels: given, aside, version });
  paint(row);
}

// Somebody else decided meanwhile: the row shows what counts, the form below one's own answer, which may be stored yet.
function late(row, form, counts) {
  show(row, counts);
  form.querySelector(".late")?.remove();
  form.prepend(make("p", { class: "warning late", role: "alert" }, t(counts.decided ? "conflict_row" : "conflict_gone", { by: counts.by })));
}

function edit(row) {
  if (row.querySelector(".editor")) return;
  const state = JSON.parse(row.dataset.state);
  const box = (label) => make("label", { class: "pick" }, make("input", { type: "checkbox", value: label.id, checked: state.labels.includes(label.id) }), chips([label.id], labels)[0]);
  const aside = make("select", { "aria-label": t("labelled_or_aside") }, make("option", { value: "" }, t("labelled")),
    ...["doubtful", "discarded"].map((one) => make("option", { value: one, selected: state.aside === one }, t(one))));
  const save = make("button", { class: "primary", type: "submit" }, t("save"));
  const form = make("form", { class: "editor row" }, ...labels.map(box), aside, save, make("button", { type: "button", onclick: () => form.remove() }, t("cancel")));
  // labels and an aside exclude each other: what was chosen last counts, and is all that is shown
  form.addEventListener("change", (event) => {
    if (event.target !== aside) aside.value = "";
    else if (aside.value) for (const one of form.querySelectorAll("input")) one.checked = false;
  });
  const store = async () => {
    const chosen = [...form.querySelectorAll("input:checked")].map((one) => one.value);
    // the primary label stays first
    const ordered = [...state.labels.filter((one) => chosen.includes(one)), ...chosen.filter((one) => !state.labels.includes(one))];
    const data = { key: row.dataset.key, labels: aside.value ? [] : ordered, aside: aside.value, by: localStorage.getItem("by") ?? "", version: JSON.parse(row.dataset.state).version };
    const now = await send("/api/labels/decisions", { data }).catch((error) => {
      if (error.counts) late(row, form, error.counts);
      throw error;
    });
    show(row, now);
    form.remove();
    say(t("saved"));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(save, store);
  });
  row.append(form);
  form.querySelector("input").focus();
}

for (const row of list?.children ?? []) {
  paint(row);
  row.querySelector("[data-edit]")?.addEventListener("click", () => edit(row));
}

// Reports of Label Studio that could not be made use of: tried once more, or taken off the list.
for (const button of document.querySelectorAll("#reports [data-do]")) {
  const act = async () => {
    const name = button.closest("[data-name]").dataset.name;
    await send(`/api/reports/${encodeURIComponent(name)}/${button.dataset.do}`);
    tellNext("said", t(button.dataset.do === "again" ? "report_used" : "report_gone"));
    location.href = `${root}/labels`;
  };
  button.addEventListener("click", () => once(button, act));
}

// A browser that goes back puts what was typed into the search since, beside what was found before. What is typed here
// before all of the page has come stays.
const search = document.querySelector("form.search");
let typed = false;
search.addEventListener("input", () => (typed = true));
window.addEventListener("pageshow", ({ persisted }) => (persisted || !typed) && search.reset());

const form = document.getElementById("import");
const file = document.getElementById("file");
const name = document.querySelector("output[for=file]");
const unchosen = name.textContent;
const showName = () => (name.textContent = file.files[0]?.name ?? unchosen);
file.addEventListener("change", showName);
showName(); // a browser keeps the choice over a reload

async function bring() {
  const data = new FormData(form);
  data.set("by", localStorage.getItem("by") ?? "");
  const done = await send("/api/labels/import", { form: data });
  const touched = done.corrected + done.read + done.untouched ? [t("import_touched", done)] : [];
  const answers = done.suggestions ? [t("import_suggestions", done)] : [];
  if (done.outdated) answers.push(t("import_outdated", done));
  tellNext("said", [t("import_done", done), ...touched, ...answers, ...done.left_out.map(sentence), ...done.notes.map(sentence)].join("\n"));
  location.href = `${root}/labels`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  once(form.querySelector("button.primary"), bring);
});
const undo = document.getElementById("undo-batch");
undo?.addEventListener("click", () => {
  const what = [...document.getElementById("last").children].map((one) => one.textContent).join(" · ");
  if (!window.confirm(`${undo.dataset.sure}\n\n${what}`)) return;
  once(undo, async () => {
    const { batch, decisions } = undo.dataset;
    const back = await send(`/api/labels/undo?batch=${encodeURIComponent(batch)}&decisions=${decisions}`);
    tellNext("said", t("batch_back", { b: back.batch }));
    location.href = `${root}/labels`;
  });
});
