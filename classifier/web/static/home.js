// Open documents: dropped, chosen or pasted.
import { clearProblems, problem, root, send, t, tell, tellNext } from "./app.js";

const form = document.getElementById("open");
const drop = document.getElementById("drop");
const files = document.getElementById("files");
const text = document.getElementById("text");
const limit = Number(form.dataset.limit); // MB

async function open(form) {
  return send("/api/sheets", { form });
}

async function openFiles(list) {
  clearProblems();
  drop.classList.add("busy");
  const failed = [];
  let last = null;
  for (const file of list) {
    // a server that refuses it closes the connection in the middle, which looks like no answer
    if (file.size > limit * 1e6) {
      failed.push(t("too_large", { name: file.name, n: limit }));
      continue;
    }
    const data = new FormData();
    data.set("file", file);
    try {
      last = await open(data);
    } catch (error) {
      failed.push(error.message.startsWith(file.name) ? error.message : `${file.name}: ${error.message}`);
    }
  }
  drop.classList.remove("busy");
  files.value = ""; // the same file can be chosen again once it is mended
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

files.addEventListener("change", () => openFiles([...files.files]));
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
  const list = [...event.dataTransfer.files];
  if (list.length) openFiles(list);
  else if (event.dataTransfer.getData("text")) openText(event.dataTransfer.getData("text"));
});
