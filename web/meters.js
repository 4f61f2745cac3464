// The meters: what each says, how well it is heard, the search for one and the check of the mains wiring.
// What the charger found and concluded comes in its own words; here it is only laid out.
const meters = (() => {
  const by = id => document.getElementById(id);
  const ROLES = [["mains", "Mains"], ["circuit", "Circuit"], ["ev", "Car"], ["pv", "Solar panels"], ["battery", "Battery"]];
  const el = (tag, more, ...inside) => { const e = Object.assign(document.createElement(tag), more); e.append(...inside); return e; };
  const volt = mv => mv > 0 ? (mv / 1000).toFixed(0) + " V" : "–";
  const watt = w => w === undefined || w === null ? "–" : Math.abs(w) < 10000 ? String(Math.round(w)).replace("-", "−") + " W" : kw(w) + " kW";
  const kwh = wh => wh >= 0 ? (wh / 1000).toFixed(wh < 1e6 ? 1 : 0) + " kWh" : "–";
  const three = (name, cells) => el("tr", {}, el("th", { textContent: name, scope: "row" }), ...cells.map(c => el("td", { textContent: c })));
  const pair = (a, b, c, d) => el("tr", {}, el("th", { textContent: a, scope: "row" }), el("td", { textContent: b }), el("th", { textContent: c, scope: "row", className: "mid-th" }), el("td", { textContent: d }));
  let looking = 0, told = "", said = "";

  function render() {
    const cards = [];
    for (const [role, title] of ROLES) {
      const p = name => P[role + "." + name];
      if (role === "mains" || role === "ev" || role === "circuit" ? !has(role + ".meter") : typeof p("age_ms") !== "number" || p("age_ms") < 0) continue;
      const age = p("age_ms"), lost = !(age >= 0 && age < 1e8), old = lost || age > 6000;
      const body = el("tbody", {});
      if (p("l1_ma") !== undefined) {
        body.append(three("", ["L1", "L2", "L3"]));
        const volts = (p("volts") || "").split(",").map(Number);
        if (Math.max(...volts) > 0) body.append(three("Volts", volts.map(v => volt(v * 1000))));
        body.append(three("Amps", [1, 2, 3].map(n => amp(p("l" + n + "_ma")) + " A")));
      }
      body.append(pair("Power", watt(p("w")), "", ""));
      if (p("import_wh") !== undefined) body.append(pair("Import", kwh(p("import_wh")), "Export", kwh(p("export_wh"))));
      const errors = p("errors") > 0 ? many(p("errors")) + (p("error_counts") ? ": " + p("error_counts") : "") + (p("last_error") ? ". Last: " + p("last_error") : "") + "." : "No errors.";
      cards.push(el("section", { className: "card meter" + (old ? " old" : "") },
        el("h2", {}, el("b", { textContent: title }), p("meter") || "", el("span", { className: "age", textContent: lost ? "never heard" : (age / 1000).toFixed(1) + " s ago" })),
        el("table", {}, body), el("p", { className: "err", textContent: errors })));
    }
    if (!cards.length) cards.push(el("p", { className: "card dim", textContent: "No meter is set up." }));
    const now = cards.map(c => c.outerHTML).join("");
    if (now !== told) { told = now; by("each").replaceChildren(...cards); }
  }

  function showFind(f) {
    const box = by("seek-box"), busy = f.state === "searching";
    by("seek-go").textContent = f.state === "off" ? "Search" : "Stop";
    box.hidden = f.state === "off" && !f.hits.length;
    if (box.hidden) { said = ""; return; }
    box.querySelector("progress").hidden = !busy;
    box.querySelector("progress").value = 100 * f.done / f.total;
    put(box.querySelector("p"), busy ? "At address " + f.address + ", about " + (f.left_s > 90 ? Math.ceil(f.left_s / 60) + " min" : f.left_s + " s") + " left." : f.hits.length ? "Pick yours." : "No meter answered. Check its wires, and the speed of RS485.");
    const now = JSON.stringify(f.hits);
    if (now === said) return;
    said = now;
    by("hits").replaceChildren(...f.hits.map((h, i) => {
      const take = el("button", { className: "act", textContent: h.used === f.role ? "In use" : "Take it", disabled: h.used === f.role });
      take.onclick = () => tell("/find?take=" + i, showFind).then(ok => { if (ok) { toast("The meter is set."); setup.load(); } });
      const flow = h.ma.map((ma, n) => Math.abs(ma) < 100 ? "none" : ma < 0 ? "export" : "import");
      return el("div", { className: "meter" }, el("h2", {}, el("b", { textContent: h.model }), "address " + h.address + (h.used ? ", used: " + h.used : "")),
        el("table", {}, el("tbody", {}, three("Volts", h.mv.map(volt)), three("Amps", h.ma.map(ma => amp(ma) + " A")), three("Flow", flow))), take);
    }));
  }

  function showCheck(c) {
    const running = c.state === "running";
    by("cts").replaceChildren(...c.cts.map((ct, i) => el("li", {}, el("b", { textContent: "CT L" + (i + 1) }),
      el("span", { textContent: ct.text, className: ct.phase === i + 1 && ct.sign > 0 ? "good" : ct.sign < 0 || ct.phase && ct.phase !== i + 1 ? "bad-ct" : "" }))));
    put(by("wiring-text"), c.text + (running ? " (" + countdown(c.left_s) + ")" : ""));
    by("wiring-stop").hidden = !running;
    document.querySelectorAll("[data-check]").forEach(b => { b.disabled = running; });
  }

  async function tell(path, showIt) {
    const answer = await ask(path);
    if (answer.ok) showIt(answer); else toast(answer.error);
    return answer.ok;
  }

  async function poll() {
    for (const [path, showIt] of [["/find", showFind], ["/commission", showCheck]])
      try { const answer = await fetch(path, { signal: AbortSignal.timeout(3000) }); if (answer.ok) showIt(await answer.json()); } catch (e) { link(); }
  }

  function look(on) {
    clearInterval(looking);
    if (!on) return;
    render(); poll();
    looking = setInterval(poll, 2000);
  }

  by("seek-role").append(...ROLES.map(([role, title]) => el("option", { value: role, textContent: title })));
  by("seek-go").onclick = () => tell(by("seek-go").textContent === "Stop" ? "/find?stop=1" : "/find?role=" + by("seek-role").value, showFind);
  by("wiring").addEventListener("click", e => { const b = e.target.closest("[data-check]"); if (b) tell("/commission?" + b.dataset.check, showCheck); });
  by("wiring-stop").onclick = () => tell("/commission?stop=1", showCheck);
  return { render, look };
})();
