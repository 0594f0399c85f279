import { once, send, t } from "./app.js";

const button = document.getElementById("choose");
button?.addEventListener("click", () => once(button, choose));

async function choose() {
  const note = document.getElementById("choosing");
  note.textContent = t("queue_choosing");
  try {
    location.href = (await send("/api/queue")).url;
  } catch (error) {
    note.textContent = "";
    throw error;
  }
}
