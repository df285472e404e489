// Changed cells are marked, and only they go into the address.
"use strict";

(() => {
  const mark = (input) => input.classList.toggle("touched", input.value.trim() !== input.dataset.was);
  document.addEventListener("input", (event) => { if (event.target.matches("#draft input[data-was]")) mark(event.target); });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "draft") return;
    for (const input of event.target.querySelectorAll("input[data-was]")) {
      input.disabled = input.value.trim() === "" || input.value.trim() === input.dataset.was;
    }
  });
  window.addEventListener("pageshow", () => { for (const input of document.querySelectorAll("#draft input[data-was]")) input.disabled = false; });
})();
