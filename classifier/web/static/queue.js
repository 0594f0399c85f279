import { clearProblems, problem, send, t } from "./app.js";

document.getElementById("choose")?.addEventListener("click", async (event) => {
  clearProblems();
  event.target.disabled = true;
  const note = document.getElementById("choosing");
  note.textContent = t("queue_choosing");
  try {
    location.href = (await send("/api/queue")).url;
  } catch (error) {
    problem(error);
    note.textContent = "";
    event.target.disabled = false;
  }
});
