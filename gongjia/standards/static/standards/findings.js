// On a wide screen the first verdict stands open beside the list, as the page is about verdicts.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (!window.matchMedia("(min-width: 1181px)").matches) return;
  const first = document.querySelector(".list-page table.list tbody tr");
  if (first) window.gongjiaRow?.(first);
});
