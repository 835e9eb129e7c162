(function () {
  "use strict";
  var $ = function (id) { return document.getElementById(id); };
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var SVG = "http://www.w3.org/2000/svg";

  // Whatever a link leads to is opened first: folded parts and rows of the grid.
  function reveal(element) {
    for (var node = element; node && node !== document; node = node.parentNode) {
      if (node.tagName === "DETAILS") { node.open = true; }
      if (node.classList && node.classList.contains("detail") && node.hidden) { unfold(node, true); }
      if (node.tagName === "TBODY" && node.hidden) { clearFilters(); }
    }
  }
  function unfold(row, open) {
    row.hidden = !open;
    var button = document.querySelector('[aria-controls="' + row.id + '"]');
    if (button) { button.setAttribute("aria-expanded", String(open)); }
  }
  function go(id) {
    var target = id && $(id);
    if (!target) { return; }
    reveal(target);
    target.scrollIntoView({ block: target.classList.contains("tile") ? "center" : "start" });
    if (target.hasAttribute("tabindex")) { target.focus({ preventScroll: true }); }
    all(".now").forEach(function (other) { other.classList.remove("now"); });
    if (target.classList.contains("tile")) { target.classList.add("now"); }
  }
  function fragment() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch (error) { return location.hash.slice(1); }
  }
  window.addEventListener("hashchange", function () { go(fragment()); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('a[href^="#"]');
    // The same link twice changes no hash: go there all the same.
    if (link && link.getAttribute("href") === location.hash) { go(fragment()); }
  });

  // The grid: rows unfold, filters.
  all(".matrix .open").forEach(function (button) {
    button.addEventListener("click", function () {
      var row = $(button.getAttribute("aria-controls"));
      unfold(row, row.hidden);
    });
  });
  var area = $("f-area"), state = $("f-state"), starred = $("f-starred");
  function filter() {
    var shown = 0;
    all("#matrix > tbody").forEach(function (body) {
      var fits = (!area.value || body.dataset.area === area.value) && (!state.value || body.dataset.state === state.value) &&
        (!starred.checked || body.dataset.starred === "1");
      body.hidden = !fits;
      if (fits) { shown += 1; }
    });
    $("f-count").textContent = shown + "项";
    $("f-none").hidden = shown > 0;
  }
  function clearFilters() {
    if (!area) { return; }
    area.value = ""; state.value = ""; starred.checked = false;
    filter();
  }
  if (area) {
    [area, state, starred].forEach(function (field) { field.addEventListener("change", filter); });
    document.querySelector(".filters").addEventListener("submit", function (event) { event.preventDefault(); });
  }

  // The viewer: the page with its boxes.
  var viewer = $("viewer"), opener = null, current = null;
  function shots() {
    var seen = {}, list = [];
    all(".crop").forEach(function (crop) {
      var id = crop.getAttribute("data-open");
      if (!seen[id]) { seen[id] = true; list.push(crop); }
    });
    return list;
  }
  function show(crop) {
    var use = crop.querySelector("use"), image = $(use.getAttribute("href").slice(1));
    var tile = crop.closest(".tile");
    var svg = document.createElementNS(SVG, "svg");
    var box = ["x", "y", "width", "height"].map(function (name) { return image.getAttribute(name); });
    svg.setAttribute("viewBox", box.join(" "));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", "原页图片，方框处为引文");
    svg.appendChild(use.cloneNode(true));
    all("rect.hit", crop).forEach(function (rect) { svg.appendChild(rect.cloneNode(true)); });
    var page = $("v-page");
    while (page.firstChild) { page.removeChild(page.firstChild); }
    page.appendChild(svg);
    var mark = tile.querySelector("blockquote mark") || tile.querySelector("blockquote");
    $("v-title").textContent = tile.dataset.evidence + "　" + tile.querySelector(".place").textContent;
    $("v-text").textContent = mark.textContent;
    current = crop;
    if (viewer.hidden) {
      viewer.hidden = false;
      document.body.style.overflow = "hidden";
      $("v-close").focus();
    }
    var hit = svg.querySelector("rect.hit");
    if (hit) {
      var rect = hit.getBoundingClientRect(), frame = page.getBoundingClientRect();
      page.scrollTop += rect.top - frame.top - frame.height / 3;
      page.scrollLeft += rect.left + rect.width / 2 - frame.left - frame.width / 2;
    }
  }
  function close() {
    if (viewer.hidden) { return false; }
    viewer.hidden = true;
    document.body.style.overflow = "";
    if (opener) { opener.focus(); }
    return true;
  }
  function turn(by) {
    var list = shots(), at = -1;
    list.forEach(function (crop, index) { if (crop.getAttribute("data-open") === current.getAttribute("data-open")) { at = index; } });
    var next = list[(at + by + list.length) % list.length];
    if (next) { show(next); }
  }
  document.addEventListener("click", function (event) {
    var crop = event.target.closest && event.target.closest(".crop");
    if (crop) { opener = crop; show(crop); }
    if (event.target === viewer) { close(); }
  });
  $("v-close").addEventListener("click", close);
  $("v-prev").addEventListener("click", function () { turn(-1); });
  $("v-next").addEventListener("click", function () { turn(1); });
  $("v-zoom").addEventListener("click", function () {
    var big = $("v-page").classList.toggle("big");
    this.setAttribute("aria-pressed", String(big));
    if (current) { show(current); }
  });
  viewer.addEventListener("keydown", function (event) {
    if (event.key !== "Tab") { return; }
    var stops = all("button, [tabindex='0']", viewer), first = stops[0], last = stops[stops.length - 1];
    if (event.shiftKey && document.activeElement === first) { last.focus(); event.preventDefault(); }
    else if (!event.shiftKey && document.activeElement === last) { first.focus(); event.preventDefault(); }
  });

  // Search: everything that a reader can read, blanks and case left out.
  var field = $("q"), hits = $("hits"), index = null;
  function plain(text) { return text.replace(/\s+/g, "").toLowerCase(); }
  function build() {
    index = [];
    var add = function (element, target) { index.push({ key: plain(element.textContent), text: element.textContent.replace(/\s+/g, " ").trim(), target: target }); };
    all(".card").forEach(function (card) { add(card.querySelector("header"), card); all(".because, .steps li, .grid tr", card).forEach(function (part) { add(part, part); }); });
    all(".tile[id]").forEach(function (tile) { add(tile.querySelector(".where"), tile); add(tile.querySelector("blockquote"), tile); });
    all(".gate .why li, #matrix > tbody > tr:first-child, .issue h3, #package tbody tr, #unread tbody tr, #documents tbody tr, .debris").forEach(function (row) { add(row, row); });
  }
  function search() {
    var query = plain(field.value);
    while (hits.firstChild) { hits.removeChild(hits.firstChild); }
    if (!query) { return; }
    if (!index) { build(); }
    var seen = [], found = [];
    index.forEach(function (entry) {
      if (entry.key.indexOf(query) >= 0 && seen.indexOf(entry.target) < 0) { seen.push(entry.target); found.push(entry); }
    });
    hits.appendChild(document.createTextNode(found.length ? "找到" + found.length + "处" + (found.length > 60 ? "，列出前60处" : "") : "没有找到"));
    if (!found.length) { return; }
    var list = document.createElement("ul");
    found.slice(0, 60).forEach(function (entry, number) {
      if (!entry.target.id) { entry.target.id = "hit-" + number + "-" + index.indexOf(entry); }
      var item = document.createElement("li"), link = document.createElement("a"), at = entry.text.toLowerCase().indexOf(field.value.trim().toLowerCase());
      link.href = "#" + encodeURIComponent(entry.target.id);
      link.textContent = (at > 14 ? "…" : "") + entry.text.slice(Math.max(0, at - 14), Math.max(0, at - 14) + 44);
      item.appendChild(link);
      list.appendChild(item);
    });
    hits.appendChild(list);
  }
  field.addEventListener("input", search);
  document.querySelector(".search").addEventListener("submit", function (event) {
    event.preventDefault();
    var link = hits.querySelector("a");
    if (link) { link.click(); }
  });

  // Keys.
  var walked = null;
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") {
      if (!close() && document.activeElement === field) { field.value = ""; search(); field.blur(); }
      return;
    }
    if (!viewer.hidden) {
      if (event.key === "ArrowRight" || event.key === "j") { turn(1); }
      if (event.key === "ArrowLeft" || event.key === "k") { turn(-1); }
      return;
    }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    if (event.key === "/") { event.preventDefault(); field.focus(); field.select(); }
    if (event.key === "j" || event.key === "k") {
      var cards = all(".card"), at = walked ? cards.indexOf(walked) : -1, exact = true;
      if (at < 0) {
        cards.forEach(function (card, number) { if (card.getBoundingClientRect().top <= 40) { at = number; } });
        exact = at >= 0 && Math.abs(cards[at].getBoundingClientRect().top - 12) < 30;
      }
      var next = event.key === "j" ? at + 1 : (exact ? at - 1 : at);
      if (cards[next]) { history.replaceState(null, "", "#" + cards[next].id); go(cards[next].id); walked = cards[next]; }
    } else if (/^(Arrow|Page|Home|End| )/.test(event.key)) { walked = null; }
  });
  // The walk goes on from where it went last, whatever the layout does meanwhile, until the reader moves the page.
  ["wheel", "touchmove", "mousedown", "hashchange"].forEach(function (kind) { window.addEventListener(kind, function () { walked = null; }, { passive: true }); });

  // On paper everything is open; afterwards as it was.
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = all("details").filter(function (part) { return !part.open; });
    folded.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () { folded.forEach(function (part) { part.open = false; }); });

  if (location.hash) { go(fragment()); }
})();
