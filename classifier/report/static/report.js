// Filters, words marked in place, and where in the outline one is. The page can be read without it.
(function () {
  "use strict";
  var marks = window.marks;
  var body = document.body;
  var paragraphs = Array.prototype.slice.call(document.querySelectorAll(".p"));
  var form = document.getElementById("filters");

  // --- words marked in place -------------------------------------------------------------------------------------

  function signed(value) { return (value < 0 ? "\u2212" : "+") + Math.abs(value).toFixed(2); }

  function unmark(paragraph) {
    var text = paragraph.querySelector(".text");
    marks.clear(text);
    paragraph.querySelectorAll(".reason").forEach(function (one) { one.remove(); });
    paragraph.querySelectorAll(".chip[aria-pressed=true]").forEach(function (chip) { chip.setAttribute("aria-pressed", "false"); });
  }

  function colourOf(chip) { return /\bc\d\b/.exec(chip.className)[0]; }

  function show(chip, withWords) {
    var paragraph = chip.closest(".p"), text = paragraph.querySelector(".text"), content = text.textContent;
    unmark(paragraph);
    chip.setAttribute("aria-pressed", "true");
    var unit = marks.unitPlaces(content), sides = { plus: [], minus: [] }, spans = [];
    JSON.parse(chip.dataset.why || "[]").forEach(function (one) {
      var weight = one[0] / 100, places = one[1];
      for (var i = 0; i < places.length; i += 2) {
        spans.push({ start: unit(places[i]), end: unit(places[i + 1]), weight: weight });
      }
      var word = content.slice(unit(places[0]), unit(places[1])).replace(/\s+/g, "");
      sides[weight > 0 ? "plus" : "minus"].push(word + "\u00a0" + signed(weight));
    });
    marks.set(text, spans, colourOf(chip));
    if (!withWords) { return; }
    var line = document.createElement("p"), name = document.createElement("b"), parts = [];
    line.className = "reason " + colourOf(chip);
    name.textContent = chip.querySelector("b").textContent;
    if (sides.plus.length) { parts.push(body.dataset.for + " " + sides.plus.join(", ")); }
    if (sides.minus.length) { parts.push(body.dataset.against + " " + sides.minus.join(", ")); }
    if (chip.dataset.topics) { parts.push(body.dataset.topics + " " + chip.dataset.topics); }
    line.append(name, parts.join("; "));
    text.after(line);
  }

  document.addEventListener("click", function (event) {
    var chip = event.target.closest && event.target.closest(".chip[aria-pressed]");
    if (!chip) { return; }
    if (chip.getAttribute("aria-pressed") === "true" && chip.closest(".p").querySelector(".reason")) { unmark(chip.closest(".p")); }
    else { show(chip, true); }
  });

  function markAll(on) {
    paragraphs.forEach(function (paragraph) {
      if (paragraph.hidden && on) { return; }
      var chip = paragraph.querySelector(".chip[aria-pressed]:not(.near)");
      if (on && chip) { show(chip, false); } else if (!on) { unmark(paragraph); }
    });
  }

  // --- on a narrow screen what leads through the page is folded up -------------------------------------------------

  var button = document.querySelector(".fold"), narrow = window.matchMedia("(max-width: 62rem)");
  function fold(folded) {
    button.parentNode.classList.toggle("folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
  }
  if (button) {
    button.addEventListener("click", function () { fold(button.getAttribute("aria-expanded") === "true"); });
    fold(narrow.matches);
  }

  // --- filters ---------------------------------------------------------------------------------------------------

  function matches(paragraph, labels, certainty, words) {
    if (labels.length && !paragraph.dataset.l.split(" ").some(function (one) { return labels.indexOf(one) >= 0; })) { return false; }
    var uncertain = paragraph.classList.contains("uncertain");
    if (certainty !== "all" && uncertain !== (certainty === "uncertain")) { return false; }
    return !words || paragraph.querySelector(".text").textContent.toLowerCase().indexOf(words) >= 0;
  }

  // Headings over what is shown stay, faintly, so that one knows where one is.
  function keepContext(shown) {
    var kept = new Set(), open = [];
    paragraphs.forEach(function (paragraph, i) {
      if (i === 0 || paragraph.parentNode !== paragraphs[i - 1].parentNode) { open = []; }
      var level = +(/\bh(\d)\b/.exec(paragraph.className) || [0, 0])[1];
      if (level) { open = open.filter(function (one) { return one.level < level; }); }
      if (shown[i]) { open.forEach(function (one) { kept.add(one.paragraph); }); }
      if (level) { open.push({ level: level, paragraph: paragraph }); }
    });
    return kept;
  }

  function filter() {
    var data = new FormData(form), labels = data.getAll("label"), words = (data.get("words") || "").trim().toLowerCase();
    var certainty = data.get("certainty"), active = labels.length > 0 || certainty !== "all" || words !== "";
    var shown = paragraphs.map(function (one) { return !active || matches(one, labels, certainty, words); });
    var context = active ? keepContext(shown) : new Set(), count = 0;
    paragraphs.forEach(function (paragraph, i) {
      if (shown[i]) { count += 1; }
      paragraph.hidden = !shown[i] && !context.has(paragraph);
      paragraph.classList.toggle("context", !shown[i] && context.has(paragraph));
    });
    document.querySelectorAll(".doc").forEach(function (doc) { doc.hidden = active && !doc.querySelector(".p:not([hidden])"); });
    document.getElementById("count").textContent = count.toLocaleString("en");
  }

  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && form && target.closest("[hidden]")) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  }

  if (form) {
    form.addEventListener("input", function (event) {
      if (event.target.name === "mark") { markAll(event.target.checked); } else { filter(); }
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { markAll(false); filter(); }); });
    window.addEventListener("hashchange", reveal);
    reveal();
  }

  // --- where one is ----------------------------------------------------------------------------------------------

  var links = new Map();
  document.querySelectorAll(".outline a[href^='#']").forEach(function (link) { links.set(link.getAttribute("href").slice(1), link); });
  if (!("IntersectionObserver" in window) || !links.size) { return; }
  var here = null;
  var observer = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) { return; }
      if (here) { here.classList.remove("here"); }
      here = links.get(entry.target.id);
      var closed = here.closest("details:not([open])");
      if (closed) { here = closed.querySelector("a"); }
      here.classList.add("here");
      var pane = here.closest(".outline"), top = here.offsetTop - pane.offsetTop;
      if (pane.scrollHeight > pane.clientHeight && (top < pane.scrollTop || top > pane.scrollTop + pane.clientHeight - 40)) {
        pane.scrollTop = top - pane.clientHeight / 2;
      }
    });
  }, { rootMargin: "-5% 0px -80% 0px" });
  links.forEach(function (link, id) { var target = document.getElementById(id); if (target) { observer.observe(target); } });
})();
