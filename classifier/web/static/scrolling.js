// Where a paragraph stands on the screen, with the page's head above it and the panel beside or below it.
const head = document.querySelector(".top");
const panel = document.getElementById("panel");

// Scroll a paragraph to where nothing covers it: below the page's head and, on a narrow screen, above the panel.
// `clicked`: it is where the eyes are and moves no more than it must.
export function bring(item, clicked) {
  const narrow = getComputedStyle(panel).position === "fixed";
  if (clicked && !narrow) return;
  const top = head.offsetHeight + 20;
  const bottom = window.innerHeight - (narrow ? panel.offsetHeight : 0) - 20;
  const box = item.getBoundingClientRect();
  const rest = Math.max(0, bottom - top - box.height); // none where it is too long: then its beginning is shown
  if (clicked) window.scrollBy(0, Math.max(0, Math.min(box.bottom - bottom, box.top - top)));
  else if (box.top < top || box.bottom > bottom) window.scrollBy(0, box.top - top - rest / 3);
}
