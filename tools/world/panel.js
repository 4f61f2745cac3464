"use strict";
// The panel: shows what /live tells, sends what a hand does to /sim. It keeps no state of the world of its own;
// a control that is being moved is left alone until it rests.
const $ = id => document.getElementById(id);
const text = (id, t) => { const e = $(id); if (e.textContent !== t) e.textContent = t; };
const sum = a => a[0] + a[1] + a[2];
const held = new Map();          // control -> time until which the world does not move it
const HOLD_MS = 900;
const past = [];
let now = null, charger = 0;     // which one the car, the buttons and the display belong to

async function send(order) {
  try {
    const r = await fetch("sim?charger=" + charger, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(order) });
    if (!r.ok) toast((await r.json()).error);
  } catch { toast("the world does not answer"); }
}
function toast(words) {
  $("toast").textContent = words; $("toast").classList.add("up");
  clearTimeout(toast.t); toast.t = setTimeout(() => $("toast").classList.remove("up"), 4000);
}

// a dotted name such as car.wants or house_a.1 in the plant
const look = (path, from) => path.split(".").reduce((o, k) => o[k], from);
function order(path, value) {
  const [head, tail] = path.split(".");
  if (head === "sun_a") return { sun_a: [value, value, value] };
  if (head === "house_a") { const a = [...document.querySelectorAll('[data-set^="house_a"]')].map(e => +e.value); a[+tail] = value; return { house_a: a }; }
  return tail ? { [head]: { [tail]: value } } : { [head]: value };
}
const busy = e => (held.get(e) || 0) > performance.now();
const hold = e => held.set(e, performance.now() + HOLD_MS);
const label = e => { const o = e.parentElement.querySelector("output"); if (o) o.textContent = (+e.value).toFixed(+e.step < 1 ? 1 : 0) + " " + e.dataset.unit; };

let queued = null;
function later(o) {            // at most one request in 80 ms while a slider moves
  if (queued) { Object.assign(queued, o); return; }
  queued = o; setTimeout(() => { const q = queued; queued = null; send(q); }, 80);
}
for (const e of document.querySelectorAll("[data-set]")) {
  e.addEventListener("input", () => {
    hold(e); label(e);
    const o = order(e.dataset.set, e.type === "checkbox" ? e.checked : +e.value);
    e.type === "range" ? later(o) : send(o);
  });
}
for (const box of document.querySelectorAll("[data-choice]"))
  box.addEventListener("click", ev => { if (ev.target.value) send(order(box.dataset.choice, +ev.target.value)); });
for (const b of document.querySelectorAll("[data-load]"))
  b.addEventListener("click", () => {
    const [where, amps] = b.dataset.load.split(":");
    if (where === "all") return send({ house_a: [0, 0, 0] });
    const a = [...now.house_a], p = +where;
    a[p] = Math.max(0, Math.round((a[p] + (b.classList.contains("on") ? -amps : +amps)) * 10) / 10);
    send({ house_a: a });
  });
for (const b of document.querySelectorAll("[data-sun]"))
  b.addEventListener("click", () => send({ sun_a: [+b.dataset.sun, +b.dataset.sun, +b.dataset.sun] }));
