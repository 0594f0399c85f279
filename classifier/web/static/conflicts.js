// Two people on one paragraph: what counts now and what was decided here, side by side, until somebody chooses.
import { chips, make, t } from "./app.js";

const place = document.getElementById("conflicts");
const open = new Map();

// `again` stores one's own decision after all: by now it is made by somebody who has seen the other.
export function showConflict({ key, opening, theirs, mine, all, go, again }) {
  const said = (one) => (one.aside ? [make("span", { class: "chip aside" }, t(one.aside))] : one.decided ? chips(one.labels, all) : [t("not_decided")]);
  const row = (title, one) => make("p", {}, make("small", {}, `${t(title)} `), ...said(one), one.by ? make("small", {}, ` ${one.by}`) : null);
  forget(key);
  const box = make("section", { class: "conflict" },
    make("p", {}, t(theirs.decided ? "conflict_lead" : "conflict_gone"), " ", make("button", { class: "plain", onclick: go }, `“${opening}…”`)),
    row("conflict_theirs", theirs), row("conflict_mine", mine),
    make("div", { class: "row" }, make("button", { onclick: () => forget(key) }, t("conflict_keep")), make("button", { onclick: again }, t("conflict_again"))));
  open.set(key, box);
  place.append(box);
}

export function forget(key) {
  open.get(key)?.remove();
  open.delete(key);
}
