import { changeInUse } from "./in_use.js";

const { inUse } = document.querySelector(".versions").dataset; // as this page shows it

for (const button of document.querySelectorAll("[data-promote]"))
  button.addEventListener("click", () => changeInUse(`/api/models/${encodeURIComponent(button.dataset.promote)}/promote`, button, inUse));
const back = document.getElementById("rollback");
back?.addEventListener("click", () => changeInUse("/api/models/rollback", back, inUse));
