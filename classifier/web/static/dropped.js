// What is dropped onto a page: files, and folders with all that is in them.
import { t } from "./app.js";

/** Return what was dropped, file or folder each. To be called while the event is handled: after it, nothing is left. */
export function droppedEntries(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  return items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
}

/**
 * Return { alone, inside, unread }: the files that were dropped themselves; those of folders, each with its path from the
 * folder's name on; the paths that could not be read, with the reason.
 */
export async function filesOf(dropped) {
  const found = { alone: [], inside: [], unread: [] };
  const folders = [];
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) folders.push(entry);
    else if (file) found.alone.push({ file, path: "" });
  }
  while (folders.length) await readFolder(folders.pop(), folders, found);
  found.inside.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

/** Put a folder's files into `found` and the folders in it into `folders`. */
async function readFolder(folder, folders, found) {
  try {
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory) folders.push(entry);
      else await readFile(entry, found);
    }
  } catch (error) {
    found.unread.push(t("of_what", { name: pathOf(folder), said: error.message }));
  }
}

async function readFile(entry, found) {
  try {
    found.inside.push({ file: await new Promise((done, failed) => entry.file(done, failed)), path: pathOf(entry) });
  } catch (error) {
    found.unread.push(t("of_what", { name: pathOf(entry), said: error.message }));
  }
}

/** Return all entries of a folder, which a browser hands out by the hundred: an empty lot is the last. */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const entries = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return entries;
    entries.push(...some);
  }
}

function pathOf(entry) {
  return entry.fullPath.replace(/^\//, "");
}
