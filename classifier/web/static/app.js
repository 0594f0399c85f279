// What every page uses: texts, requests, a word at the foot of the page.
const body = document.body;
const known = JSON.parse(body.dataset.texts);
export const { lang, root } = body.dataset; // `root`: what all addresses of this server begin with

// A page's own scripts have run when all that was to be loaded has.
document.addEventListener("DOMContentLoaded", () => document.getElementById("content").removeAttribute("inert"));

export function t(key, values = {}) {
  return known.words[key].replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

// What the library says in English, in this language as far as it is known; a message of many lines is looked at line by line.
// What fills a sentence may be one itself: why a version is in use, what is wrong with a row.
const words = /[A-Za-z]{2,} \S+ \S/;
const sentences = known.sentences.map(([pattern, here]) => [new RegExp(pattern, "gm"), here]);
export function sentence(text) {
  const part = (one, whole) => (one !== whole && words.test(one) ? sentence(one) : one);
  const filled = (here, whole) => (...groups) => here.replace(/\$(\d)/g, (_, n) => part(groups[n] ?? "", whole));
  return sentences.reduce((said, [pattern, here]) => said.replace(pattern, filled(here, said)), text);
}

export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((one) => one !== null && one !== undefined));
  return made;
}

// A name for this window, by which its decisions are taken back; it outlives a reload.
export const client = (() => {
  let name = sessionStorage.getItem("client");
  if (!name) {
    name = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem("client", name);
  }
  return name;
})();

export class Refused extends Error {
  // `counts`: what counts now, where this came too late
  constructor(message, status = 0, counts = undefined) {
    super(message);
    this.status = status;
    this.counts = counts;
  }
}

// Send something to the server, at a path below its root; raise Refused with what it says is wrong, in the page's language.
// `keepalive`: also when the page is left before the answer is there.
export async function send(path, { method = "POST", data, form, keepalive = false } = {}) {
  const headers = { "X-Client": client };
  if (data !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  let text;
  try {
    answer = await fetch(root + path, { method, headers, keepalive, body: form ?? (data === undefined ? undefined : JSON.stringify(data)) });
    text = await answer.text();
  } catch { // or it breaks off
    throw new Refused(t("no_answer"));
  }
  if (answer.status === 401) {
    signedOut(true);
    throw new Refused(t("signed_out"), 401);
  }
  signedOut(false);
  let content = {};
  try {
    content = text ? JSON.parse(text) : {};
  } catch {
    content = { detail: `${answer.status} ${answer.statusText}` };
  }
  if (!answer.ok) throw new Refused(sentence(content.detail ?? `${answer.status} ${answer.statusText}`), answer.status, content.counts);
  return content;
}

// Signing in happens in a tab of its own: what was typed here stays, and can be sent again.
function signedOut(now) {
  const there = document.querySelector(".signed-out");
  if (!now) there?.remove();
  else if (!there)
    document.querySelector("header.top").append(make("p", { class: "signed-out", role: "alert" }, make("a", { href: `${root}/login`, target: "_blank" }, t("sign_in_again"))));
}

const toast = document.querySelector(".toast");
let hiding;
export function say(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), 4000);
}

export function problem(error) {
  if (!(error instanceof Refused)) throw error;
  tell("problems", error.message);
}

export function clearProblems() {
  for (const name of ["problems", "said"]) document.getElementById(name)?.replaceChildren();
}

// Say it in the page, where it stays until something else is done; "problems" or "said".
export function tell(name, text) {
  const place = document.getElementById(name);
  if (!place) {
    say(text);
    return;
  }
  place.replaceChildren(text);
  if (name === "said") place.append(make("button", { class: "plain", onclick: () => place.replaceChildren() }, t("close")));
  place.scrollIntoView({ block: "nearest" });
}

// Have it said by the page that is loaded next.
export function tellNext(name, text) {
  sessionStorage.setItem(name, text);
}

export function chip(label, extra = "") {
  const name = label.id === "none" ? t("none") : lang === "zh" ? label.zh : `${label.zh} ${label.en}`;
  return make("span", { class: `chip c${label.colour} ${extra}` }, make("i", { class: `key c${label.colour}` }), name);
}

export const NONE = { id: "none", colour: "none" };

export function chips(labels, all) {
  return labels.length ? labels.map((id) => chip(all.find((one) => one.id === id) ?? { zh: id, en: "", colour: 5 })) : [chip(NONE)];
}

// Do what a button says. Pressed a second time it does nothing, unless the first time failed.
export async function once(button, work) {
  clearProblems();
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    button.disabled = false;
    problem(error);
  }
}

async function close(button) {
  await send(`/api/sheets/${button.dataset.close}`, { method: "DELETE" }).catch((error) => {
    if (error.status !== 404) throw error; // closed already
  });
  const list = button.closest("ul");
  button.closest("li").remove();
  if (list.children.length) return;
  list.closest("section").remove();
  document.getElementById("sample")?.removeAttribute("hidden");
}

for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => once(button, () => close(button)));

// Times come in UTC; only the browser knows where it is.
const here = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
for (const one of document.querySelectorAll("time[datetime]")) one.textContent = here.format(new Date(one.dateTime));

document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

for (const name of ["said", "problems"]) {
  const text = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  if (text) tell(name, text);
}
