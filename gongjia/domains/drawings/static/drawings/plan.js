/* A floor that is drawn already: pan, zoom by wheel, pinch and keys, and open a room beside it. Without this file the page still works. */
(() => {
  "use strict";
  const stage = document.getElementById("stage");
  if (!stage) return;
  const svg = stage.querySelector("svg.floor");
  const view = { x: 0, y: 0, k: 1 };
  const most = Math.max(4, Math.min(40, Number(svg.dataset.rooms) / 8));
  const fingers = new Map();
  let moved = 0, settling = 0, frame = 0;

  const draw = () => {
    frame = 0;
    svg.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
  };
  const redraw = () => { frame = frame || requestAnimationFrame(draw); };
  const far = () => {
    const box = svg.viewBox.baseVal;
    const unit = Math.min(stage.clientWidth / box.width, stage.clientHeight / box.height) * view.k;
    stage.classList.toggle("far", unit * 55 < 4.5);
    stage.classList.toggle("zoomed", view.k > 1.01);
  };
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(() => { stage.classList.remove("moving"); far(); }, 160);
  };
  const keep = () => {
    const slack = 80, w = stage.clientWidth, h = stage.clientHeight;
    view.x = Math.min(w - slack, Math.max(slack - w * view.k, view.x));
    view.y = Math.min(h - slack, Math.max(slack - h * view.k, view.y));
    stage.classList.add("moving");
    redraw();
    settle();
  };
  const zoom = (factor, x, y) => {
    const k = Math.min(most, Math.max(1, view.k * factor));
    const by = k / view.k;
    view.x = x - (x - view.x) * by;
    view.y = y - (y - view.y) * by;
    view.k = k;
    if (k === 1) view.x = view.y = 0;
    keep();
  };
  const middle = () => [stage.clientWidth / 2, stage.clientHeight / 2];
  const at = (event) => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !stage.contains(document.activeElement) && view.k === 1 && event.deltaY > 0) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), ...at(event));
  }, { passive: false });

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest(".zoom")) return;
    fingers.set(event.pointerId, at(event));
    moved = 0;
  });
  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = [...fingers.values()], old = fingers.get(event.pointerId), now = at(event);
    fingers.set(event.pointerId, now);
    moved += Math.abs(now[0] - old[0]) + Math.abs(now[1] - old[1]);
    if (moved < 6) return;
    if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
    if (fingers.size === 2) {
      const after = [...fingers.values()];
      const span = (pair) => Math.hypot(pair[0][0] - pair[1][0], pair[0][1] - pair[1][1]);
      zoom(span(after) / span(before), (after[0][0] + after[1][0]) / 2, (after[0][1] + after[1][1]) / 2);
    } else if (view.k > 1 || event.pointerType === "mouse") {
      view.x += now[0] - old[0];
      view.y += now[1] - old[1];
      keep();
    }
  });
  const lift = (event) => fingers.delete(event.pointerId);
  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);
  stage.addEventListener("dragstart", (event) => event.preventDefault());

  const open = (link) => {
    const pk = link.id.slice(1);
    svg.querySelectorAll("a.here").forEach((each) => each.classList.remove("here"));
    link.classList.add("here");
    history.replaceState(null, "", link.getAttribute("href"));
    document.querySelectorAll("a[data-colour]").forEach((each) => { each.href = `?by=${each.dataset.colour}&room=${pk}`; });
    window.htmx.ajax("GET", `${stage.dataset.room}${pk}/`, { target: "#room", swap: "innerHTML" }).then(() => {
      if (window.innerWidth < 1180) document.getElementById("room").scrollIntoView({ block: "start" });
    });
  };
  stage.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (moved < 6) open(link);
    moved = 0;
  });

  const STEPS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  stage.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") zoom(1.3, ...middle());
    else if (event.key === "-") zoom(1 / 1.3, ...middle());
    else if (event.key === "0") zoom(0, 0, 0);
    else if (STEPS[event.key] && view.k > 1) { view.x += STEPS[event.key][0]; view.y += STEPS[event.key][1]; keep(); }
    else return;
    event.preventDefault();
  });
  stage.querySelectorAll(".zoom button").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => zoom(Number(button.dataset.by), ...middle()));
  });
  window.addEventListener("resize", far);
  far();
})();
