// The page: a link to the charger that repairs itself, and a picture of the points that come over it.
// A point that is missing hides what would show it; nothing here decides anything about charging.
const $ = id => document.getElementById(id);
const P = {};                                   // all points, newest values
let heard = 0, socket = null, fails = 0, poll = 0, wish = null, shown = "charge";
const TABS = ["charge", "meters", "plan", "setup", "log"];

// state word, icon, colour for each reason; the sentence comes from the charger
const LOOK = {
  no_car: ["Ready for a car", "plug", "blue"], car_waits: ["Connected", "plug", "blue"], checking: ["Starting", "wait", "amber"],
  charging: ["Charging", "bolt", "green"], stopping: ["Stopping", "wait", "amber"], off: ["Off", "off", "grey"],
  paused: ["Paused", "pause", "amber"], fault: ["Fault", "warn", "red"], no_current: ["Waiting for power", "wait", "amber"],
  wait: ["Waiting", "wait", "amber"], switching: ["Switching phases", "wait", "amber"], waking: ["Waking the car", "wait", "amber"],
  random: ["Delayed start", "wait", "amber"], timer: ["Waiting for its time", "wait", "amber"], done: ["Done", "plug", "blue"],
};
// what comes when the reason's countdown is over
const COUNT = {
  charging: "Stops in", stopping: "Opens in", no_current: "Next try in", wait: "Starts in", random: "Starts in", timer: "Starts in", switching: "Goes on in", waking: "Next try in",
};
const BY_LETTER = { A: "no_car", B: "car_waits", C: "charging", D: "fault", E: "fault", F: "fault" };
const HINT = {
  off: "No car can charge until you choose a mode.", pause: "The session stays open; charging waits for you.",
  normal: "Charges at full current.", solar: "Charges on sun that is left over.", minpv: "Charges at least the minimum, and the sun on top.", smart: "Charges with what the mains leave.",
};

const thousands = (n, digits) => (n / 1000).toFixed(digits).replace("-0.0", "0.0").replace("-", "−");
const kw = w => thousands(w, Math.abs(w) < 9950 ? 1 : 0);
const amp = ma => thousands(ma, 1);
const two = n => String(n).padStart(2, "0");
const span = s => s < 60 ? s + " s" : s < 3600 ? Math.floor(s / 60) + " min" : Math.floor(s / 3600) + ":" + two(Math.floor(s / 60) % 60) + " h";
const countdown = s => s < 3600 ? Math.floor(s / 60) + ":" + two(s % 60) : span(s);
// the charger's clock on the wall, not the phone's: s seconds of UTC as "2026-11-21T23:05:09" there, "" while it does not know
const local = s => {
  const here = P["clock.local"], utc = P["clock.utc_s"];
  return here ? new Date((s + Math.round((Date.parse(here.slice(3).replace(" ", "T") + "Z") / 1000 - utc) / 900) * 900) * 1000).toISOString().slice(0, 19) : "";
};
// so many seconds ago, "23:05", with its day when that was not today
const ago = (s, end = 16) => {
  const t = local(P["clock.utc_s"] - s);
  return t ? (t.slice(0, 10) === P["clock.local"].slice(3, 13) ? "" : weekday(t) + " ") + t.slice(11, end) : "−" + span(s);
};
const weekday = t => "Su Mo Tu We Th Fr Sa".slice(3 * new Date(t + "Z").getUTCDay()).slice(0, 2);
const AS = { span, kb: b => (b / 1024).toFixed(0) + " kB" };
const many = n => n + (n === 1 ? " error" : " errors");
const has = meter => P[meter] !== undefined && P[meter] !== null && P[meter] !== "" && P[meter] !== "Disabled";
const put = (e, text) => { if (e.textContent !== text) e.textContent = text; };
const icon = (svg, name) => svg.firstElementChild.setAttribute("href", "#i-" + name);

// W into the car: measured, or from what it is offered while the contactor is closed, which is the most it can be
function carW() {
  if (has("ev.meter") && P["ev.w"] !== undefined) return P["ev.w"];
  const ma = P["evse.drawn_ma"] >= 0 ? P["evse.drawn_ma"] : P["evse.offered_ma"] || 0;
  return P["evse.c1"] ? ma * 230 * (P["evse.phases"] || 1) / 1000 : 0;
}

