// Why a paragraph gets its labels: the words and topics for and against each, and the words marked where they stand.
import { chip, chips, lang, make, send, sentence, t } from "./app.js";

const desk = document.getElementById("desk");
const labels = JSON.parse(desk.dataset.labels);
const box = document.getElementById("why");
const button = document.querySelector("[data-do=why]");
const { marks } = window; // shared.js
const answers = new Map();
let decisions = 0; // that changed what there is to be similar to
let item; // the paragraph that is asked about; undefined for none

export function percent(value) {
  return value > 0.995 ? ">99%" : value < 0.005 ? "<1%" : `${Math.round(value * 100)}%`;
}

// Speak of this paragraph from now on.
export async function explain(asked) {
  if (item) marks.clear(textOf(item));
  item = asked;
  if (!box.hidden) await show();
}

export async function toggleReasons() {
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
  if (!box.hidden) await show();
  else if (item) marks.clear(textOf(item));
}

const textOf = (one) => one.querySelector(".text");

async function show() {
  const asked = item;
  if (!asked) return box.replaceChildren();
  const { index } = asked.dataset;
  if (!answers.has(index)) {
    const before = decisions;
    try {
      const answer = await send(`/api/sheets/${desk.dataset.sheet}/reasons/${index}`, { method: "GET" });
      answers.set(index, before === decisions ? answer : { ...answer, similar: null });
    } catch (error) {
      if (asked === item) box.textContent = error.message;
      return;
    }
  }
  if (asked !== item || box.hidden) return;
  const found = answers.get(index);
  const order = Object.entries(found.probabilities).sort((a, b) => b[1] - a[1]);
  const like = make("section", { class: "similar", "aria-live": "polite" });
  box.replaceChildren(...order.map(([label, sure]) => reason(label, sure, found)), like);
  mark(order[0][0], found);
  void showSimilar(index, found, like); // nobody waits for them
}

// A decision was stored or taken back: what is similar to other paragraphs than `decided` is asked anew, where one is shown.
export function forgetSimilar(decided) {
  decisions += 1;
  for (const found of answers.values()) found.similar = null;
  const { index } = item?.dataset ?? {};
  const place = box.hidden ? null : box.querySelector(".similar");
  if (place && answers.has(index) && index !== String(decided)) void showSimilar(index, answers.get(index), place);
}

// They come with the reasons once the server has them together; before that they are asked for by themselves.
async function showSimilar(index, found, place) {
  if (found.similar) return fillSimilar(place, found.similar);
  if (!place.hasChildNodes()) place.replaceChildren(make("p", {}, make("small", {}, t("similar_awaited"))));
  const before = decisions;
  let similar;
  try {
    similar = await send(`/api/sheets/${desk.dataset.sheet}/similar/${index}`, { method: "GET" });
  } catch (error) {
    place.textContent = error.message;
    return;
  }
  if (before === decisions) found.similar = similar;
  else if (found.similar || !place.isConnected) return; // asked anew since
  fillSimilar(place, similar);
  if (place.isConnected) box.dispatchEvent(new Event("grown"));
}

function fillSimilar(place, { paragraphs, note }) {
  place.replaceChildren(
    make("h3", {}, t("similar")),
    paragraphs.length ? make("ol", {}, ...paragraphs.map(oneSimilar)) : make("p", {}, make("small", {}, t("nothing_similar"))),
    ...(note ? [make("p", { class: "hint" }, make("small", {}, sentence(note)))] : []));
}

const OPENING = 90; // characters of a similar paragraph, and words in common
const NAMED = 6;

function oneSimilar(one) {
  const like = one.same ? t(one.text === undefined ? "same_words" : "same_text") : one.similarity.toFixed(2);
  const separator = lang === "zh" ? "、" : ", ";
  const content = one.text === undefined
    ? t("in_common", { words: one.words.slice(0, NAMED).join(separator) })
    : `“${one.text.length > OPENING ? `${one.text.slice(0, OPENING)}…` : one.text}”`;
  const known = [one.place, one.year, lang === "zh" ? one.genre_zh : one.genre, one.doc, one.where].filter(Boolean);
  return make("li", {},
    make("p", {}, make("span", { class: "n", title: one.same ? null : t("similarity") }, like), " ", ...chips(one.labels, labels)),
    make("p", { title: one.text ?? null }, content),
    make("p", {}, make("small", {}, [...decision(one), ...known].join(" · "))));
}

function decision({ decided: who }) {
  if (!who) return [];
  const date = who.date.slice(0, 10);
  return [who.by ? t("decided_by", { by: who.by, date }) : t("decided_on", { date })];
}

const strong = (one) => Math.abs(one.weight) >= 0.05;

function reason(label, sure, found) {
  const why = found.reasons[label];
  const known = labels.find((one) => one.id === label) ?? { id: label, zh: label, en: "", colour: 5 };
  const side = (name, title) => {
    const parts = [
      ...why[`words_${name}`].filter(strong).map((one) => make("span", { class: "word" }, one.word, weight(one.weight))),
      ...why[`topics_${name}`].filter(strong).map((one) =>
        make("span", { class: "word", title: one.words.join(" ") }, `[${one.words.slice(0, 3).join("/")}]`, weight(one.weight))),
    ];
    return parts.length ? make("p", { class: name }, make("small", {}, `${t(title)} `), ...parts.flatMap((one) => [one, " "])) : null;
  };
  return make("section", { class: "reason" },
    make("button", { class: "plain", onclick: () => mark(label, found), title: t("why_here") }, chip(known), make("span", { class: "n" }, ` ${percent(sure)}`)),
    side("for", "speaks_for"), side("against", "speaks_against"),
    make("p", { class: "sum" }, make("small", {}, found.sums[label][lang === "zh" ? "zh" : "en"])),
    codebook(known));
}

// The line of the codebook, where the label has one.
function codebook(label) {
  const line = lang === "zh" ? label.definition_zh : label.definition;
  return line ? make("p", { class: "codebook" }, make("small", {}, t("of_what", { name: t("codebook"), said: line }))) : null;
}

function weight(value) {
  return make("small", { class: "n" }, ` ${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`);
}

function mark(label, { reasons, places }) {
  const why = reasons[label];
  const place = textOf(item);
  const unit = marks.unitPlaces(place.textContent);
  const spans = [...why.words_for, ...why.words_against].filter(strong).flatMap((one) =>
    places[one.word].map(([start, end]) => ({ start: unit(start), end: unit(end), weight: one.weight })));
  marks.set(place, spans, `c${labels.find((one) => one.id === label)?.colour ?? 5}`);
}