// meters, clamps and the pair
const fitted = () => now.meters.find(m => m.role === $("role").value && m.charger === ($("role").value === "ev" ? charger : 0));
function fitting() { const m = fitted(); $("model").value = m ? m.model : ""; $("address").value = m ? m.address : ""; if (m && m.source) $("source").value = m.source; boxed(); }
const boxed = () => { $("box").hidden = $("model").value !== "Sensorbox"; };
$("role").addEventListener("change", fitting);
$("model").addEventListener("change", boxed);
$("fit").addEventListener("click", () => {
  const order = { role: $("role").value, model: $("model").value };
  if (order.role === "ev") order.charger = charger;
  if (order.model && $("address").value) order.address = +$("address").value;
  if (order.model === "Sensorbox") order.source = $("source").value;
  send({ meter: order });
});
$("ct").addEventListener("change", () => send({ ct: { phases: $("ct").value.split(" ").map(Number) } }));
$("turned").addEventListener("click", ev => {
  if (ev.target.value) { const turned = [...now.ct.turned]; turned[+ev.target.value] = !turned[+ev.target.value]; send({ ct: { turned } }); }
});
function wiring(s) {
  const places = s.chargers.length;
  fill("meters", s.meters.map(m => `<tr><td>${m.role}${m.role === "ev" && places > 1 ? " " + (m.charger + 1) : ""} ${m.model}</td><td>${m.address}</td><td>${m.silent ? "silent" : m.asked}</td></tr>`).join(""));
  if ($("model").options.length !== s.models.length + 1) { fill("model", ["", ...s.models].map(n => `<option value="${n}">${n || "none"}</option>`).join("")); fitting(); }
  if (document.activeElement !== $("ct")) $("ct").value = s.ct.phases.join(" ");
  for (const b of $("turned").children) b.classList.toggle("on", s.ct.turned[+b.value]);
}
function group(s) {               // one button for each charger, when there are several
  $("chargers").hidden = s.chargers.length < 2;
  fill("chargers", s.chargers.map((c, k) => `<button value="${k}" aria-pressed="${k === charger}">${k + 1}<b>${c.plugged ? c.letter : "–"}</b><small>${c.a.toFixed(1)} of ${c.offer_a.toFixed(1)} A</small><i class="${c.firmware.state}"></i></button>`).join(""));
  const port = s.firmware.port, page = $("page");
  page.hidden = !port;
  if (port) page.href = location.protocol + "//" + location.hostname + ":" + port + "/";
}
$("chargers").addEventListener("click", ev => { const b = ev.target.closest("button"); if (b) { charger = +b.value; listen(); } });
$("plug").addEventListener("click", () => send({ car: { plugged: !now.car.plugged } }));
for (const b of document.querySelectorAll("[data-key]")) {
  // pressed for a minute at most, let go with the finger
  const up = () => { if (b.classList.contains("down")) { b.classList.remove("down"); send({ button: b.dataset.key, ms: Math.max(10, 200 - Math.round(performance.now() - b.at)) }); } };
  b.addEventListener("pointerdown", ev => { b.setPointerCapture(ev.pointerId); b.at = performance.now(); b.classList.add("down"); send({ button: b.dataset.key, ms: 60000 }); });
  b.addEventListener("pointerup", up); b.addEventListener("pointercancel", up); b.addEventListener("lostpointercapture", up);
  b.addEventListener("click", ev => { if (ev.detail === 0) send({ button: b.dataset.key, ms: 200 }); });   // from the keyboard
  b.addEventListener("contextmenu", ev => ev.preventDefault());
}

