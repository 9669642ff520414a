// What the pages do beyond htmx: focus goes to what has come, and it is said aloud. Everything works without.
(function () {
  "use strict";
  function say(text) {
    var place = document.getElementById("besked");
    if (place && place.textContent !== text) place.textContent = text;
  }
  document.addEventListener("htmx:after:swap", function () {
    var faults = document.getElementById("fejl");
    // In the comparison what is wrong comes to its field and is said; the cursor stays.
    if (faults && !document.getElementById("bygger")) faults.focus();
    var news = document.querySelector("[data-sig]");
    if (news) say(news.getAttribute("data-sig"));
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.documentElement.classList.add("js");
    var faults = document.getElementById("fejl");
    if (faults) faults.focus();
  });
  // In the comparison Enter calculates, as leaving the field does, and the cursor stays.
  document.addEventListener("keydown", function (event) {
    var field = event.target;
    if (event.key !== "Enter" || event.isComposing || field.tagName !== "INPUT" || !field.closest("#bygger")) return;
    event.preventDefault();
    var own = field.closest("[data-enter]");
    if (own) own.querySelector("button").click();
    else field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // An own price is one of an element that is chosen.
  document.addEventListener("input", function (event) {
    var price = /^egen(kommunetakst[0-9]+)$/.exec(event.target.id || "");
    if (price && event.target.value) document.getElementById(price[1]).checked = true;
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-kopi]");
    if (!button) return;
    navigator.clipboard.writeText(button.getAttribute("data-kopi") === "her" ? location.href : button.getAttribute("data-kopi"));
    say(button.getAttribute("data-kopieret"));
  });
})();
