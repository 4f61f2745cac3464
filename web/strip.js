// The strip chart: power of grid, car and sun over ten minutes, drawn on a canvas from what came in live.
const strip = (() => {
  const SPAN = 600e3, STEP = 2000;         // ms shown; ms between two dots
  const dots = [];                         // [time, grid W, car W, sun W or null]
  const canvas = document.getElementById("strip");

  function add(t, grid, car, sun) {
    const last = dots[dots.length - 1];
    if (last && t - last[0] < STEP) return;
    dots.push([t, grid, car, sun]);
    while (dots.length && t - dots[0][0] > SPAN + STEP) dots.shift();
    draw(t);
  }

  function nice(w) {                       // the step of the scale in W: three lines or so
    for (const s of [500, 1000, 2000, 5000, 10000, 20000]) if (w / s <= 4) return s;
    return 50000;
  }

  function draw(now) {
    const wide = canvas.clientWidth, high = canvas.clientHeight, scale = devicePixelRatio || 1;
    if (!wide) return;
    canvas.width = wide * scale; canvas.height = high * scale;
    const pen = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue("--" + name).trim();
    pen.scale(scale, scale);
    let top = 1000, low = 0;
    for (const d of dots) for (const w of d.slice(1)) if (w != null) { top = Math.max(top, w); low = Math.min(low, w); }
    const step = nice(top - low), left = 34, foot = 18;
    top = Math.ceil(top / step) * step; low = Math.floor(low / step) * step;
    const x = t => left + (wide - left) * (1 - (now - t) / SPAN);
    const y = w => 6 + (high - foot - 6) * (top - w) / (top - low);
    pen.font = "11px system-ui,sans-serif"; pen.textBaseline = "middle"; pen.lineWidth = 1;
    for (let w = low; w <= top; w += step) {
      pen.strokeStyle = colour("line"); pen.globalAlpha = w ? .7 : 1.5;
      pen.beginPath(); pen.moveTo(left, y(w)); pen.lineTo(wide, y(w)); pen.stroke();
      pen.globalAlpha = 1; pen.fillStyle = colour("dim"); pen.textAlign = "right";
      pen.fillText((w / 1000).toFixed(step < 1000 ? 1 : 0).replace("-", "−"), left - 7, y(w));
    }
    pen.textAlign = "center";
    for (let m = 2; m < 10; m += 2) pen.fillText("−" + m + " min", x(now - m * 60e3), high - 6);
    pen.textAlign = "left"; pen.fillText("kW", 0, high - 6);
    line(3, "sun"); line(1, "blue"); line(2, "green", true);

    function line(i, name, filled) {
      const seen = dots.filter(d => d[i] != null);
      if (seen.length < 2) return;
      pen.strokeStyle = pen.fillStyle = colour(name); pen.lineWidth = 2; pen.lineJoin = "round";
      pen.beginPath();
      dots.forEach((d, n) => {
        if (d[i] == null) return;
        if (n && dots[n - 1][i] != null && d[0] - dots[n - 1][0] < 5 * STEP) pen.lineTo(x(d[0]), y(d[i]));
        else pen.moveTo(x(d[0]), y(d[i]));
      });
      pen.stroke();
      if (filled) {
        pen.beginPath(); pen.moveTo(x(seen[0][0]), y(0));
        for (const d of seen) pen.lineTo(x(d[0]), y(d[i]));
        pen.lineTo(x(seen[seen.length - 1][0]), y(0));
        pen.globalAlpha = .13; pen.fill(); pen.globalAlpha = 1;
      }
    }
  }
  addEventListener("resize", () => draw(Date.now()));
  return { add, draw, dots };
})();