function clock(ms) {
  const s = Math.floor(ms / 1000), two = n => String(n).padStart(2, "0");
  return Math.floor(s / 3600) + ":" + two(Math.floor(s / 60) % 60) + ":" + two(s % 60);
}
const TOLD = { pilot: "car sets pilot", duty: "duty", C1: "contactor C1", C2: "contactor C2", lock: "lock" };
function told(e) {
  if (e.what === "duty") return e.value >= 1000 ? "steady" : (e.value / 10).toFixed(1) + " %";
  if (e.what === "lock") return e.value ? "locked" : "open";
  return e.what === "pilot" ? e.value : e.value ? "closed" : "open";
}
function show(s) {
  now = s;
  text("clock", clock(s.t_ms) + (s.speed > 1 ? " at " + s.speed + "×" : ""));
  const f = s.firmware;
  text("firmware", f.on ? f.on + " " + f.state + (f.restarts ? ", restarts " + f.restarts : "") : "no firmware");
  $("firmware").className = "pill " + (f.state === "running" ? "good" : f.on && f.restarts ? "bad" : "");
  text("n-mains", sum(s.mains_a).toFixed(1)); text("n-sun", sum(s.sun_a).toFixed(1));
  text("n-house", sum(s.house_a).toFixed(1)); text("n-car", sum(s.car.a).toFixed(1));
  text("n-letter", s.car.plugged ? "car in " + s.letter + ", A" : "no car"); text("letter", s.letter); $("letter").className = s.letter;
  text("duty", s.duty >= 1000 ? "steady +12 V" : s.duty === 0 ? "steady −12 V" : (s.duty / 10).toFixed(1) + " % PWM");
  text("offer", s.offer_a ? "offers " + s.offer_a.toFixed(1) + " A" : "no offer");
  text("volts", (s.cp_mv[0] / 1000).toFixed(0) + " / " + (s.cp_mv[1] / 1000).toFixed(0) + " V");
  lamp("l-c1", s.c1); lamp("l-c2", s.c2); lamp("l-lock", s.lock); lamp("l-cp", s.connected, !s.connected);
  const light = `rgb(${s.led})`, glow = light === "rgb(0,0,0)" ? "none" : "0 0 12px " + light;
  if (light !== $("led").light) { $("led").light = light; $("led").style.background = light; $("led").style.boxShadow = glow; }
  const rows = [["grid", s.mains_a], ["house", s.house_a], ["sun", s.sun_a], ["car", s.car.a]].concat(s.chargers.length > 1 ? [["all cars", s.circuit_a.map((a, p) => a - s.beside_a[p])]] : []);
  fill("phases", rows.map(([n, a]) => `<tr><td>${n}, A</td>${a.map(x => `<td>${x.toFixed(1)}</td>`).join("")}</tr>`).join(""));
  text("plug", s.car.plugged ? "Unplug" : "Plug the car in"); $("plug").classList.toggle("out", s.car.plugged);
  $("soc").style.width = s.car.soc + "%"; text("soc-text", "battery " + s.car.soc.toFixed(1) + " %");
  text("battery", `home battery ${s.battery.soc.toFixed(0)} %, ` + (s.battery.a > 0 ? "charging" : s.battery.a < 0 ? "giving" : "at rest"));
  for (const e of document.querySelectorAll("[data-set]")) {
    if (busy(e) || e.matches(":active")) continue;
    let v = look(e.dataset.set, s); if (Array.isArray(v)) v = v[0];
    if (e.type === "checkbox") e.checked = v; else { if (+e.max < v) e.max = v; if (+e.value !== v) e.value = v; label(e); }
  }
  for (const box of document.querySelectorAll("[data-choice]"))
    for (const b of box.children) b.classList.toggle("on", +b.value === look(box.dataset.choice, s));
  for (const b of document.querySelectorAll("[data-load]")) { const [p, a] = b.dataset.load.split(":"); if (p !== "all") b.classList.toggle("on", s.house_a[+p] >= +a - 0.05); }
  for (const b of document.querySelectorAll("[data-sun]")) b.classList.toggle("on", s.sun_a.every(a => a === +b.dataset.sun));
  group(s); wiring(s);
  if (s.past) for (const row of s.past) past.push(row);
  while (past.length > 300) past.shift();
  if (s.last) fill("events", s.last.slice().reverse().map(e => `<li><time>${clock(e.t_ms)}</time>${TOLD[e.what] || e.what}<b>${told(e)}</b></li>`).join("") || "<li>nothing yet</li>");
  if (s.lcd) picture(s.lcd);
  if (s.past && s.past.length || performance.now() - drawn > 950) strip();   // a chart a second is enough and spares the host
}
function fill(id, html) { const e = $(id); if (e.was !== html) e.innerHTML = e.was = html; }
function lamp(id, on, bad) { $(id).className = bad ? "bad" : on ? "on" : ""; }

