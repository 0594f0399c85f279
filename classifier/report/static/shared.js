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

  // Mark stretches of an element's text ({start, end, weight}, the last one first); the elements in it stay.
  function set(element, spans, colour) {
    var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [], at = 0, node;
    while ((node = walker.nextNode())) { nodes.push([at, node]); at += node.data.length; }
    spans.forEach(function (span) {
      nodes.forEach(function (pair) {
        var start = Math.max(span.start - pair[0], 0), end = Math.min(span.end - pair[0], pair[1].data.length);
        if (start >= end) { return; }
        var range = document.createRange(), mark = document.createElement("mark");
        range.setStart(pair[1], start);
        range.setEnd(pair[1], end);
        var pull = Math.abs(span.weight), strength = pull >= 1 ? 3 : pull >= 0.4 ? 2 : 1;
        mark.className = colour + " w" + strength + (span.weight < 0 ? " minus" : "");
        mark.title = (span.weight > 0 ? "+" : "\u2212") + Math.abs(span.weight).toFixed(2);
        range.surroundContents(mark);
      });
    });
  }

  function clear(element) {
    element.querySelectorAll("mark").forEach(function (mark) { mark.replaceWith.apply(mark, Array.from(mark.childNodes)); });
    element.normalize();
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
