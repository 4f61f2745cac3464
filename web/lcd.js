// The charger's display: 1024 bytes, eight pages of 128 columns with bit 0 on top, and its three buttons.
const lcd = (() => {
  const canvas = document.getElementById("lcd"), pen = canvas.getContext("2d");
  let bytes = null;

  function draw(fresh) {
    if (fresh) bytes = fresh;
    if (!bytes || bytes.length !== 1024) return;
    const style = getComputedStyle(document.documentElement);
    pen.clearRect(0, 0, 640, 320);
    pen.fillStyle = style.getPropertyValue("--ink");
    for (let i = 0; i < 1024; i++)
      for (let b = 0; b < 8; b++)
        if (bytes[i] >> b & 1) pen.fillRect((i & 127) * 5, ((i >> 7) * 8 + b) * 5, 4.6, 4.6);
  }

  // press(which, 0|1) tells the charger; while a button is held it is told again, as its override lives 4 s
  function keys(press) {
    for (const key of document.querySelectorAll("[data-key]")) {
      let again = 0;
      const set = down => {
        if (!!again === down) return;
        clearInterval(again);
        again = down ? setInterval(() => press(key.dataset.key, 1), 1000) : 0;
        key.classList.toggle("down", down);
        press(key.dataset.key, down ? 1 : 0);
      };
      key.addEventListener("pointerdown", e => { key.setPointerCapture(e.pointerId); set(true); });
      for (const name of ["pointerup", "pointercancel", "blur"]) key.addEventListener(name, () => set(false));
      key.addEventListener("keydown", e => { if (e.key === " " || e.key === "Enter") { e.preventDefault(); set(true); } });
      key.addEventListener("keyup", () => set(false));
      key.addEventListener("contextmenu", e => e.preventDefault());
    }
  }
  return { draw, keys };
})();