function picture(b64) {          // eight pages of 128 columns, bit 0 on top
  const raw = atob(b64), c = $("lcd").getContext("2d"), img = c.createImageData(128, 64);
  for (let y = 0; y < 64; y++) for (let x = 0; x < 128; x++) {
    const on = raw.charCodeAt((y >> 3) * 128 + x) >> (y & 7) & 1, i = (y * 128 + x) * 4;
    img.data.set(on ? [24, 34, 28, 255] : [160, 178, 148, 255], i);
  }
  c.putImageData(img, 0, 0);
}

const LINES = [["--house", 4, 1], ["--sun", 2, 2], ["--mains", 1, 2], ["--car", 3, 2.5]];
let drawn = 0;
function strip() {
  drawn = performance.now();
  const c = $("strip"), box = c.getBoundingClientRect(), k = devicePixelRatio || 1, w = box.width, h = box.height;
  if (c.width !== Math.round(w * k) || c.height !== Math.round(h * k)) { c.width = Math.round(w * k); c.height = Math.round(h * k); }
  const g = c.getContext("2d"), css = getComputedStyle(document.documentElement), paint = n => css.getPropertyValue(n);
  g.setTransform(k, 0, 0, k, 0, 0); g.clearRect(0, 0, w, h);
  const cars = now.chargers.length > 1 ? sum(now.circuit_a) - sum(now.beside_a) : sum(now.car.a);
  const points = past.concat([[now.t_ms, sum(now.mains_a) * 1000, sum(now.sun_a) * 1000, cars * 1000, sum(now.house_a) * 1000]]);
  let low = 0, high = 10000;
  for (const p of points) for (let i = 1; i < 5; i++) { low = Math.min(low, p[i]); high = Math.max(high, p[i]); }
  const step = [5, 10, 20, 50, 100, 200].find(s => (high - low) / 1000 / s <= h / 26) || 500;
  high = Math.ceil(high / 1000 / step) * step * 1000; low = Math.floor(low / 1000 / step) * step * 1000;
  const left = 30, end = now.t_ms, minute = 60000 * now.speed;
  const span = minute * Math.min(5, Math.max(1, Math.ceil((end - points[0][0]) / minute)));   // opens from one minute to five
  const X = t => left + (w - left - 4) * (1 - (end - t) / span), Y = a => 6 + (h - 12) * (1 - (a - low) / (high - low));
  g.font = "11px system-ui, sans-serif"; g.textAlign = "right"; g.textBaseline = "middle"; g.lineWidth = 1;
  for (let a = low; a <= high; a += step * 1000) {
    g.strokeStyle = paint(a === 0 ? "--soft" : "--line"); g.beginPath(); g.moveTo(left, Math.round(Y(a)) + .5); g.lineTo(w, Math.round(Y(a)) + .5); g.stroke();
    g.fillStyle = paint("--soft"); g.fillText(a / 1000, left - 6, Y(a));
  }
  g.save(); g.beginPath(); g.rect(left, 0, w - left, h); g.clip(); g.lineJoin = "round";
  for (const [colour, i, width] of LINES) {
    g.strokeStyle = paint(colour); g.lineWidth = width; g.beginPath();
    points.forEach((p, n) => n ? g.lineTo(X(p[0]), Y(p[i])) : g.moveTo(X(p[0]), Y(p[i]))); g.stroke();
  }
  g.restore();
  text("span", "last " + span / 60000 + " min, A");
}

let live = null;
function listen() {              // anew for each charger: past and display come again
  if (live) live.close();
  held.clear();
  live = new EventSource("live?charger=" + charger);
  live.onmessage = m => show(JSON.parse(m.data));
  live.onerror = () => { text("clock", "the world is gone"); text("firmware", "–"); $("firmware").className = "pill"; };
  live.onopen = () => { past.length = 0; };
}
listen();
addEventListener("resize", () => now && strip());
picture(btoa("\0".repeat(1024)));
