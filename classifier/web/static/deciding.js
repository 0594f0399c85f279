// Decisions on their way to the server: in order, built on what was on the screen, kept until they are answered.
import { make, root, say, send, t } from "./app.js";
import { forget, showConflict } from "./conflicts.js";
import { keyOf } from "./sentences.js";
import { drop, keep, unsent } from "./unsent.js";

export const choiceOf = (state) => JSON.stringify([state.decided, state.labels, state.aside, state.by]);

// `units`: what the page shows of each paragraph and each sentence (which has a `start` and an `end`); each is known by its
// key. `stateOf`: the same, as of now. `place`: the paragraph where it may be decided on, undefined for nowhere. `put`:
// shows what counts; `note`: says how it stands with it; `goTo`: goes there.
export function deciding({ desk, units, stateOf, place, put, note, goTo, opening, changed }) {
  const { sheet, model } = desk.dataset;
  const all = JSON.parse(desk.dataset.labels);

  // The decisions of this window go out one after the other, so that the last one made is the last one stored.
  let sending = Promise.resolve();
  function inOrder(work) {
    sending = sending.then(work, work);
    return sending;
  }

  // What counts for each, as far as the server has said; the last decision made on it here; and the versions that
  // were on the screen here before somebody pressed a key: only on them may a decision be built.
  const stored = new Map(units.map((state) => [state.key, state]));
  const latest = new Map();
  const seen = new Map(units.map((state) => [state.key, new Set([state.version])]));
  let attempt = ""; // to take back, as long as it has no answer: pressed again, it means the same decision
  let undoing = 0; // answers that are still to come, and may change what is decided
  let out = ""; // the key of the decision that is on its way
  let left = false; // the page: its last answer may still be told to it

  // Decide on something that is shown at paragraph `index`; tells in the end whether that is stored.
  function decide(state, index, change) {
    const mine = { ...state, model, index, decided: true, ...change };
    if (!undoing && choiceOf(mine) === choiceOf(state)) return latest.get(state.key)?.done ?? Promise.resolve(true);
    return begin(mine);
  }

  // Show a decision, and send it when those before have been answered.
  function begin(mine) {
    const { key } = mine;
    latest.set(key, mine);
    put(key, mine);
    forget(key);
    keepUnsent(mine, mine.version); // until there is an answer, whatever happens to this page
    note(key, t("saving"));
    mine.done = inOrder(() => store(mine));
    return mine.done;
  }

  async function store(mine) {
    if (left) return false;
    const { key } = mine;
    const version = builtOn(mine);
    out = key;
    let word = `✓ ${t("saved")}`;
    let done = true;
    try {
      answered(key, await send(...request(mine, version)));
    } catch (error) {
      done = false;
      word = t("not_saved", { why: error.message });
      say(word);
      refused(mine, version, error);
    } finally {
      out = "";
    }
    if (latest.get(key) !== mine) return done; // decided again meanwhile
    latest.delete(key);
    const now = stored.get(key);
    seen.get(key).add(now.version);
    put(key, now);
    changed(mine.index);
    note(key, word);
    return done;
  }

  function builtOn({ key, kept, version }) {
    const known = stored.get(key).version;
    return !kept && seen.get(key).has(known) ? known : version;
  }

  // The page is left: what waits for the answer before it goes out at once. What must wait, as a second decision on what
  // is on its way, or is refused, is kept as ever.
  window.addEventListener("pagehide", () => {
    left = true;
    if (undoing) return;
    for (const mine of latest.values()) if (mine.key !== out) send(...request(mine, builtOn(mine))).catch(() => undefined);
  });

  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

  function request({ index, start, end, labels, aside, by, model: suggesting }, version) {
    const [what, more] = end === undefined ? ["decisions", { aside, model: suggesting }] : ["sentences", { start, end }];
    return [`/api/sheets/${sheet}/${what}`, { data: { index, labels, by, version, ...more }, keepalive: true }];
  }

  function answered(key, now) {
    attempt = "";
    stored.set(key, now);
    seen.get(key).add(now.version);
    drop(key);
    if (away("")) sendKept();
  }

  // A decision came too late, or found no server or no document: it is not lost.
  function refused(mine, version, error) {
    const { key, index } = mine;
    if (error.status === 404 || error.status === 0) {
      keepUnsent(mine, version);
      away(error.status ? "sheet_gone" : "server_away");
      return;
    }
    drop(key);
    if (!error.counts) return;
    stored.set(key, error.counts);
    const again = () => begin({ ...mine, version: error.counts.version });
    showConflict({ key, opening: opening(index, key), theirs: error.counts, mine, all, go: () => goTo(index, false, key), again });
  }

  function keepUnsent({ key, labels, aside, by, model }, version) {
    keep({ key, labels, aside, by, version, model });
  }

  // Say in the page, until it is over, that the server or the document is not there; tell whether that was said before.
  function away(what) {
    const box = document.getElementById("away");
    const before = !box.hidden;
    box.hidden = !what;
    if (!what) return before;
    const { length } = unsent();
    const way = what === "sheet_gone" ? make("a", { href: `${root}/` }, t("open_again")) : make("button", { class: "plain", onclick: sendKept }, t("try_again"));
    box.replaceChildren(t(what), length ? ` ${t("unsent_kept", { n: length })}` : "", " ", way);
    return before;
  }

  // What could not be stored before is sent now; whether it still may be, the server says.
  function sendKept() {
    for (const one of unsent()) {
      const index = place(one.key);
      if (index === undefined || latest.has(one.key)) continue;
      if (choiceOf({ ...one, decided: true }) === choiceOf(stateOf(one.key, index))) drop(one.key);
      else begin({ ...stateOf(one.key, index), ...one, index, decided: true, kept: true });
    }
  }

  function undo() {
    undoing += 1;
    inOrder(async () => {
      try {
        attempt ||= crypto.getRandomValues(new Uint32Array(4)).join("-");
        const found = await send(`/api/undo?attempt=${attempt}`);
        const now = found.sentence ? { ...found.sentence, key: keyOf(found.key, found.sentence) } : found;
        attempt = "";
        stored.set(now.key, now);
        drop(now.key);
        if (!latest.has(now.key)) {
          seen.get(now.key)?.add(now.version);
          put(now.key, now);
        }
        const index = place(now.key);
        if (index !== undefined) goTo(index, false, now.key);
        say(t("undone"));
        changed(index);
      } catch (error) {
        if (error.status) attempt = "";
        say(error.message);
      } finally {
        undoing -= 1;
      }
    });
  }

  return { decide, undo, sendKept };
}
