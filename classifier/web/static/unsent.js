// Decisions that could not be stored, for the server was away or had closed the document: this window keeps them, over a
// reload as well, until the document is open again.
import { root } from "./app.js";

const NAME = `unsent${root}`; // two servers may be shown by one host

export function unsent() {
  return JSON.parse(sessionStorage.getItem(NAME) ?? "[]");
}

// One a paragraph: what was decided last.
export function keep(decision) {
  write([...unsent().filter((one) => one.key !== decision.key), decision]);
}

export function drop(key) {
  write(unsent().filter((one) => one.key !== key));
}

function write(all) {
  if (all.length) sessionStorage.setItem(NAME, JSON.stringify(all));
  else sessionStorage.removeItem(NAME);
}
