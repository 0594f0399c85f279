// How far one has come: on this sheet, with all decisions, and how often the model said the same.
import { make, send, t } from "./app.js";

const { sheet } = document.getElementById("desk").dataset;
let soon;
let asked = 0;
let told = 0; // the question whose answer is shown: one that was asked before it may be answered behind it

// Ask soon: several decisions in a row ask once.
export function progressSoon() {
  clearTimeout(soon);
  soon = setTimeout(progress, 300);
}

export async function progress() {
  const question = ++asked;
  let now;
  try {
    now = await send(`/api/progress?sheet=${sheet}`, { method: "GET" });
  } catch {
    return;
  }
  if (question < told) return;
  told = question;
  const bar = document.getElementById("bar");
  bar.max = now.of || 1;
  bar.value = now.sheet;
  const lines = [t("progress_sheet", { a: now.sheet, b: now.of }), t("progress_all", { n: now.decisions.toLocaleString() })];
  if (now.told) lines.push(t("agreement", { a: now.agreed, b: now.told, share: `${Math.round((100 * now.agreed) / now.told)}%` }));
  document.getElementById("counts").replaceChildren(...lines.flatMap((line) => [line, make("br")]));
  document.getElementById("done").hidden = !now.of || now.sheet < now.of;
}
