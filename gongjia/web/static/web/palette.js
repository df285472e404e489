// The arrow keys walk through the hits of a search dialog; Enter opens the marked one.
"use strict";

(() => {
  const hits = (dialog) => [...dialog.querySelectorAll(".hits a")];

  const mark = (links, index) => {
    links.forEach((link, at) => link.setAttribute("aria-selected", String(at === index)));
    links[index]?.scrollIntoView({ block: "nearest" });
  };

  const walk = (event, dialog) => {
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); return; }
    const links = hits(dialog);
    const now = links.findIndex((link) => link.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(links, Math.max(0, Math.min(links.length - 1, now + (event.key === "ArrowDown" ? 1 : -1))));
    }
    if (event.key === "Enter" && !event.isComposing && now >= 0) { event.preventDefault(); links[now].click(); }
  };

  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest?.("dialog.high");
    if (dialog) walk(event, dialog);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const dialog = event.target.closest?.("dialog.high");
    if (dialog) mark(hits(dialog), 0);
  });
})();
