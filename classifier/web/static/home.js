// Open documents: dropped, chosen or pasted.
import { clearProblems, problem, root, send, t, tell, tellNext } from "./app.js";
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

/** Open files, each with its path below a folder that was chosen or dropped, "" for none. */
async function openFiles(list, failed = []) {
  clearProblems();
  drop.classList.add("busy");
  let last = null;
  let done = 0;
  const closed = [];
  for (const { file, path } of list) {
    if (list.length > 1) progress.textContent = t("opening_n", { n: ++done, all: list.length });
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
  if (closed.length) failed.push(t("closed_for_room", { names: named(closed) }));
  if (last && failed.length) tellNext("problems", failed.join("\n"));
  if (last) location.href = list.length === 1 ? last.url : `${root}/`;
  else if (failed.length) tell("problems", failed.join("\n"));
}

async function openText(value, name = "") {
  clearProblems();
  const data = new FormData();
  data.set("text", value);
  data.set("name", name);
  try {
    location.href = (await open(data)).url;
  } catch (error) {
    problem(error);
  }
}

/**
 * Open the documents of folders, and the files that stand beside them (`alone`). What in a folder is no document by its
 * name, hidden, or a lock of Word is passed over; what is neither hidden nor a lock is named. `unread`: what of the
 * folders cannot be read. The list shows first what was opened last: the last name is opened first.
 */
function openFolder(inside, alone = [], unread = []) {
  const there = inside.filter(({ path }) => !/(^|\/)(\.|~\$)/.test(path)).sort((a, b) => compare(b.path, a.path));
  const reads = ({ path }) => kinds.some((kind) => path.toLowerCase().endsWith(kind));
  const wanted = there.filter(reads);
  const passed = there.filter((one) => !reads(one)).map(({ path }) => path).reverse();
  const empty = wanted.length ? [] : [t("folder_empty")];
  if (!wanted.length && !alone.length) return tell("problems", [...unread, ...empty].join("\n"));
  return openFiles([...alone, ...wanted], [...unread, ...(passed.length ? [t("folder_passed", { names: named(passed) })] : empty)]);
}

async function openDropped(entries) {
  drop.classList.add("busy");
  const { alone, inside, unread } = await filesOf(entries);
  drop.classList.remove("busy");
  if (entries.some(({ entry }) => entry?.isDirectory)) openFolder(inside, alone, unread);
  else openFiles(alone);
}

files.addEventListener("change", () => openFiles([...files.files].map((file) => ({ file, path: "" }))));
folder.addEventListener("change", () => openFolder([...folder.files].map((file) => ({ file, path: file.webkitRelativePath }))));
document.getElementById("close-all")?.addEventListener("click", async (event) => {
  if (!confirm(event.target.dataset.sure)) return;
  await send("/api/sheets", { method: "DELETE" });
  location.reload();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  openText(text.value);
});
document.getElementById("sample")?.addEventListener("click", async () => {
  const answer = await fetch(`${root}/sample`);
  openText(await answer.text());
});
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
  if (entries.length) openDropped(entries);
  else if (event.dataTransfer.getData("text")) openText(event.dataTransfer.getData("text"));
});
