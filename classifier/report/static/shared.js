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
  // one); the elements in it stay. A stretch of text without elements is taken out whole and another put in its place, so
  // that the work grows with the text and not with its square, and the text itself comes back untouched.
  var originals = new WeakMap();

  function set(element, spans, colour) {
    var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [], at = 0, next = 0, node;
    while ((node = walker.nextNode())) { nodes.push(node); }
    var ordered = spans.slice().sort(function (a, b) { return a.start - b.start; });
    nodes.forEach(function (one) {
      var text = one.data, end = at + text.length, done = 0, marked = document.createElement("span");
      while (next < ordered.length && ordered[next].start < end) {
        var span = ordered[next], from = Math.max(span.start - at, done), to = Math.min(span.end - at, text.length);
        if (from < to) {
          if (done < from) { marked.append(text.slice(done, from)); }
          marked.append(mark(text.slice(from, to), span.weight, colour));
          done = to;
        }
        if (span.end > end) { break; } // it goes on in the next stretch
        next += 1;
      }
      at = end;
      if (!done) { return; }
      if (done < text.length) { marked.append(text.slice(done)); }
      marked.className = "marked";
      originals.set(marked, one);
      one.replaceWith(marked);
    });
  }

  function mark(text, weight, colour) {
    var made = document.createElement("mark"), pull = Math.abs(weight), strength = pull >= 1 ? 3 : pull >= 0.4 ? 2 : 1;
    made.className = colour + " w" + strength + (weight < 0 ? " minus" : "");
    made.title = (weight > 0 ? "+" : "\u2212") + pull.toFixed(2);
    made.textContent = text;
    return made;
  }

  function clear(element) {
    element.querySelectorAll(".marked").forEach(function (one) { one.replaceWith(originals.get(one)); });
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
