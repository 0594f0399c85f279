// Keys, and what they do one after the other.

// What is pressed while a confirmation waits for its answer speaks of the paragraph that comes then: it waits, too, and
// is dropped where the confirmation failed.
const pressed = [];
let busy = false;
export async function act(action) {
  pressed.push(action);
  if (busy) return;
  busy = true;
  try {
    while (pressed.length) if ((await pressed.shift()()) === false) pressed.length = 0;
  } finally {
    busy = false;
  }
}

// Listen to keys. `actions`: what a key does, by its name; `digit`: told of a digit, undefined for one without a meaning;
// `repeats`: keys that go on while they are held down.
export function onKeys(actions, digit, repeats) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=radio]), textarea, select, summary, a")) return;
    if (event.key.startsWith("Arrow") && event.target.closest("input")) return; // they choose among radio buttons
    if (event.key === "Enter" && event.target.closest("button") && !event.repeat) return;
    // Caps Lock makes no difference; a letter with Shift means nothing.
    const key = event.key.length > 1 || event.shiftKey ? event.key : event.key.toLowerCase();
    const action = /^[0-9]$/.test(key) ? digit(Number(key)) : actions[key];
    if (!action) return;
    event.preventDefault();
    if (!event.repeat || repeats[key]) act(action); // a key that is held down decides once
  });
}
