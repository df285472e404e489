// Ctrl K searches everywhere, / in this list; j and k walk, Enter opens, x marks, ? shows the keys.
"use strict";

(() => {
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("table.list tbody tr")];

  const walk = (step) => {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("on"));
    const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
    window.gongjiaRow?.(next);
    next.scrollIntoView({ block: "nearest" });
  };

  const acts = {
    j: () => walk(1),
    k: () => walk(-1),
    Enter: () => document.querySelector("table.list tr.on a.to")?.click(),
    x: () => document.querySelector("table.list tr.on input[name=pick]")?.click(),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => document.querySelector("[data-keys-page]")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      window.gongjiaOpen("palette");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
