// A row opens beside the list where there is room; marked rows show the bar of bulk acts.
"use strict";

(() => {
  const wide = window.matchMedia("(min-width: 1181px)");
  const page = () => document.getElementById("cols");
  const picks = () => [...document.querySelectorAll("input[name=pick]")];
  const kept = new Set();

  const show = (row) => {
    for (const other of document.querySelectorAll("table.list tr.on")) other.classList.remove("on");
    row.classList.add("on");
    if (!wide.matches || !row.dataset.url || !window.htmx || !document.getElementById("beside")) return;
    page().classList.remove("alone");
    const url = new URL(row.dataset.url, window.location.href);
    url.searchParams.set("beside", "1");
    window.htmx.ajax("GET", url.pathname + url.search, { target: "#beside", swap: "innerHTML" });
  };
  window.gongjiaRow = show;

  const count = () => {
    for (const box of picks()) if (box.checked) kept.add(box.value); else kept.delete(box.value);
    const bar = document.getElementById("selection");
    if (!bar) return;
    bar.hidden = kept.size === 0;
    document.getElementById("picked").textContent = String(kept.size);
    const all = document.getElementById("pick-all");
    if (all) all.checked = picks().length > 0 && picks().every((box) => box.checked);
  };

  document.addEventListener("click", (event) => {
    const row = event.target.closest("table.list tbody tr");
    if (event.target.id === "unpick") { kept.clear(); for (const box of picks()) box.checked = false; count(); return; }
    if (!row || event.target.closest("input, button, summary") || event.target.closest("a:not(.to)")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || window.getSelection().toString()) return;
    const link = event.target.closest("a.to");
    if (wide.matches && document.getElementById("beside")) {
      if (link && row.classList.contains("on")) return;
      event.preventDefault();
      show(row);
    } else if (!link && row.dataset.url) {
      window.location.href = row.dataset.url;
    }
  });
  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest("table.list tbody tr");
    if (row?.dataset.url) window.location.href = row.dataset.url;
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "pick-all") for (const box of picks()) box.checked = event.target.checked;
    if (event.target.id === "pick-all" || event.target.name === "pick") count();
  });

  // The marked ids travel with the bar's form, those of earlier searches too.
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "selection") return;
    event.target.querySelectorAll("input[name=id]").forEach((input) => input.remove());
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "id", value: [...kept].join(",") });
    event.target.append(input);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "rows") return;
    for (const box of picks()) box.checked = kept.has(box.value);
    count();
    const query = document.querySelector("[data-current-query]");
    if (query) query.value = window.location.search.slice(1);
    const said = document.getElementById("rows").querySelector("[data-says]");
    if (said) document.getElementById("says").textContent = said.dataset.says;
    for (const link of document.querySelectorAll("a[data-export]")) link.search = window.location.search;
  });
})();