function render() {
  const letter = String(P["evse.state"] || "A")[0], reason = P["evse.why"] in LOOK ? P["evse.why"] : BY_LETTER[letter];
  const code = letter === "A" && ["no_current", "timer"].includes(reason) ? "no_car" : reason;   // nobody waits yet
  let [word, pic, tone] = LOOK[code];
  const mode = P.mode, car = carW(), max = P["evse.max_ma"] || 16000, offer = P["evse.offered_ma"] || 0;
  if (code === "charging" && (mode === "solar" || mode === "minpv")) { word = "Charging on sun"; pic = "sun"; }
  if (code === "no_current" && mode === "solar") { word = "Waiting for sun"; pic = "sun"; }
  const now = $("now"), count = P["evse.countdown_s"];
  now.style.setProperty("--tone", "var(--" + tone + ")");
  put(now.querySelector("h1"), word);
  icon(now.querySelector(".badge"), pic);
  put($("why"), P["evse.why_text"] || "");
  put($("next"), P["evse.next_text"] || "");
  put($("count"), count > 0 && code in COUNT ? COUNT[code] + " " + countdown(count) + " " : "");
  put($("since"), P["evse.why_s"] > 0 ? "for " + span(P["evse.why_s"]) : "");
  $("skip").hidden = code !== "random";
  const guess = !has("ev.meter") && car > 0;
  put($("kw"), (guess ? "≤" : "") + kw(car));
  put($("amps"), offer ? amp(offer) + " A" : "no current");
  put($("of"), offer ? "of " + amp(max).replace(".0", "") + " A offered" : "offered");
  const arc = $("ring").lastElementChild;
  arc.setAttribute("stroke-dasharray", Math.min(300, 300 * offer / max) + " 400");
  arc.classList.toggle("none", !offer);
  $("ring").setAttribute("aria-label", amp(offer) + " of " + amp(max) + " ampere offered");
  put($("kwh"), ((P["session.wh"] || 0) / 1000).toFixed(2) + " kWh");
  put($("time"), span(P["session.s"] || 0));
  document.querySelectorAll("[data-p]").forEach(e => put(e, (AS[e.dataset.as] || String)(P[e.dataset.p] ?? "")));
  document.querySelectorAll("[data-need]").forEach(e => { e.hidden = !(P[e.dataset.need] >= 0); });
  document.title = (car > 100 ? kw(car) + " kW · " : "") + word + " · uEVSE";

  $("fault").hidden = !P["fault.text"];
  put($("fault").querySelector("h2"), P["fault.text"] || "");
  put($("fault").querySelector("p"), P["fault.todo"] || "");
  $("reset").hidden = !P["fault.latched"];
  renderModes(mode);
  renderEnergy(car);
  if (shown === "log") renderPoints();
  if (shown === "meters") meters.render();
  if (shown === "plan") plan.render();
  plan.clock();
}

function renderModes(mode) {
  if (mode === wish) wish = null;
  for (const b of $("modes").children) {
    const on = b.dataset.mode === mode;
    b.setAttribute("aria-checked", on);
    b.tabIndex = on || !mode ? 0 : -1;
    b.setAttribute("aria-busy", b.dataset.mode === wish);
  }
  if (["normal", "solar", "minpv", "smart"].includes(mode)) localStorage.mode = mode;
  put($("hint"), (HINT[mode] || "") + (P["plan.boost_s"] ? " Charge now has chosen it." : P["plan.window"] ? " The plan: " + P["plan.window"] + "." : ""));
  const again = localStorage.mode || "smart", off = mode === "off";
  $("stop").classList.toggle("go", off);
  put($("stop").firstElementChild, off ? "START in " + $("modes").querySelector("[data-mode=" + again + "]").textContent : "STOP");
  $("modes-card").hidden = mode === undefined;
}

