// What the pages do beyond htmx: focus goes to what has come, and it is said aloud. Everything works without.
(function () {
  "use strict";
  function say(text) {
    var place = document.getElementById("besked");
    if (place && place.textContent !== text) place.textContent = text;
  }
  document.addEventListener("htmx:after:swap", function () {
    var faults = document.getElementById("fejl");
    if (faults) faults.focus();
    var news = document.querySelector("[data-sig]");
    if (news) say(news.getAttribute("data-sig"));
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.documentElement.classList.add("js");
    var faults = document.getElementById("fejl");
    if (faults) faults.focus();
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-kopi]");
    if (!button) return;
    navigator.clipboard.writeText(button.getAttribute("data-kopi") === "her" ? location.href : button.getAttribute("data-kopi"));
    say(button.getAttribute("data-kopieret"));
  });
})();
