import { once, send } from "./app.js";

// Change which version is in use; `inUse`: the one that this page shows. The page, made anew, says what holds now.
export function changeInUse(path, button, inUse) {
  return once(button, async () => {
    await send(`${path}?in_use=${encodeURIComponent(inUse)}`);
    location.reload();
  });
}