function renderEnergy(car) {
  const mains = has("mains.meter"), grid = P["mains.w"];
  const guess = !has("ev.meter") && car > 0;
  const home = !mains || guess && grid < car ? null : grid - car, sunny = home !== null && home < -30;
  const node = (id, w, name, tone) => {
    const e = $(id);
    e.style.setProperty("--tone", "var(--" + tone + ")");
    put(e.querySelector("b"), w === null ? "–" : kw(Math.abs(w)) + " kW");
    put(e.querySelector("small"), name);
  };
  node("f-grid", mains ? grid : null, !mains ? "no meter" : grid < -30 ? "to the grid" : "from the grid", "blue");
  node("f-home", home, sunny ? "sun left over" : "house", sunny ? "sun" : "dim");
  icon($("f-home").querySelector("svg"), sunny ? "sun" : "home");
  node("f-car", car, has("ev.meter") || !car ? "car" : "car, at most", car > 100 ? "green" : "dim");
  const wire = (id, w, tone) => {
    $(id).className = "wire" + (Math.abs(w) > 60 ? " on" : "") + (w < 0 ? " back" : "");
    $(id).style.setProperty("--tone", "var(--" + tone + ")");
  };
  wire("w-grid", mains ? grid : 0, grid < 0 ? "sun" : "blue");
  wire("w-car", car, "green");
  const fuse = (setup.rows.find(r => r.key === "mains_a") || { value: 25 }).value * 1000;
  for (const [row, meter, most] of [["mains", mains, fuse], ["ev", has("ev.meter"), P["evse.max_ma"] || 16000]]) {
    const tr = document.querySelector("[data-row=" + row + "]");
    tr.hidden = !meter;
    [1, 2, 3].forEach(n => {
      const ma = P[row + ".l" + n + "_ma"], td = tr.children[n];
      if (ma === undefined) { td.textContent = "–"; return; }
      if (!td.firstElementChild) td.innerHTML = "<span></span><u><i></i></u>";
      put(td.firstElementChild, amp(ma) + " A");
      td.querySelector("i").style.width = Math.min(100, 100 * Math.abs(ma) / most) + "%";
      td.querySelector("i").style.background = ma < 0 ? "var(--sun)" : ma > most ? "var(--red)" : "";
    });
  }
  $("phases").hidden = !mains && !has("ev.meter");
  const age = P["mains.age_ms"];
  $("meter-age").hidden = !(mains && age > 6000);
  put($("meter-age"), age > 1e8 ? "The mains meter has not been heard yet." : "The mains meter was heard " + Math.round(age / 1000) + " s ago.");
  if (heard && Date.now() - heard < 3000) strip.add(Date.now(), mains ? grid : null, car, sunny ? -home : null);
}

// how each meter that is there does: errors so far, what they were, how old its reading is
function renderMeters() {
  for (const role of ["mains", "circuit", "ev", "pv", "battery"]) {
    const dt = $("h-" + role), there = role + ".meter" in P ? has(role + ".meter") : P[role + ".errors"] != null, age = P[role + ".age_ms"];
    dt.hidden = !there;
    if (there) put(dt.lastElementChild, many(P[role + ".errors"]) + (P[role + ".last_error"] ? " (last: " + P[role + ".last_error"] + ")" : "")
      + (age >= 0 ? ", " + (age / 1000).toFixed(1) + " s old" : ", not heard"));
  }
}

function renderPoints() {
  renderMeters();
  const table = $("points");
  for (const name of Object.keys(P).sort()) {
    let row = document.getElementById("p-" + name);
    if (row) row.hidden = P[name] === null;
    else if (P[name] === null) continue;   // a meter that is not there
    if (!row) { row = table.insertRow(); row.id = "p-" + name; row.insertCell().textContent = name; row.insertCell(); }
    put(row.lastElementChild, String(P[name] ?? ""));
  }
}

async function loadLog() {
  try {
    const lines = await (await fetch("/log")).json();
    $("lines").replaceChildren(...lines.reverse().map(l => {
      const li = document.createElement("li"), time = document.createElement("time");
      time.textContent = ago(P.uptime_s - l.at_s, 19); li.append(time, l.text);
      return li;
    }));
  } catch (e) { toast("The log could not be read."); }
}

// ---- the link: a websocket, and /points every two seconds while there is none
function take(points) { Object.assign(P, points); heard = Date.now(); link(); render(); }

function connect() {
  socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/live");
  socket.binaryType = "arraybuffer";
  socket.onmessage = e => {
    if (typeof e.data !== "string") { heard = Date.now(); lcd.draw(new Uint8Array(e.data)); return; }
    const news = JSON.parse(e.data);
    if (news.button) return;
    if (news.error) { toast(news.error); return; }
    fails = 0; clearInterval(poll); poll = 0;
    take(news);
    if (!setup.rows.length) setup.load().then(() => { if (shown === "plan") plan.look(); });
  };
  socket.onclose = () => {
    socket = null; fails++;
    setTimeout(connect, Math.min(10000, 700 * 2 ** Math.min(fails, 4)));
    if (fails >= 2 && !poll) { poll = setInterval(ask_points, 2000); ask_points(); }
  };
}

