// The view of the plan: charge now, the week's windows as rows, goals, a start and a stop, the day's reasons, the group, the clock.
// It writes settings and orders; what is wrong the charger says, beside the card.
const plan = (() => {
  const $ = id => document.getElementById(id);
  const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], MODES = ["Off", "Normal", "Smart", "Solar", "MinPV"];
  const ZONES = [["Western Europe", "WET0WEST,M3.5.0/1,M10.5.0"], ["UK", "GMT0BST,M3.5.0/1,M10.5.0"], ["Central Europe", "CET-1CEST,M3.5.0,M10.5.0/3"],
    ["Eastern Europe", "EET-2EEST,M3.5.0/3,M10.5.0/4"], ["US East", "EST5EDT,M3.2.0,M11.1.0"], ["US Central", "CST6CDT,M3.2.0,M11.1.0"],
    ["US Mountain", "MST7MDT,M3.2.0,M11.1.0"], ["US West", "PST8PDT,M3.2.0,M11.1.0"], ["Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"], ["Auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"], ["UTC", "UTC0"]];
  const TONE = { charging: "green", no_car: "line", off: "grey", paused: "grey", fault: "red", car_waits: "blue", done: "blue" };
  const make = (tag, more, ...inside) => { const e = Object.assign(document.createElement(tag), more); e.append(...inside); return e; };
  const value = key => { const r = setup.rows.find(r => r.key === key); return r ? r.value : ""; };
  const BY = { max: "MAX", surplus: "sun", node: "master", relay: "grid operator", overdraw: "a car that draws too much" };
  let day = [], touched = 0;

  // "Mo-Fr,Su" as seven booleans, and back in the shortest words
  function days(text) {
    const on = DAYS.map(() => false);
    for (const part of text.split(",")) {
      const [a, b] = part.split("-").map(d => DAYS.findIndex(n => n.toLowerCase() === d.toLowerCase()));
      for (let i = a; ; i = (i + 1) % 7) { on[i] = true; if (b === undefined || i === b) break; }
    }
    return on;
  }
  function words(on) {
    const out = [];
    for (let i = 0; i < 7; i++) if (on[i]) {
      let j = i;
      while (on[j + 1]) j++;
      out.push(DAYS[i] + (j > i ? "-" + DAYS[j] : ""));
      i = j;
    }
    return out.join(",");
  }

  function row(text) {
    const [when = "Mo-Su", span = "23:00-07:00", mode = "Smart", amp = ""] = text.split(/\s+/).filter(w => w);
    const on = days(when), [from, to] = span.split("-").map(t => t.padStart(5, "0"));
    const box = make("div", { className: "window" });
    const picks = make("div", { className: "days" }, ...DAYS.map((d, i) => {
      const b = make("button", { type: "button", textContent: d });
      b.setAttribute("aria-pressed", on[i]);
      b.onclick = () => b.setAttribute("aria-pressed", b.getAttribute("aria-pressed") !== "true");
      return b;
    }));
    const field = (name, e) => { e.setAttribute("aria-label", name); e.dataset.f = name; return e; };
    const gone = make("button", { type: "button", className: "gone", textContent: "Remove" });
    gone.onclick = () => box.remove();
    box.append(picks, make("div", { className: "row" },
      field("from", make("input", { value: from, maxLength: 5 })), field("to", make("input", { value: to, maxLength: 5 })),
      field("mode", make("select", {}, ...MODES.map(m => make("option", { value: m, textContent: m === "MinPV" ? "Min+PV" : m, selected: m.toLowerCase() === mode.toLowerCase() })))),
      field("ampere", make("input", { inputMode: "numeric", placeholder: "A", value: amp.replace(/a$/i, "") })), gone));
    return box;
  }
  const of = (box, name) => box.querySelector("[data-f=" + name + "]").value.trim();
  const text = box => [words([...box.querySelectorAll(".days button")].map(b => b.getAttribute("aria-pressed") === "true")) || "?",
    of(box, "from") + "-" + of(box, "to"), of(box, "mode"), of(box, "ampere")].join(" ").trim();

  async function keep(wishes, error) {
    const answer = await ask("/set", JSON.stringify(wishes));
    $(error).hidden = answer.ok;
    put($(error), answer.ok ? "" : answer.error);
    if (answer.ok) { toast("Saved."); await setup.load(); fill(); }
  }
  async function order(query, error) {
    const answer = await ask("/settings?" + query);
    $(error).hidden = answer.ok;
    put($(error), answer.ok ? "" : answer.error);
    if (answer.ok) { loadDelay(); if (!socket) ask_points(); }
  }

  function fill() {
    $("week-rows").replaceChildren(...value("week").split(";").filter(t => t.trim()).map(t => row(t.trim())));
    $("week-else").value = value("week_else") || "As set";
    for (const key of ["goal_kwh", "goal_min", "goal_soc"]) $(key).value = value(key) || "";
    const zone = value("timezone");
    $("zone").replaceChildren(...ZONES.map(([name, posix]) => make("option", { value: posix, textContent: name })), make("option", { value: "", textContent: "Other" }));
    $("zone").value = ZONES.some(z => z[1] === zone) ? zone : "";
    $("zone-text").value = zone;
    $("zone-text").hidden = $("zone").value !== "";
  }

  function reason(d) {
    const by = d[2] === "charging" || d[2] === "no_current" ? ", " : "";
    return ago(d[0]) + " " + (LOOK[d[2]] || [d[2]])[0] + by + (by && (BY[d[3]] || d[3])) + ", " + span(d[1]) + (d[4] ? ", " + amp(d[4]) + " A" : "");
  }
  // the start and the stop that are pending, as the charger has them, in its own time
  async function loadDelay() {
    let s;
    try { s = (await (await fetch("/settings")).json()).settings; } catch (e) { return; }
    const at = t => t ? local(t) : "", from = at(s.starttime), to = at(s.stoptime), say = t => weekday(t) + " " + t.slice(0, 16).replace("T", " ");
    put($("delay-now"), [from && "Starts " + say(from), to && (from ? "stops " : "Stops ") + say(to), s.repeat && "every day"].filter(t => t).join(", ") || (s.starttime || s.stoptime ? "Waits until the charger knows the time." : "Nothing is set."));
    $("delay-drop").hidden = !s.starttime && !s.stoptime;
    $("start-at").value = from.slice(0, 16); $("stop-at").value = to.slice(0, 16); $("daily").checked = !!s.repeat;
  }
  async function loadDay() {
    try { day = await (await fetch("/why")).json(); } catch (e) { return; }
    const most = Math.max(3600, ...day.map(d => d[0]));
    $("day").replaceChildren(...day.map(d => {
      const i = make("button", { title: reason(d), onclick: () => put($("day-text"), reason(d)) });
      i.setAttribute("aria-label", reason(d));
      i.style.cssText = "left:" + 100 * (1 - d[0] / most) + "%;width:max(2px," + 100 * d[1] / most + "%);background:var(--" + (TONE[d[2]] || "amber") + ")";
      return i;
    }));
    put($("day-from"), ago(most));
    $("day-list").replaceChildren(...day.slice().reverse().slice(0, 40).map(d => make("li", { textContent: reason(d) })));
  }

  function render() {
    const left = P["plan.boost_s"] || 0;
    put($("boost-go"), left ? "End charge now (" + span(left) + " left)" : "Charge now");
    put($("plan-now"), [P["plan.window"] && "Now: " + P["plan.window"], P["plan.next_s"] > 0 && "changes in " + span(P["plan.next_s"])].filter(t => t).join(", "));
    put($("goal-now"), P["session.goal"] || "");
    put($("clock-now"), P["clock.local"] ? P["clock.local"] + " (" + P["clock.source"] + ")" : "The charger does not know the time; windows and starts wait for it.");
    const place = P["share.place"], group = place && place !== "Disabled";
    $("group").hidden = !group;
    const all = P["share.list"] || place + (P["share.given_ma"] >= 0 ? ", allotted " + amp(P["share.given_ma"]) + " A" : ", no word from the master");
    if (group && all !== $("group-list").title) $("group-list").replaceChildren(...($("group-list").title = all).split("; ").map(t => make("li", { textContent: t })));
  }

  // a charger without a clock is told the time by whoever looks; it knows better than to believe a page once it has a server
  let told = 0;
  function clock() {
    if (P["clock.source"] === "none" && Date.now() - told > 60000) { told = Date.now(); ask("/time?utc=" + Math.floor(told / 1000)); }
  }

  // another page or a program may have changed the settings since they were read
  function look() {
    fill(); render(); loadDay(); loadDelay();
    const was = touched;
    if (!setup.changes()) setup.load().then(() => { if (touched === was) fill(); });
  }
  for (const what of ["input", "click"]) $("plan").addEventListener(what, () => { touched++; });
  setInterval(() => { if (shown === "plan") loadDay(); }, 30000);
  $("week-add").onclick = () => $("week-rows").append(row(""));
  $("week-keep").onclick = () => keep({ week: [...$("week-rows").children].map(text).join("; "), week_else: $("week-else").value }, "week-error");
  $("goal-keep").onclick = () => keep({ goal_kwh: $("goal_kwh").value || 0, goal_min: $("goal_min").value || 0, goal_soc: $("goal_soc").value || 0 }, "goal-error");
  $("boost-go").onclick = () => order("boost=" + (P["plan.boost_s"] ? 0 : encodeURIComponent($("boost-min").value)), "boost-error");
  const mode = () => ({ normal: 1, solar: 2, smart: 3, minpv: "minpv" })[P.mode === "off" || P.mode === "pause" ? localStorage.mode || "smart" : P.mode] || 1;
  $("delay-keep").onclick = () => order("mode=" + mode() + "&starttime=" + encodeURIComponent($("start-at").value) + "&stoptime=" + encodeURIComponent($("stop-at").value) + "&repeat=" + ($("daily").checked ? 1 : 0), "delay-error");
  $("delay-drop").onclick = () => order("mode=" + mode() + "&starttime=&stoptime=", "delay-error");
  $("zone").onchange = () => { $("zone-text").hidden = $("zone").value !== ""; if ($("zone").value) $("zone-text").value = $("zone").value; };
  $("zone-keep").onclick = () => keep({ timezone: $("zone-text").value }, "zone-error");
  return { look, render, clock, fill };
})();
