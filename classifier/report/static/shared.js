// Words marked where they stand, and tables that sort: for the reports and the pages of the server.
(function () {
  "use strict";

  // Places are counted in characters; the page counts in UTF-16 units, which differ after characters beyond U+FFFF.
  function unitPlaces(text) {
    if (!/[\ud800-\udbff]/.test(text)) { return function (place) { return place; }; }
    var units = [0], at = 0;
    Array.from(text).forEach(function (letter) { at += letter.length; units.push(at); });
    return function (place) { return units[place]; };
  }

  // Mark stretches of an element's text ({start, end, weight}, in any order; of two that overlap the rest of the later
  // one); the elements in it stay. Very many are painted over the text, where the browser can do that: elements would
  // have it lay out the whole paragraph again. They say nothing when pointed at.
  var MANY = 500, highlighted = new WeakMap();

  function set(element, spans, colour) {
    clear(element);
    var pieces = cut(element, spans);
    if (spans.length > MANY && window.Highlight) { paint(element, pieces, colour); } else { replace(pieces, colour); }
  }

  // The stretches by the text nodes that they stand in: [{node, parts: [{from, to, weight}]}].
  function cut(element, spans) {
    var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [], at = 0, next = 0, node;
    var ordered = spans.slice().sort(function (a, b) { return a.start - b.start; });
    while ((node = walker.nextNode()) && next < ordered.length) {
      var end = at + node.length, done = 0, parts = [];
      while (next < ordered.length && ordered[next].start < end) {
        var span = ordered[next], from = Math.max(span.start - at, done), to = Math.min(span.end - at, node.length);
        if (from < to) { parts.push({ from: from, to: done = to, weight: span.weight }); }
        if (span.end > end) { break; } // it goes on in the next node
        next += 1;
      }
      if (parts.length) { found.push({ node: node, parts: parts }); }
      at = end;
    }
    return found;
  }

  // A text node is taken out whole and another stretch put in its place, so that the work grows with the text and not
  // with its square, and the text itself comes back untouched.
  var originals = new WeakMap();

  function replace(pieces, colour) {
    pieces.forEach(function (piece) {
      var text = piece.node.data, done = 0, marked = document.createElement("span");
      piece.parts.forEach(function (part) {
        if (done < part.from) { marked.append(text.slice(done, part.from)); }
        marked.append(mark(text.slice(part.from, part.to), part.weight, colour));
        done = part.to;
      });
      if (done < text.length) { marked.append(text.slice(done)); }
      marked.className = "marked";
      originals.set(marked, piece.node);
      piece.node.replaceWith(marked);
    });
  }

  function mark(text, weight, colour) {
    var made = document.createElement("mark");
    made.className = colour + " w" + strength(weight) + (weight < 0 ? " minus" : "");
    made.title = (weight > 0 ? "+" : "\u2212") + Math.abs(weight).toFixed(2);
    made.textContent = text;
    return made;
  }

  function strength(weight) {
    var pull = Math.abs(weight);
    return pull >= 1 ? 3 : pull >= 0.4 ? 2 : 1;
  }

  function paint(element, pieces, colour) {
    var ranges = [];
    pieces.forEach(function (piece) {
      piece.parts.forEach(function (part) {
        var name = "w" + strength(part.weight) + (part.weight < 0 ? "-minus" : "");
        if (!CSS.highlights.has(name)) { CSS.highlights.set(name, new Highlight()); }
        var range = new StaticRange({
          startContainer: piece.node, startOffset: part.from, endContainer: piece.node, endOffset: part.to
        });
        CSS.highlights.get(name).add(range);
        ranges.push([name, range]);
      });
    });
    highlighted.set(element, ranges);
    element.style.setProperty("--mark-line", "var(--" + colour + ")");
    element.style.setProperty("--mark-ground", "var(--t" + colour.slice(1) + ")");
  }

  function clear(element) {
    element.querySelectorAll(".marked").forEach(function (one) { one.replaceWith(originals.get(one)); });
    (highlighted.get(element) || []).forEach(function (one) { CSS.highlights.get(one[0]).delete(one[1]); });
    highlighted.delete(element);
  }

  window.marks = { set: set, clear: clear, unitPlaces: unitPlaces };

  // --- sorting ---------------------------------------------------------------------------------------------------

  document.querySelectorAll("table.sortable").forEach(function (table) {
    table.tHead.addEventListener("click", function (event) {
      var head = event.target.closest("th");
      if (!head) { return; }
      var column = head.cellIndex, number = head.dataset.sort === "number";
      var first = number ? "descending" : "ascending", other = number ? "ascending" : "descending";
      var order = head.getAttribute("aria-sort") === first ? other : first, sign = order === "ascending" ? 1 : -1;
      var rows = Array.from(table.tBodies[0].rows);
      var value = function (row) { var cell = row.cells[column]; return number ? +cell.dataset.v : cell.textContent.trim(); };
      rows.sort(function (a, b) {
        var x = value(a), y = value(b);
        return sign * (number ? x - y : x.localeCompare(y, "zh-Hans", { numeric: true }));
      });
      table.tHead.querySelectorAll("th").forEach(function (one) { one.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", order);
      rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
    });
  });
})();
