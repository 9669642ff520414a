// The answer's page: options switched on and off, the values of a chart by pointer and keyboard, and the contents that follow.
// Everything is on the page without it.
(function () {
  "use strict";
  var english = document.documentElement.lang === "en";

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  function contents() {
    var links = all(".tl-contents a");
    if (!("IntersectionObserver" in window) || !links.length) return;
    var headings = links.map(function (link) { return document.getElementById(link.hash.slice(1)); });
    var sections = headings.map(function (heading) { return heading && heading.closest("section"); });
    var seen = new Set();
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) seen.add(entry.target); else seen.delete(entry.target);
      });
      var first = sections.findIndex(function (section) { return seen.has(section); });
      links.forEach(function (link, place) {
        if (place === first) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
    }, { rootMargin: "-10% 0px -60% 0px" });
    sections.forEach(function (section) { if (section) watch.observe(section); });
  }

  function switches() {
    var box = document.querySelector("[data-vis]");
    if (!box) return;
    box.hidden = false;
    box.addEventListener("change", function (event) {
      var place = event.target.value, off = !event.target.checked;
      var name = document.querySelector('.tl-row[data-option="' + place + '"]').getAttribute("data-navn");
      all('[data-option="' + place + '"]').forEach(function (part) { part.classList.toggle("tl-off", off); });
      all(".tl-table").forEach(function (table) {
        all("tbody th[scope=row]", table).forEach(function (head) {
          if (ownText(head) === name) head.parentNode.classList.toggle("tl-off", off);
        });
        all("thead th", table).forEach(function (head, column) {
          if (ownText(head) !== name) return;
          all("tr", table).forEach(function (row) {
            if (row.children[column]) row.children[column].classList.toggle("tl-off", off);
          });
        });
      });
    });
  }

  function ownText(cell) {
    return cell.firstChild ? cell.firstChild.textContent.trim().replace(/\u00ad/g, "") : "";
  }

  // A chart is one stop of the keyboard: the arrows go from mark to mark, and each is read aloud as it is shown.
  function charts() {
    all(".tl-chart").forEach(function (chart) {
      var tip = document.createElement("p");
      tip.className = "tl-tip";
      tip.hidden = true;
      tip.setAttribute("aria-hidden", "true");
      chart.appendChild(tip);
      var at = -1;
      function marks() {
        return all("[data-value]", chart).filter(function (mark) { return mark.getBoundingClientRect().width > 0; });
      }
      if (!all("[data-value]", chart).length) return;
      chart.tabIndex = 0;
      chart.setAttribute("role", "group");
      chart.setAttribute("aria-label", chart.getAttribute("data-tegning") + (english ? ". Arrows show the values" : ". Piletaster viser tallene"));
      function show(mark) {
        all(".tl-on", chart).forEach(function (other) { other.classList.remove("tl-on"); });
        tip.hidden = !mark;
        if (!mark) return;
        mark.classList.add("tl-on");
        tip.textContent = mark.getAttribute("data-value");
        var place = mark.getBoundingClientRect(), around = chart.getBoundingClientRect();
        var left = place.left + place.width / 2 - around.left - tip.offsetWidth / 2;
        tip.style.left = Math.max(0, Math.min(left, around.width - tip.offsetWidth)) + "px";
        tip.style.top = Math.max(0, place.top - around.top - tip.offsetHeight - 8) + "px";
      }
      chart.addEventListener("pointerover", function (event) {
        var mark = event.target.closest("[data-value]");
        if (mark) show(mark);
      });
      chart.addEventListener("pointerleave", function () { show(null); });
      chart.addEventListener("blur", function () { at = -1; show(null); });
      chart.addEventListener("keydown", function (event) {
        var step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (event.key === "Escape") { at = -1; show(null); }
        if (!step) return;
        event.preventDefault();
        var found = marks();
        at = (at + step + found.length) % found.length;
        show(found[at]);
        var said = document.getElementById("besked");
        if (said) said.textContent = tip.textContent;
      });
    });
  }

  // A list that would go over the window's right edge is moved to the left by as much.
  function withinWindow(menu) {
    var list = menu.querySelector(".tl-menu-list");
    list.style.left = "";
    var over = menu.open ? list.getBoundingClientRect().right + 16 - document.documentElement.clientWidth : 0;
    if (over > 0) list.style.left = -over + "px";
  }

  function menus() {
    all(".tl-menu").forEach(function (menu) { menu.addEventListener("toggle", function () { withinWindow(menu); }); });
    window.addEventListener("resize", function () { all(".tl-menu[open]").forEach(withinWindow); });
    document.addEventListener("click", function (event) {
      all(".tl-menu[open]").forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      all(".tl-menu[open]").forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    contents();
    switches();
    charts();
    menus();
  });
})();
