(function () {
  "use strict";
  var table = document.getElementById("table"), body = table.tBodies[0];
  var find = document.getElementById("find"), only = document.getElementById("only"), shown = document.getElementById("shown");
  var rank = { absent: 0, unmet: 1, unproven: 2, review: 3, met: 4, none: -1 };
  function filter() {
    var words = find.value.trim().toLowerCase(), count = 0;
    Array.prototype.forEach.call(body.rows, function (row) {
      var ok = (!only.value || row.dataset.gate === only.value) && (!words || row.dataset.words.toLowerCase().indexOf(words) >= 0);
      row.hidden = !ok;
      if (ok) { count += 1; }
    });
    shown.textContent = "显示 " + count + " 份";
  }
  function value(row, column) {
    var key = row.cells[column].dataset.key;
    if (key in rank) { return rank[key]; }
    return isNaN(key) ? key : Number(key);
  }
  Array.prototype.forEach.call(table.querySelectorAll("button[data-sort]"), function (button) {
    button.addEventListener("click", function () {
      var head = button.parentNode, column = Number(button.dataset.sort);
      var up = head.getAttribute("aria-sort") !== "ascending";
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.setAttribute("aria-sort", "none"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      var rows = Array.prototype.slice.call(body.rows);
      rows.sort(function (a, b) {
        var x = value(a, column), y = value(b, column);
        var order = typeof x === "string" || typeof y === "string" ? String(x).localeCompare(String(y), "zh") : x - y;
        return up ? order : -order;
      });
      rows.forEach(function (row) { body.appendChild(row); });
    });
  });
  find.addEventListener("input", filter);
  only.addEventListener("change", filter);
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== find) { event.preventDefault(); find.focus(); }
  });
  filter();
})();
