// Open documents: dropped, chosen or pasted.
import { clearProblems, once, Refused, root, send, t, tell, tellNext } from "./app.js";
import { droppedEntries, filesOf } from "./dropped.js";

const form = document.getElementById("open");
const drop = document.getElementById("drop");
const files = document.getElementById("files");
const folder = document.getElementById("folder");
const progress = document.getElementById("progress");
const text = document.getElementById("text");
const kinds = files.accept.split(",");
const limit = Number(form.dataset.limit); // MB
const NAMED = 5; // names in one message

async function open(form) {
  return send("/api/sheets", { form });
}

/** Compare paths as the server does (`name_order.py`): 2月 before 10月. */
function compare(one, other) {
  const pieces = [one, other].map((path) => path.split(/(\d+|\/)/));
  for (const [place, piece] of pieces[0].entries()) {
    const beside = pieces[1][place];
    if (beside === undefined) return 1;
    if (piece === beside) continue;
    const numbers = [piece, beside].map((text) => (/^\d/.test(text) ? Number(text) : -1));
    return numbers[0] - numbers[1] || (piece < beside ? -1 : 1);
  }
  return pieces[0].length - pieces[1].length;
}

/** Name some files in a message: the first few, and how many there are. */
function named(names) {
  const some = names.slice(0, NAMED).join(t("between_names"));
  return names.length > NAMED ? t("named_some", { names: some, n: names.length }) : some;
}

let turn = Promise.resolve();
let waiting = 0;
let done = [];

/**
 * Open one lot after the other; the page is left when none waits, for that would break off what is under way. `lot`
 * opens documents and returns { last, given, closed, failed }: the last one opened, undefined for none, how many it was
 * given, the names of those that gave way, and what went wrong. Return what it returns.
 */
function inTurn(lot) {
  clearProblems();
  waiting += 1;
  const came = turn.then(lot);
  turn = came.then((one) => {
    done.push(one);
    waiting -= 1;
    if (!waiting) leave(done.splice(0));
  });
  return came;
}

function leave(all) {
  const [closed, failed] = ["closed", "failed"].map((name) => all.flatMap((one) => one[name]));
  const last = all.findLast((one) => one.last)?.last;
  if (closed.length) failed.push(t("closed_for_room", { names: named(closed) }));
  if (last && failed.length) tellNext("problems", failed.join("\n"));
  if (last) location.href = all.reduce((sum, { given }) => sum + given, 0) === 1 ? last.url : `${root}/`;
  else if (failed.length) tell("problems", failed.join("\n"));
}

/** Open files; `found`: [files, what failed before] or a promise of them. */
function openFiles(found) {
  drop.classList.add("busy");
  return inTurn(async () => filesOpened(...(await found)));
}

/** Open files, each with its path below a folder that was chosen or dropped, "" for none. */
async function filesOpened(list, failed) {
  drop.classList.add("busy");
  let last;
  let n = 0;
  const closed = [];
  for (const { file, path } of list) {
    if (list.length > 1) progress.textContent = t("opening_n", { n: ++n, all: list.length });
    // a server that refuses it closes the connection in the middle, which looks like no answer
    if (file.size > limit * 1e6) {
      failed.push(t("too_large", { name: path || file.name, n: limit }));
      continue;
    }
    const data = new FormData();
    data.set("file", file);
    if (path) data.set("path", path);
    try {
      last = await open(data);
      closed.push(...last.closed);
    } catch (error) {
      const name = path || file.name;
      failed.push(error.message.startsWith(name) ? error.message : t("of_what", { name, said: error.message }));
    }
  }
  drop.classList.remove("busy");
  files.value = folder.value = ""; // the same file can be chosen again once it is mended
  progress.textContent = "";
  return { last, given: list.length, closed, failed };
}

/** Open a text, which `read` returns or promises. */
function openText(read) {
  return inTurn(async () => {
    const data = new FormData();
    try {
      data.set("text", await read());
      data.set("name", "");
      const last = await open(data);
      return { last, given: 1, closed: last.closed, failed: [] };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { given: 1, closed: [], failed: [error.message] };
    }
  });
}

/** Open a text for who pressed a button: once, unless that fails. */
async function openBy(button, read) {
  button.disabled = true;
  button.disabled = Boolean((await openText(read)).last);
}

async function sample() {
  try {
    return await (await fetch(`${root}/sample`)).text();
  } catch {
    throw new Refused(t("no_answer"));
  }
}

/**
 * Return [files, what failed] of folders, and the files that stand beside them (`alone`). What in a folder is no document
 * by its name, hidden, or a lock of Word is passed over; what is neither hidden nor a lock is named. `unread`: what of the
 * folders cannot be read. The list shows first what was opened last: the last name is opened first.
 */
function ofFolders(inside, alone = [], unread = []) {
  const there = inside.filter(({ path }) => !/(^|\/)(\.|~\$)/.test(path)).sort((a, b) => compare(b.path, a.path));
  const reads = ({ path }) => kinds.some((kind) => path.toLowerCase().endsWith(kind));
  const wanted = there.filter(reads);
  const passed = there.filter((one) => !reads(one)).map(({ path }) => path).reverse();
  const empty = wanted.length ? [] : [t("folder_empty")];
  if (!wanted.length && !alone.length) return [[], [...unread, ...empty]];
  return [[...alone, ...wanted], [...unread, ...(passed.length ? [t("folder_passed", { names: named(passed) })] : empty)]];
}

async function ofDropped(entries) {
  const { alone, inside, unread } = await filesOf(entries);
  return entries.some(({ entry }) => entry?.isDirectory) ? ofFolders(inside, alone, unread) : [alone, []];
}

files.addEventListener("change", () => openFiles([[...files.files].map((file) => ({ file, path: "" })), []]));
folder.addEventListener("change", () => openFiles(ofFolders([...folder.files].map((file) => ({ file, path: file.webkitRelativePath })))));
const closing = document.getElementById("close-all");
closing?.addEventListener("click", () => {
  if (!confirm(closing.dataset.sure)) return;
  once(closing, async () => {
    await send("/api/sheets", { method: "DELETE" });
    location.reload();
  });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { value } = text;
  openBy(form.querySelector("[type=submit]"), () => value);
});
const trying = document.getElementById("sample");
trying?.addEventListener("click", () => openBy(trying, sample));
for (const name of ["dragover", "dragenter"])
  window.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
window.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
window.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const entries = droppedEntries(event.dataTransfer);
  const value = event.dataTransfer.getData("text");
  if (entries.length) openFiles(ofDropped(entries));
  else if (value) openText(() => value);
});
