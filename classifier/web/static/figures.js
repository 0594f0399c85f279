// What a document comes to: each label's share of its text, and its map, as they follow from what counts now.

// The labels of each sentence, as the server reckons (`labelling/decided.py`): where a person decided on a paragraph,
// what else the model finds in a sentence does not count, and a label that no sentence carries counts for all of those
// that nobody labelled.
function carried({ decided, labels, sentences }) {
  if (!decided) return sentences.map((one) => one.labels);
  const found = sentences.map((one) => (one.decided ? one.labels : one.labels.filter((label) => labels.includes(label))));
  const missing = labels.filter((label) => !found.some((some) => some.includes(label)));
  const every = sentences.every((one) => one.decided);
  return found.map((some, place) => (every || !sentences[place].decided ? [...some, ...missing] : some));
}

function shares(states, ids) {
  const counts = new Map([...ids, "none"].map((id) => [id, 0]));
  for (const state of states)
    for (const [place, some] of carried(state).entries()) {
      const { start, end } = state.sentences[place];
      for (const label of some.length ? new Set(some) : ["none"]) counts.set(label, (counts.get(label) ?? 0) + end - start);
    }
  const total = states.reduce((sum, { size }) => sum + size, 0) || 1;
  return [...counts.values()].map((count) => count / total);
}

// Neighbours of one colour are one stretch (`report/document.py`).
function stretches(states, labels) {
  const total = states.reduce((sum, { size }) => sum + size, 0) || 1;
  const found = [];
  let done = 0;
  for (const [index, state] of states.entries()) {
    const colour = labels.find((one) => one.id === state.labels[0])?.colour ?? "none";
    const width = (100 * state.size) / total;
    if (found.at(-1)?.colour === colour) found.at(-1).width += width;
    else found.push({ index, x: done, width, colour });
    done += width;
  }
  return found;
}

function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Show what paragraphs come to, in the table and the map at the head of the page, if they are there.
export function paintFigures(states, labels) {
  const rows = [...document.querySelectorAll(".head table.shares tr")];
  const colours = [...labels.map((one) => one.colour), "none"];
  for (const [place, share] of rows.length ? shares(states, labels.map((one) => one.id)).entries() : []) {
    rows[place]?.querySelector(".n").replaceChildren(`${(100 * share).toFixed(0)}%`);
    const drawn = share ? [svg("rect", { class: `c${colours[place]}`, width: `${(100 * share).toFixed(1)}%`, height: "100%" })] : [];
    rows[place]?.querySelector(".bar").replaceChildren(...drawn);
  }
  document.querySelector(".strip")?.replaceChildren(
    ...stretches(states, labels).map(({ index, x, width, colour }) => {
      const link = svg("a", { href: `#p${index}` });
      link.append(svg("rect", { class: `c${colour}`, x: `${x.toFixed(2)}%`, width: `${width.toFixed(2)}%`, height: "100%" }));
      return link;
    }),
  );
}
