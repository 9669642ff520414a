// Maps that can be moved, and drawn on, by OpenLayers from the service's own layers. Without it the pages show pictures and lists.
(function () {
  "use strict";
  if (!window.ol) return;
  var BLUE = "#004d6c", RED = "#a33b00", INK = "#1a1a1a", FONT = '"IBM Plex Sans", sans-serif';
  var FORMAT = new ol.format.GeoJSON({ dataProjection: "EPSG:4326", featureProjection: "EPSG:3857" });
  var CROWDS = [[600, "#d9773b"], [250, "#eba36f"], [80, "#f3c7a1"], [1, "#fdf1e6"]];
  var HISTORY = 200, COUNT_MS = 350, PENDING_MS = 1500, PENDING_TRIES = 60, NEAR_PX = 10;

  function stroke(color, width, dash) { return new ol.style.Stroke({ color: color, width: width, lineDash: dash }); }
  function fill(color) { return new ol.style.Fill({ color: color }); }
  function words(text, size, color, more) {
    return new ol.style.Text(Object.assign({ text: text, font: size + "px " + FONT, fill: fill(color), stroke: stroke("rgba(255,255,255,0.9)", 3), overflow: true }, more));
  }
  // An area of several parts is named once, in its largest.
  var middles = new WeakMap();
  function middle(feature) {
    if (!middles.has(feature)) {
      var shape = feature.getGeometry(), parts = shape.getType() === "MultiPolygon" ? shape.getPolygons() : [shape];
      middles.set(feature, parts.sort(function (a, b) { return b.getArea() - a.getArea(); })[0].getInteriorPoint());
    }
    return middles.get(feature);
  }
  function named(style, text) { return text ? [style, new ol.style.Style({ geometry: middle, text: text })] : style; }
  function zoomOf(resolution) { return Math.log2(156543.03392804097 / resolution); }
  function say(text) { var place = document.getElementById("besked"); if (place) place.textContent = text; }

  // What each layer looks like.
  var STYLES = {
    land: function (own) {
      return function (feature, resolution) {
        var mine = feature.get("code") === own, zoom = zoomOf(resolution);
        return named(new ol.style.Style({ fill: fill(mine ? "#fbfaf6" : "#eeece6"), stroke: stroke(mine ? "#555" : "#a9a9a2", mine ? 1.6 : 0.8), zIndex: mine ? 1 : 0 }),
          !mine && zoom > 8.4 && zoom < 12 ? words(feature.get("name"), 13, "#6b6b66") : null);
      };
    },
    felter: function () {
      return function (feature, resolution) {
        var persons = feature.get("persons"), step = CROWDS.find(function (one) { return persons >= one[0]; }), zoom = zoomOf(resolution);
        return new ol.style.Style({ fill: step ? fill(step[1]) : fill("rgba(0,0,0,0)"), stroke: zoom > 11.6 ? stroke("rgba(120,90,60,0.28)", 0.6) : undefined,
          text: zoom > 13.6 && persons ? words(String(persons), 11, "#5a3a1c", { overflow: false, stroke: undefined }) : undefined });
      };
    },
    sogne: function () {
      return function (feature, resolution) {
        var zoom = zoomOf(resolution);
        return named(new ol.style.Style({ stroke: stroke("#9aa5ad", 1, [5, 4]), fill: fill("rgba(0,0,0,0)") }),
          zoom > 10.6 ? words(feature.get("name"), 11, "#5f6b74", { font: "italic 11px " + FONT }) : null);
      };
    },
    byomraader: function () {
      return function (feature) { return new ol.style.Style({ stroke: stroke(BLUE, 2, [2, 5]), text: words(feature.get("name"), 12, BLUE, { offsetY: 18, overflow: false }) }); };
    },
    egne: function () {
      return function (feature) { return new ol.style.Style({ stroke: stroke(RED, 1.6, [7, 5]), text: words(feature.get("name"), 12, RED, { placement: "line" }) }); };
    },
    byer: function (own) {
      return function (feature, resolution) {
        var zoom = zoomOf(resolution), persons = feature.get("persons") || 0, mine = feature.get("code") === own;
        var least = zoom < 9.5 ? 15000 : zoom < 10.5 ? 4000 : zoom < 11.5 ? 800 : 0;
        if (persons < least) return undefined;
        return new ol.style.Style({ image: new ol.style.Circle({ radius: 2.4, fill: fill(mine ? INK : "#777") }),
          text: words(feature.get("name"), persons > 15000 ? 15 : persons > 2000 ? 13 : 12, mine ? INK : "#666", { offsetY: -11 }), zIndex: persons });
      };
    },
    stationer: function (own) {
      return function (feature, resolution) {
        var zoom = zoomOf(resolution);
        if (zoom < 9.6) return undefined;
        return new ol.style.Style({ image: new ol.style.RegularShape({ points: 4, radius: zoom < 11 ? 4 : 6, angle: Math.PI / 4, fill: fill("#fff"), stroke: stroke(INK, 1.4) }),
          text: zoom > 12 && feature.get("code") === own ? words(feature.get("place"), 12, INK, { offsetY: 14 }) : undefined });
      };
    },
    destinationer: function () {
      return function (feature, resolution) {
        return new ol.style.Style({ image: new ol.style.Circle({ radius: 4.5, fill: fill("#00695c"), stroke: stroke("#fff", 1.2) }),
          text: zoomOf(resolution) > 12.5 ? words(feature.get("name"), 12, "#00524a", { offsetY: 13 }) : undefined });
      };
    },
    steder: function () {
      return function (feature) {
        var free = feature.get("kind") !== "skiftested";
        return new ol.style.Style({ image: new ol.style.RegularShape({ points: 4, radius: 9, angle: free ? 0 : Math.PI / 4, fill: fill(free ? "#d55e00" : INK), stroke: stroke("#fff", 1.5) }),
          text: words(feature.get("name"), 13, INK, { offsetY: 17, font: "bold 13px " + FONT }), zIndex: 9 });
      };
    },
    vaerdier: function () {
      return function (feature, resolution) {
        return named(new ol.style.Style({ fill: fill(feature.get("color")), stroke: stroke("#8a8a84", 0.8) }),
          zoomOf(resolution) > 9 && feature.get("said") ? words(feature.get("said"), 12, INK) : null);
      };
    }
  };
  function drawnStyle(chosen) {
    return function (feature) {
      var mine = feature === chosen();
      return [new ol.style.Style({ fill: fill("rgba(163,59,0,0.07)"), stroke: stroke("#fff", mine ? 6 : 5) }),
        new ol.style.Style({ stroke: stroke(RED, mine ? 3.5 : 2.5), text: words(feature.get("name") || "", 14, RED, { font: "bold 14px " + FONT }) }),
        new ol.style.Style({ image: new ol.style.Circle({ radius: mine ? 4.5 : 3, fill: fill("#fff"), stroke: stroke(RED, 2) }),
          geometry: function (one) { return new ol.geom.MultiPoint(one.getGeometry().getCoordinates().flat()); } })];
    };
  }

  function lineStyle() { return new ol.style.Style({ stroke: stroke("#a33b00", 2.5) }); }
  function seenStyle(feature) {
    return new ol.style.Style({ fill: fill("rgba(0,77,108,0.14)"), stroke: stroke(BLUE, 2.5), text: words(feature.get("name"), 14, BLUE, { font: "bold 14px " + FONT }) });
  }
  function address(layer, code) {
    if (layer === "land" || layer === "byer" || layer === "stationer") return "/kort/lag/" + layer + ".geojson";
    if (layer === "byomraader") return "/kort/byomraader.geojson?kommune=" + code;
    if (layer === "egne") return "/kort/egne.geojson?kommune=" + code;
    return "/kort/lag/" + layer + "/" + code + ".geojson";
  }

  function Kort(box) {
    this.box = box;
    this.code = box.getAttribute("data-kommune");
    this.words = JSON.parse(box.getAttribute("data-ord"));
    this.layers = {};
    var self = this;
    this.add("land", {});
    ["felter", "sogne", "byomraader", "egne", "stationer", "destinationer"].forEach(function (name) {
      // A name of the model's town gives way to the town's own, which says the same.
      if (box.getAttribute("data-kort") === "tegn") self.add(name, { visible: self.ticked(name), declutter: name === "byomraader" });
    });
    if (box.getAttribute("data-kort") === "vis") this.addLines();
    this.add("byer", { declutter: true });
    var target = box.querySelector(".kort-flade");
    box.classList.add("er-klar");
    document.documentElement.classList.add("kort-klar");
    // A page is scrolled by the wheel; the map is zoomed by it once it has been clicked or reached.
    this.map = new ol.Map({
      interactions: ol.interaction.defaults.defaults({ onFocusOnly: true }), target: target, keyboardEventTarget: target, layers: Object.values(this.layers),
      controls: [new ol.control.Zoom({ zoomInTipLabel: this.words.in, zoomOutTipLabel: this.words.out }), new ol.control.ScaleLine()],
      view: new ol.View({ center: ol.proj.fromLonLat([11.9, 55.4]), zoom: 9, minZoom: 7, maxZoom: 18 })
    });
    this.whole = null;
    this.layers.land.getSource().on("featuresloadend", function () { self.fit(); });
    if (box.getAttribute("data-vaerdier")) this.addValues(box.getAttribute("data-vaerdier"));
  }
  Kort.prototype.ticked = function (name) {
    var tick = this.box.querySelector('[data-lag="' + name + '"]');
    return !tick || tick.checked;
  };
  Kort.prototype.add = function (name, how, source) {
    this.layers[name] = new ol.layer.Vector(Object.assign({
      source: source || new ol.source.Vector({ url: address(name, this.code), format: FORMAT }), style: STYLES[name](this.code)
    }, how));
    this.layers[name].set("name", name);
  };
  Kort.prototype.fit = function () {
    var code = this.code, own = this.layers.land.getSource().getFeatures().find(function (one) { return one.get("code") === code; });
    if (!own) return;
    this.whole = own.getGeometry().getExtent();
    this.map.addControl(new ol.control.ZoomToExtent({ extent: this.whole, label: "⤢", tipLabel: this.words.whole }));
    this.look();
  };
  // The line fills the view once both it and the land are there; without one, the municipality does.
  Kort.prototype.look = function () {
    var lines = this.drawn || (this.lines && this.lines.getSource());
    if (!this.whole || (this.lines && !lines.getFeatures().length)) return;
    var extent = lines && !lines.isEmpty() ? lines.getExtent() : this.whole;
    this.map.getView().fit(extent, { padding: [40, 40, 40, 40], maxZoom: this.drawn ? 13.5 : 12 });
  };
  Kort.prototype.addLines = function () {
    var kept = this.box.getAttribute("data-egne"), loose = this.box.getAttribute("data-linjer"), zones = this.box.getAttribute("data-byomraader");
    var above = { declutter: true, zIndex: 3 };
    if (zones) this.add("byomraader", above, new ol.source.Vector({ url: "/kort/byomraader.geojson?" + zones, format: FORMAT }));
    if (kept) this.add("egne", above, new ol.source.Vector({ format: FORMAT,
      url: "/kort/egne.geojson?kommune=" + this.code + kept.split(" ").map(function (one) { return "&omraader=" + one; }).join("") }));
    if (loose) this.add("egne", above, new ol.source.Vector({ features: FORMAT.readFeatures(JSON.parse(loose)) }));
    this.lines = this.layers.egne || this.layers.byomraader;
    if (this.lines) {
      this.lines.setStyle(seenStyle);
      this.lines.getSource().on("featuresloadend", this.look.bind(this));
    }
    this.add("stationer", { zIndex: 4 });
    this.addPlaces(JSON.parse(this.box.getAttribute("data-steder") || "[]"));
  };
  Kort.prototype.addPlaces = function (places) {
    var features = places.map(function (one) {
      return new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([one.lon, one.lat])), name: one.name, kind: one.kind });
    });
    if (features.length) this.add("steder", { zIndex: 5 }, new ol.source.Vector({ features: features }));
  };
  // An answer's map comes whole: parishes with their classes, the line, the destinations. Where there is none the picture stays.
  Kort.prototype.addValues = function (from) {
    var self = this, legend = this.box.querySelector(".kort-forklaring");
    fetch(from).then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); }).then(function (told) {
      self.add("vaerdier", { declutter: true }, new ol.source.Vector({ features: FORMAT.readFeatures(told) }));
      self.add("egne", { declutter: true, zIndex: 3, style: lineStyle }, new ol.source.Vector({ features: FORMAT.readFeatures(told.lines) }));
      self.addPlaces(told.places);
      self.map.getLayers().clear();
      ["land", "vaerdier", "stationer", "egne", "byer", "steder"].forEach(function (name) { if (self.layers[name]) self.map.addLayer(self.layers[name]); });
      told.classes.forEach(function (one) {
        var row = document.createElement("span"), patch = document.createElement("i");
        patch.style.background = one.color;
        row.append(patch, one.label);
        legend.append(row);
      });
    }).catch(function () { self.box.classList.remove("er-klar"); });
  };

  // The list of points as the service writes it. It alone reads one, and answers a count with the areas that it read.
  function writeList(features) {
    return features.map(function (feature) {
      return feature.getGeometry().getCoordinates().map(function (ring, number) {
        var rows = ring.slice(0, -1).map(function (point) {
          var at = ol.proj.toLonLat(point);
          return Number(at[1].toFixed(6)) + ", " + Number(at[0].toFixed(6));
        });
        return [number ? "hul" : feature.get("name")].concat(rows).join("\n");
      }).join("\n");
    }).join("\n");
  }

  function Tegning(kort) {
    this.kort = kort;
    this.form = document.getElementById("kortform");
    this.list = document.getElementById("punkter");
    this.name = document.getElementById("omraadenavn");
    this.past = [];
    this.at = 0;
    this.chosen = null;
    this.drawing = false;
    var self = this, drawn = kort.drawn = new ol.source.Vector();
    this.drawn = drawn;
    this.layer = new ol.layer.Vector({ source: drawn, style: drawnStyle(function () { return self.chosen; }), zIndex: 5 });
    this.spot = new ol.source.Vector();
    kort.map.addLayer(this.layer);
    kort.map.addLayer(new ol.layer.Vector({ source: this.spot, style: STYLES.steder(), zIndex: 6 }));
    this.unread = this.list.value;
    this.read(this.list.value);
    this.past[0] = this.moment();
    this.tools();
    this.listen();
    this.choose(drawn.getFeatures()[0] || null);
    this.tool(location.hash === "#stedoverskrift" ? "sted" : drawn.isEmpty() ? "tegn" : "ret");
    // The link leads to the field, for who has no scripts; with them the place is chosen on the map, above it.
    if (this.current === "sted") window.addEventListener("load", function () { setTimeout(function () { kort.box.scrollIntoView(); }, 50); });
    this.buttons();
    if (this.list.value.trim()) this.count(0);
  }
  // Draws the areas that the service read in a text, when they are still asked for; what cannot be read stays in the list.
  Tegning.prototype.read = function (text) {
    var answer = document.querySelector("#tal [data-omraader]");
    if (!this.unread.trim() || text !== this.list.value) return;
    if (!answer) { say(this.kort.words.unread); return; }
    this.put(FORMAT.readFeatures(JSON.parse(answer.getAttribute("data-omraader"))));
    this.past[this.at] = this.moment();
  };
  Tegning.prototype.put = function (features) {
    this.unread = "";
    this.drawn.clear();
    this.drawn.addFeatures(features);
    this.choose(features[0] || null);
  };
  // What is typed is drawn when it has been read; what is drawn in the meantime comes below it.
  Tegning.prototype.typed = function () {
    this.put([]);
    this.unread = this.list.value;
  };
  Tegning.prototype.moment = function () {
    return { text: this.list.value, areas: this.unread.trim() ? null : this.drawn.getFeatures().map(function (one) { return one.clone(); }) };
  };
  Tegning.prototype.tools = function () {
    var self = this, map = this.kort.map, is = ol.events.condition;
    this.draw = new ol.interaction.Draw({ source: this.drawn, type: "Polygon", stopClick: true, style: [
      new ol.style.Style({ stroke: stroke(RED, 2.5, [6, 4]), fill: fill("rgba(163,59,0,0.07)"), image: new ol.style.Circle({ radius: 5, fill: fill("#fff"), stroke: stroke(RED, 2.5) }) })] });
    this.modify = new ol.interaction.Modify({ source: this.drawn,
      deleteCondition: function (event) { return is.singleClick(event) && (self.current === "slet" || is.altKeyOnly(event)); },
      insertVertexCondition: function () { return self.current !== "slet"; },
      style: new ol.style.Style({ image: new ol.style.Circle({ radius: 7, fill: fill("rgba(163,59,0,0.35)"), stroke: stroke(RED, 2.5) }) }) });
    [this.draw, this.modify].forEach(function (one) { map.addInteraction(one); });
    this.snaps = {};
    ["sogne", "felter", "egne"].forEach(function (name) {
      var tick = self.kort.box.querySelector('[data-haeft="' + name + '"]');
      self.snaps[name] = new ol.interaction.Snap({ source: self.kort.layers[name].getSource(), pixelTolerance: 12 });
      self.snaps[name].setActive(tick.checked);
      map.addInteraction(self.snaps[name]);
      tick.addEventListener("change", function () {
        self.snaps[name].setActive(tick.checked);
        if (tick.checked) self.show(name);
      });
    });
    map.addInteraction(new ol.interaction.Snap({ source: this.drawn, pixelTolerance: 8 }));
    this.draw.on("drawstart", function () { self.drawing = true; self.buttons(); });
    this.draw.on("drawabort", function () { self.drawing = false; self.buttons(); });
    this.draw.on("drawend", function (event) {
      self.drawing = false;
      event.feature.set("name", self.named(event.feature.getGeometry()));
      setTimeout(function () { self.choose(event.feature); self.changed(); self.tool("ret"); say(self.kort.words.finished); });
    });
    this.modify.on("modifyend", function (event) { self.choose(event.features.item(0)); self.changed(); });
    map.on("click", function (event) {
      if (self.current === "sted") { self.place(event); return; }
      if (self.current === "tegn") return;
      var hit = map.forEachFeatureAtPixel(event.pixel, function (one) { return one; }, { layerFilter: function (layer) { return layer === self.layer; }, hitTolerance: NEAR_PX });
      if (hit) self.choose(hit);
    });
  };
  Tegning.prototype.show = function (name) {
    var tick = this.kort.box.querySelector('[data-lag="' + name + '"]');
    tick.checked = true;
    this.kort.layers[name].setVisible(true);
  };
  Tegning.prototype.named = function (shape) {
    var inside = this.kort.layers.byer.getSource().getFeatures().filter(function (town) { return shape.intersectsCoordinate(town.getGeometry().getCoordinates()); });
    var first = inside.sort(function (a, b) { return (b.get("persons") || 0) - (a.get("persons") || 0); })[0];
    var wanted = first ? first.get("name") : this.kort.words.unnamed, name = wanted, number = 2;
    var taken = this.drawn.getFeatures().map(function (one) { return one.get("name"); });
    while (taken.indexOf(name) >= 0) name = wanted + " " + number++;
    return name;
  };
  Tegning.prototype.place = function (event) {
    var map = this.kort.map, layers = this.kort.layers, at = ol.proj.toLonLat(event.coordinate), field = document.getElementById("sted");
    var hit = map.forEachFeatureAtPixel(event.pixel, function (one) { return one; }, { hitTolerance: NEAR_PX,
      layerFilter: function (layer) { return layer === layers.destinationer || layer === layers.stationer; } });
    var name = hit && (hit.get("place") || hit.get("name"));
    var alike = name ? layers.destinationer.getSource().getFeatures().filter(function (one) { return one.get("name") === name; }).length : 0;
    field.value = name && alike < 2 ? name : at[1].toFixed(5) + " " + at[0].toFixed(5);
    this.spot.clear();
    this.spot.addFeature(new ol.Feature({ geometry: new ol.geom.Point(hit ? hit.getGeometry().getCoordinates() : event.coordinate), name: field.value, kind: "gratis" }));
    say(field.value);
    field.scrollIntoView({ block: "center" });
  };
  Tegning.prototype.choose = function (feature) {
    this.chosen = feature;
    this.name.disabled = !feature;
    this.name.value = feature ? feature.get("name") : "";
    this.layer.changed();
    this.buttons();
  };
  Tegning.prototype.tool = function (name) {
    this.current = name;
    this.draw.setActive(name === "tegn");
    this.modify.setActive(name === "ret" || name === "slet");
    this.kort.box.querySelectorAll("[data-redskab]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-redskab") === name));
    });
    this.kort.box.querySelector(".kort-hjaelp").textContent = this.kort.words[name];
    say(this.kort.words[name]);
    if (name === "sted") this.show("destinationer");
  };
  Tegning.prototype.buttons = function () {
    var box = this.kort.box;
    box.querySelector('[data-goer="fortryd"]').disabled = !(this.drawing || this.at > 0);
    box.querySelector('[data-goer="gentag"]').disabled = this.drawing || this.at >= this.past.length - 1;
    box.querySelector('[data-goer="sletomraade"]').disabled = !this.chosen;
  };
  Tegning.prototype.changed = function () {
    // What the map cannot show stays in the list, above what is drawn.
    this.list.value = [this.unread.trim(), writeList(this.drawn.getFeatures())].filter(Boolean).join("\n");
    this.remember();
    this.count(COUNT_MS);
  };
  Tegning.prototype.remember = function () {
    if (this.list.value === this.past[this.at].text) return;
    this.past = this.past.slice(0, this.at + 1).concat([this.moment()]).slice(-HISTORY);
    this.at = this.past.length - 1;
    this.buttons();
  };
  Tegning.prototype.step = function (by) {
    if (this.drawing) { this.draw.removeLastPoint(); return; }
    if (this.at + by < 0 || this.at + by >= this.past.length) return;
    this.at += by;
    this.list.value = this.past[this.at].text;
    var areas = this.past[this.at].areas;
    if (areas) this.put(areas.map(function (one) { return one.clone(); }));
    else this.typed();
    this.buttons();
    this.count(0);
    say(by < 0 ? this.kort.words.undone : this.kort.words.redone);
  };
  Tegning.prototype.count = function (after, tries) {
    var self = this, place = document.getElementById("tal"), words = this.kort.words;
    clearTimeout(this.waiting);
    if (this.asked) this.asked.abort();
    if (!this.list.value.trim()) { place.textContent = words.nothing; return; }
    this.waiting = setTimeout(function () {
      var sent = new FormData(self.form), text = self.list.value;
      self.asked = new AbortController();
      place.setAttribute("aria-busy", "true");
      fetch("/kort/tael", { method: "POST", body: sent, headers: { Accept: "text/html" }, signal: self.asked.signal })
        .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
        .then(function (markup) {
          place.innerHTML = markup;
          place.removeAttribute("aria-busy");
          self.read(text);
          if (place.querySelector("[data-venter]") && (tries || 0) < PENDING_TRIES) self.count(PENDING_MS, (tries || 0) + 1);
        })
        .catch(function (error) { if (error.name !== "AbortError") { place.textContent = words.failed; place.removeAttribute("aria-busy"); } });
    }, after);
  };
  Tegning.prototype.listen = function () {
    var self = this, box = this.kort.box, typing;
    box.addEventListener("click", function (event) {
      var tool = event.target.closest("[data-redskab]"), button = event.target.closest("[data-goer]");
      if (tool) { if (self.drawing) self.draw.abortDrawing(); self.tool(tool.getAttribute("data-redskab")); }
      if (!button) return;
      var what = button.getAttribute("data-goer");
      if (what === "fortryd") self.step(-1);
      if (what === "gentag") self.step(1);
      if (what === "sletomraade" && self.chosen) {
        self.drawn.removeFeature(self.chosen);
        self.choose(self.drawn.getFeatures()[0] || null);
        self.changed();
        say(self.kort.words.removed);
      }
    });
    box.querySelectorAll("[data-lag]").forEach(function (tick) {
      tick.addEventListener("change", function () { self.kort.layers[tick.getAttribute("data-lag")].setVisible(tick.checked); });
    });
    box.querySelector(".kort-flade").addEventListener("keydown", function (event) {
      if (event.key === "Escape" && self.drawing) self.draw.abortDrawing();
      if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); self.step(event.shiftKey ? 1 : -1); }
    });
    this.list.addEventListener("input", function () {
      clearTimeout(typing);
      self.typed();
      typing = setTimeout(function () { self.remember(); self.count(0); }, COUNT_MS);
    });
    this.name.addEventListener("input", function () {
      if (!self.chosen || !self.name.value.trim()) return;
      self.chosen.set("name", self.name.value.trim());
      self.changed();
    });
    document.getElementById("brug").addEventListener("change", function () { self.count(0); });
  };

  document.querySelectorAll("[data-kort]").forEach(function (box) {
    var kort = box.kort = new Kort(box);
    if (box.getAttribute("data-kort") === "tegn") new Tegning(kort);
  });
})();
