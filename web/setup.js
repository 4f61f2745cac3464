// The set-up form. It is built from /schema and knows no setting by name; what is right and wrong the charger says.
const setup = (() => {
  const form = document.getElementById("form"), save = document.getElementById("save");
  const GROUPS = [["Wi-Fi", /^wifi/], ["MQTT", /^mqtt/], ["Modbus", /^modbus/], ["Custom meter", /^em_/], ["Plan", /^(time|ntp|week|goal)/], ["Meters", /meter|addr$|_host|^(rs485|grid|sb2)/], ["Capacity", /^(cap|sum)/],
    ["Several chargers", /^(loadbl|share|prior|rot|circuit_a)/], ["Solar", /^(start|stop|import|min_o)/], ["Phases", /^(contact|phase)/],
    ["Plug", /lock|^config/], ["Charging", /^(mode|access|mains|min|max_c|random)/], ["Charger", /./]];
  const ORDER = ["Charging", "Solar", "Phases", "Meters", "Several chargers", "Capacity", "Plan", "Custom meter", "Plug", "Charger", "Wi-Fi", "MQTT", "Modbus"];
  let rows = [];

  const el = (tag, more, ...inside) => { const e = Object.assign(document.createElement(tag), more); e.append(...inside); return e; };
  const read = r => r.kind === "bool" ? (r.input.checked ? 1 : 0) : r.kind === "int" && r.input.value.trim() !== "" && !isNaN(r.input.value) ? Number(r.input.value) : r.input.value;
  const isNew = r => r.where.includes("S") ? r.input.value !== "" : String(read(r)) !== String(r.value);

  function control(r) {
    if (r.kind === "pick") return el("select", {}, ...r.choices.filter(c => c).map(c => el("option", { value: c, textContent: c })));
    if (r.kind === "bool") return el("input", { type: "checkbox" });
    if (r.where.includes("S")) return el("input", { type: "password", autocomplete: "new-password", placeholder: r.value ? "unchanged" : "none" });
    return el("input", { type: "text", inputMode: r.kind === "int" ? "numeric" : "text", autocomplete: "off", spellcheck: false });
  }

  function reset(r) {
    if (r.kind === "bool") r.input.checked = !!r.value;
    else r.input.value = r.where.includes("S") ? "" : r.value;
    blame(r, "");
  }

  function blame(r, text) {
    r.box.classList.toggle("bad", !!text);
    r.input.setAttribute("aria-invalid", !!text);
    r.error.textContent = text.replace(r.key, r.label || "this"); r.error.hidden = !text;
  }

  function touched() {
    let n = 0;
    for (const r of rows) { const fresh = isNew(r); n += fresh; r.box.classList.toggle("new", fresh); }
    save.dataset.n = n;
    document.getElementById("keep").textContent = n === 1 ? "Save 1 change" : "Save " + n + " changes";
    showFooter();
  }

  function build(schema) {
    rows = schema;
    form.replaceChildren();
    const boxes = {};
    for (const name of ORDER) form.append(boxes[name] = el("fieldset", {}, el("legend", { textContent: name }), el("div", { className: "card" })));
    for (const r of rows) {
      r.input = control(r); r.input.id = "s-" + r.key; r.input.name = r.key;
      r.error = el("p", { id: "e-" + r.key, hidden: true }); r.error.setAttribute("role", "alert");
      r.input.setAttribute("aria-describedby", r.error.id);
      const label = el("label", { htmlFor: r.input.id });
      if (r.label) label.append(el("span", { textContent: r.label, title: "Name in the menu of the display" }));
      label.append(r.help);
      const asked = r.unit ? el("div", { className: "unit" }, r.input, el("em", { textContent: r.unit === "C" ? "°C" : r.unit })) : r.input;
      const range = r.kind === "int" ? r.low + " to " + r.high + " " + (r.unit === "C" ? "°C" : r.unit) + (r.value !== r.default ? ", normally " + r.default : "") : "";
      r.box = el("div", { className: "field" }, label, asked, r.error);
      if (range) r.box.append(el("small", { textContent: range }));
      boxes[GROUPS.find(g => g[1].test(r.key))[0]].querySelector(".card").append(r.box);
      r.input.addEventListener("input", () => { blame(r, ""); touched(); });
      reset(r);
    }
    find(); touched();
  }

  function find() {
    const words = document.getElementById("find").value.toLowerCase().split(/\s+/);
    let seen = 0;
    for (const r of rows) {
      const text = (r.label + " " + r.help + " " + r.key + " " + (r.choices || "")).toLowerCase();
      r.box.hidden = !words.every(w => text.includes(w));
      seen += !r.box.hidden;
    }
    for (const box of form.children) box.hidden = !box.querySelector(".field:not([hidden])");
    document.getElementById("none").hidden = !!seen;
  }

  async function load() {
    try {
      const answer = await fetch("/schema");
      if (!answer.ok) throw 0;
      build(await answer.json());
      return true;
    } catch (e) { return false; }
  }

  async function keep(event) {
    event.preventDefault();
    const wishes = {}, fresh = rows.filter(isNew);
    for (const r of fresh) wishes[r.key] = read(r);
    const answer = await ask("/set", JSON.stringify(wishes));
    if (answer.ok) { toast("Saved."); await load(); return; }
    const errors = answer.errors || {};
    for (const r of rows) blame(r, errors[r.key] || "");
    const first = rows.find(r => errors[r.key]);
    if (first) { document.getElementById("find").value = ""; find(); first.input.focus(); }
    else toast(answer.error);
  }

  form.addEventListener("submit", keep);
  document.getElementById("undo").addEventListener("click", () => { rows.forEach(reset); touched(); });
  document.getElementById("find").addEventListener("input", find);
  return { load, get rows() { return rows; }, changes: () => +save.dataset.n || 0 };
})();
