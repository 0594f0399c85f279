// The sentences of a paragraph: underlined for the labels that they carry, and named for who is to decide on one.
import { lang, make, t } from "./app.js";
import { percent } from "./reasons.js";

// A sentence is known by its paragraph and its place in it: the same paragraph may stand at several places.
export const keyOf = (paragraph, { start, end }) => `${paragraph}:${start}-${end}`;

// Underline a sentence for its labels: the kind of line tells them apart without colour.
export function underline(element, { labels, probabilities, decided, by }, all) {
  for (const line of element.querySelectorAll(".u")) line.replaceWith(...line.childNodes);
  element.normalize();
  const given = labels.map((id) => all.find((one) => one.id === id) ?? { id, zh: id, en: id, colour: 5 });
  for (const [depth, { colour }] of [...given.entries()].reverse()) {
    const line = make("span", { class: `u u${depth} c${colour}` });
    line.append(...element.childNodes);
    element.append(line);
  }
  const names = given.map((one) => (lang === "zh" ? one.zh : `${one.zh} ${one.en}`));
  const sure = (one, place) => (decided || !(one.id in probabilities) ? names[place] : `${names[place]} ${percent(probabilities[one.id])}`);
  element.classList.toggle("decided", decided);
  if (names.length) element.dataset.n = names.join("、");
  else delete element.dataset.n;
  element.title = [decided ? `✓ ${by}`.trim() : "", given.map(sure).join("、") || (decided ? t("none") : "")].filter(Boolean).join(" · ");
}

const group = document.getElementById("sentence");
const which = document.getElementById("which");
const [before, after, whole] = ["before", "after", "whole"].map((name) => group.querySelector(`[data-do=${name}]`));

// Say in the panel which of `count` sentences is being decided on; -1: the paragraph as a whole.
export function paintGroup(count, chosen) {
  group.hidden = count < 2;
  which.textContent = chosen < 0 ? t("sentences_n", { n: count }) : t("sentence_of", { a: chosen + 1, b: count });
  before.disabled = chosen < 0;
  after.disabled = chosen >= count - 1;
  whole.hidden = chosen < 0;
}
