import { problem, send, t } from "./app.js";

const { inUse } = document.querySelector(".versions").dataset; // as this page shows it

async function change(path, button) {
  button.disabled = true;
  try {
    await send(`${path}?in_use=${encodeURIComponent(inUse)}`);
    location.reload();
  } catch (error) {
    button.disabled = false;
    problem(error);
  }
}

for (const button of document.querySelectorAll("[data-promote]"))
  button.addEventListener("click", () => change(`/api/models/${encodeURIComponent(button.dataset.promote)}/promote`, button));
const back = document.getElementById("rollback");
back?.addEventListener("click", () => change("/api/models/rollback", back));
