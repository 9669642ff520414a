// A simulated day on the map: the clock moves, the vehicles and the list follow. The tables on the page say it all without it.
(function () {
  "use strict";
  var box = document.querySelector("[data-dag]"), mapBox = box && box.querySelector("[data-kort]");
  if (!box || !window.ol || !mapBox || !mapBox.kort) return;
  var words = JSON.parse(box.getAttribute("data-ord")), slider = document.getElementById("dag-tid"), button = document.getElementById("dag-afspil");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var BLUE = "#004d6c", ORANGE = "#b34700", GREEN = "#00695c", PURPLE = "#7a1f5c", GREY = "#5f5f5f";
  var FONT = '"IBM Plex Sans", sans-serif';
  // Seconds of the day in a second; without motion it goes in steps of five minutes.
  var PACE = 1200, STEP_S = 300, STEP_MS = 1000, SOON_S = 1200, JUST_S = 600, MINUTE = 60;

  function fill(color) { return new ol.style.Fill({ color: color }); }
  function stroke(color, width, dash) { return new ol.style.Stroke({ color: color, width: width, lineDash: dash }); }
  function filled(text) {
    var given = Array.prototype.slice.call(arguments, 1);
    return text.replace(/\{\}/g, function () { return given.shift(); });
  }
  function counted(forms, number) { return filled(forms[number === 1 ? 0 : 1], number); }
  function clock(seconds) {
    var minutes = Math.floor(seconds / MINUTE), within = minutes % 1440;
    return Math.floor(within / 60) + words.mark + String(within % 60).padStart(2, "0") + (minutes >= 1440 ? words.next_day : "");
  }

  function Day(told) {
    this.told = told;
    this.time = 0;
    this.followed = null;
    this.playing = false;
    this.minute = -1;
    var self = this;
    told.duties.forEach(function (duty) {
      duty.stops = duty.stops.map(function (row) {
        var stop = {};
        told.stop_columns.forEach(function (name, place) { stop[name] = row[place]; });
        stop.at = ol.proj.fromLonLat([stop.lon, stop.lat]);
        stop.leave_s = stop.arrive_s - stop.drive_s;
        stop.town = told.places[stop.place];
        stop.kind = told.kinds[stop.kind];
        return stop;
      });
    });
    this.routes = new ol.source.Vector();
    this.marks = new ol.source.Vector();
    this.vehicles = new ol.source.Vector();
    [[this.routes, 6], [this.marks, 7], [this.vehicles, 8]].forEach(function (one) {
      mapBox.kort.map.addLayer(new ol.layer.Vector({ source: one[0], zIndex: one[1], updateWhileAnimating: true, updateWhileInteracting: true }));
    });
    slider.addEventListener("input", function () { self.go(Number(slider.value)); });
    button.addEventListener("click", function () { self.play(!self.playing); });
    document.getElementById("dag-vogne").addEventListener("click", function (event) {
      var chosen = event.target.closest("button");
      if (!chosen) return;
      var vehicle = Number(chosen.value);
      self.followed = self.followed === vehicle ? null : vehicle;
      self.minute = -1;
      self.go(self.time);
    });
    this.go(this.fullest());
  }

  // Where the clock begins: the minute with most bookings on board.
  Day.prototype.fullest = function () {
    var changes = {}, on = 0, most = -1, found = this.told.from_s;
    this.told.duties.forEach(function (duty) {
      var before = 0;
      duty.stops.forEach(function (stop) {
        var minute = Math.ceil(stop.done_s / MINUTE) * MINUTE;
        changes[minute] = (changes[minute] || 0) + stop.bookings - before;
        before = stop.bookings;
      });
    });
    Object.keys(changes).map(Number).sort(function (a, b) { return a - b; }).forEach(function (minute) {
      on += changes[minute];
      if (on > most) { most = on; found = minute; }
    });
    return found;
  };

  // The same clock as a line over the drawing of the vehicles' hours.
  Day.prototype.mark = function () {
    var line = document.getElementById("dag-streg");
    if (!line) return;
    var left = Number(line.getAttribute("data-left")), right = Number(line.getAttribute("data-right"));
    var x = left + (right - left) * (this.time - this.told.from_s) / (this.told.until_s - this.told.from_s);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    line.setAttribute("visibility", "visible");
  };

  // What a duty is doing: null outside its hours. `at` is where it is seen, nowhere on the way from its base.
  function doing(duty, time) {
    var stops = duty.stops, done = -1, i;
    if (!stops.length || time < Math.min(duty.start_s, stops[0].leave_s) || time > Math.max(duty.end_s, stops[stops.length - 1].done_s)) return null;
    for (i = 0; i < stops.length && stops[i].arrive_s <= time; i += 1) done = i;
    var here = stops[done], next = stops[done + 1], before = stops[done - 1], who;
    if (here && time < here.done_s) {
      who = here.request < 0 ? words.a_referred : words.trip + " " + here.request;
      return { at: here.at, on: before, text: filled(words[here.kind], who, here.town) };
    }
    if (!here) {
      return time < next.leave_s ? { text: filled(words.at_base, clock(next.leave_s)) } : { text: filled(words.from_base, next.town, clock(next.arrive_s)) };
    }
    if (!next) return { at: here.at, on: here, text: filled(words.last, here.town, clock(duty.end_s)) };
    if (time < next.leave_s) return { at: here.at, on: here, text: filled(words.waits, here.town, clock(next.leave_s)) };
    var part = next.drive_s ? (time - next.leave_s) / next.drive_s : 1;
    return { at: [here.at[0] + part * (next.at[0] - here.at[0]), here.at[1] + part * (next.at[1] - here.at[1])], on: here, way: [here.at, next.at],
      text: filled(words.drives, next.town, clock(next.arrive_s)) };
  }

  function vehicleStyle(duty, on, chosen) {
    var count = on ? on.bookings : 0, image;
    if (count > 1) image = new ol.style.RegularShape({ points: 4, radius: 14, fill: fill(ORANGE), stroke: stroke(chosen ? "#1a1a1a" : "#fff", chosen ? 3 : 1.5) });
    else image = new ol.style.Circle({ radius: 10, fill: fill(count ? BLUE : "#fff"), stroke: stroke(chosen ? "#1a1a1a" : count ? "#fff" : BLUE, chosen ? 3 : 2) });
    return new ol.style.Style({ image: image, zIndex: count,
      text: new ol.style.Text({ text: String(duty.vehicle), font: "bold 11px " + FONT, fill: fill(count ? "#fff" : BLUE) }) });
  }
  function stopStyle(stop, made) {
    var color = stop.request < 0 ? GREY : stop.kind === "dropoff" ? PURPLE : GREEN;
    var shape = stop.kind === "in_vain" ? { points: 4, radius: 7, radius2: 0, angle: Math.PI / 4 } : { points: 3, radius: 8, angle: stop.kind === "dropoff" ? Math.PI : 0 };
    return new ol.style.Style({ image: new ol.style.RegularShape(Object.assign(shape, { fill: fill(made ? color : "#fff"), stroke: stroke(made ? "#fff" : color, made ? 1 : 2) })) });
  }
  function feature(geometry, style) {
    var one = new ol.Feature(geometry);
    one.setStyle(style);
    return one;
  }

  Day.prototype.go = function (time) {
    this.time = Math.max(this.told.from_s, Math.min(this.told.until_s, time));
    var self = this, now = this.time, seen = [], minute = Math.floor(now / MINUTE);
    this.told.duties.forEach(function (duty) {
      var what = doing(duty, now);
      if (what) seen.push({ duty: duty, what: what });
    });
    this.draw(seen);
    this.mark();
    if (minute === this.minute) return;
    this.minute = minute;
    this.list(seen);
  };

  Day.prototype.draw = function (seen) {
    var self = this, now = this.time, routes = [], marks = [], vehicles = [];
    this.told.duties.forEach(function (duty) {
      if (duty.vehicle === self.followed) {
        routes.push(feature(new ol.geom.LineString(duty.stops.map(function (stop) { return stop.at; })), new ol.style.Style({ stroke: stroke(BLUE, 2, [6, 5]) })));
      }
      duty.stops.forEach(function (stop) {
        var made = stop.arrive_s <= now;
        if (duty.vehicle === self.followed || (stop.arrive_s < now + SOON_S && stop.done_s > now - JUST_S)) marks.push(feature(new ol.geom.Point(stop.at), stopStyle(stop, made)));
      });
    });
    seen.forEach(function (one) {
      var what = one.what, chosen = one.duty.vehicle === self.followed;
      if (what.way) routes.push(feature(new ol.geom.LineString(what.way), new ol.style.Style({ stroke: stroke(what.on && what.on.bookings > 1 ? ORANGE : BLUE, chosen ? 4 : 1.5) })));
      if (what.at) vehicles.push(feature(new ol.geom.Point(what.at), vehicleStyle(one.duty, what.on, chosen)));
    });
    [[this.routes, routes], [this.marks, marks], [this.vehicles, vehicles]].forEach(function (pair) {
      pair[0].clear(true);
      pair[0].addFeatures(pair[1]);
    });
  };

  function aboard(on) {
    if (!on || !on.bookings) return words.nobody;
    var referred = on.bookings - on.aboard.length;
    var who = on.aboard.map(function (request) { return words.trip + " " + request; });
    if (referred) who.push(counted(words.referred, referred));
    return words.aboard + ": " + who.join(", ");
  }

  Day.prototype.list = function (seen) {
    var list = document.getElementById("dag-vogne"), self = this, focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    var shown = clock(this.time), load = 0, shared = 0;
    list.replaceChildren.apply(list, seen.map(function (one) {
      var row = document.createElement("li"), chosen = document.createElement("button"), on = one.what.on;
      chosen.type = "button";
      chosen.value = one.duty.vehicle;
      chosen.textContent = words.vehicle + " " + one.duty.vehicle;
      chosen.setAttribute("aria-pressed", String(self.followed === one.duty.vehicle));
      row.append(chosen, (one.duty.contract === "garantivogn" ? "(" + words.guaranteed + ") " : "") + one.what.text + ". " + aboard(on) + ".");
      if (on && on.bookings > 1) {
        var strong = document.createElement("strong");
        strong.textContent = " " + words.shared;
        row.append(strong);
        shared += 1;
      }
      load += on ? on.load : 0;
      return row;
    }));
    if (focused !== null) { var again = list.querySelector('button[value="' + focused + '"]'); if (again) again.focus(); }
    var sum = seen.length ? filled(words.sum, shown, counted(words.out, seen.length), counted(words.load, load), counted(words.shares, shared)) : filled(words.none, shown);
    document.getElementById("dag-klokken").textContent = shown;
    document.getElementById("dag-sum").textContent = sum;
    slider.value = this.time;
    slider.setAttribute("aria-valuetext", sum);
    this.sum = sum;
  };

  Day.prototype.play = function (on) {
    var self = this, last = null;
    if (on && this.time >= this.told.until_s) this.go(this.told.from_s);
    this.playing = on;
    button.textContent = on ? words.pause : words.play;
    clearInterval(this.timer);
    if (!on) { document.getElementById("besked").textContent = this.sum; return; }
    function move(by) {
      self.go(self.time + by);
      if (self.time >= self.told.until_s) self.play(false);
    }
    if (still.matches) { this.timer = setInterval(function () { move(STEP_S); }, STEP_MS); return; }
    requestAnimationFrame(function frame(at) {
      if (!self.playing) return;
      if (last !== null) move(Math.min(0.25, (at - last) / 1000) * PACE);
      last = at;
      requestAnimationFrame(frame);
    });
  };

  fetch(box.getAttribute("data-dag")).then(function (answer) {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }).then(function (told) { new Day(told); }).catch(function () { document.getElementById("dag-sum").textContent = words.failed; });
})();
