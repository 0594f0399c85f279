import { problem, send } from "./app.js";

// Change which version is in use; `inUse`: the one that this page shows. The page, made anew, says what holds now.
export async function changeInUse(path, button, inUse) {
  button.disabled = true;
  try {
    await send(`${path}?in_use=${encodeURIComponent(inUse)}`);
    location.reload();
  } catch (error) {
    button.disabled = false;
    problem(error);
  }
}