async function ask_points() {
  try {
    const answer = await fetch("/points", { signal: AbortSignal.timeout(3000) });
    if (!answer.ok) return;
    const all = await answer.json(), flat = {};
    for (const name in all) flat[name] = all[name].value;
    take(flat);
    if (!setup.rows.length) setup.load();
    if (!$("drawer").open) return;
    const picture = new Uint8Array(await (await fetch("/lcd")).arrayBuffer()), bytes = new Uint8Array(1024);
    for (let y = 0; y < 64; y++) for (let x = 0; x < 128; x++)
      if (picture[62 + (63 - y) * 16 + (x >> 3)] >> (7 - (x & 7)) & 1) bytes[(y >> 3) * 128 + x] |= 1 << (y & 7);
    lcd.draw(bytes);
  } catch (e) { link(); }
}

function link() {
  const age = heard ? (Date.now() - heard) / 1000 : 0, lost = heard ? age > 4 : fails > 1;
  $("link").className = lost ? "lost" : !heard || !socket || socket.readyState !== 1 ? "wait" : "";
  put($("link").lastElementChild, lost ? "no link" : !heard ? "joining" : (socket && socket.readyState === 1 ? "live " : "polling ") + age.toFixed(1) + " s");
  $("lost").hidden = !lost;
  document.body.classList.toggle("lost", lost);
  put($("lost"), heard ? "No word from the charger for " + Math.round(age) + " s. These numbers are from " + new Date(heard).toLocaleTimeString() + "."
    : "The charger does not answer. It charges on by itself; trying again.");
}
setInterval(link, 500);

// ask(path, body): POST, and the answer as an object with ok; error is a sentence
async function ask(path, body = "") {
  try {
    const answer = await fetch(path, { method: "POST", body, headers: body ? { "Content-Type": "application/json" } : {}, signal: AbortSignal.timeout(5000) });
    const said = await answer.json();
    said.ok = answer.ok;
    return said;
  } catch (e) { return { ok: false, error: "The charger did not answer; nothing is known to have changed." }; }
}

async function setMode(b) {
  wish = b.dataset.mode; renderModes(P.mode);
  const answer = await ask("/settings?mode=" + b.dataset.id);
  if (!answer.ok) { wish = null; renderModes(P.mode); toast(answer.error); }
  else if (!socket) ask_points();
}

// an order that is done at once or refused with a sentence
async function order(words) {
  const answer = await ask("/settings?" + words);
  if (!answer.ok) toast(answer.error);
  else if (!socket) ask_points();
}
$("reset").onclick = () => order("reset_fault=1");
$("skip").onclick = () => order("skip_delay=1");

let hush = 0;
function toast(text) { $("toast").textContent = text; $("toast").hidden = false; clearTimeout(hush); hush = setTimeout(() => { $("toast").hidden = true; }, 5000); }

function showFooter() {
  $("stop").hidden = shown !== "charge";
  $("save").hidden = shown !== "setup" || !setup.changes();
}
function show(name) {
  shown = name;
  for (const id of TABS) { $(id).hidden = id !== name; $("t-" + id).setAttribute("aria-selected", id === name); }
  if (name === "setup" && !setup.changes()) setup.load();
  if (name === "log") { loadLog(); renderPoints(); }
  if (name === "plan") plan.look();
  meters.look(name === "meters");
  showFooter(); scrollTo(0, 0); strip.draw(Date.now());
}
for (const id of TABS) $("t-" + id).onclick = () => { location.hash = id; };
addEventListener("hashchange", () => show(TABS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "charge"));

$("modes").addEventListener("click", e => { const b = e.target.closest("button"); if (b) setMode(b); });
$("modes").addEventListener("keydown", e => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key], all = [...$("modes").children], at = all.indexOf(e.target);
  if (step && at >= 0) { e.preventDefault(); all[(at + step + all.length) % all.length].focus(); }
});
$("stop").onclick = () => setMode($("modes").querySelector("[data-mode=" + (P.mode === "off" ? localStorage.mode || "smart" : "off") + "]"));
lcd.keys((which, down) => {
  if (socket && socket.readyState === 1) socket.send(JSON.stringify({ button: which, state: down }));
  else ask("/lcd?button=" + which + "&state=" + down);
});

function theme(name) { document.documentElement.dataset.theme = name; strip.draw(Date.now()); lcd.draw(); }
const night = matchMedia("(prefers-color-scheme: dark)");
theme(localStorage.theme || (night.matches ? "dark" : "light"));
night.onchange = () => { if (!localStorage.theme) theme(night.matches ? "dark" : "light"); };
$("theme").onclick = () => theme(localStorage.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark");
if (innerWidth >= 900) $("drawer").open = true;
if (location.hash) dispatchEvent(new Event("hashchange"));
showFooter();
connect();
