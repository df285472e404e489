// Dialogs, menus, light and dark, row height, printing: what every page has.
"use strict";

(() => {
  const root = document.documentElement;
  const keep = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector("input[type=search]")?.select();
    document.body.dispatchEvent(new CustomEvent(`open-${id}`));
  };
  window.gongjiaOpen = open;

  const switchTheme = (button) => {
    const order = ["auto", "light", "dark"];
    const next = button.value;
    root.dataset.theme = next;
    keep("theme", next);
    button.value = order[(order.indexOf(next) + 1) % order.length];
    document.dispatchEvent(new CustomEvent("gongjia:theme"));
  };

  const side = () => document.getElementById("side");
  const toggleSide = (button) => {
    const shown = side().classList.toggle("open");
    button.setAttribute("aria-expanded", String(shown));
  };

  const say = (words) => {
    document.querySelector(".toast")?.remove();
    const note = Object.assign(document.createElement("div"), { className: "toast", textContent: words });
    note.setAttribute("role", "status");
    document.body.append(note);
    setTimeout(() => note.remove(), 6000);
  };
  window.gongjiaSay = say;

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(opener.dataset.opens); }
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("#side-open")) toggleSide(event.target.closest("#side-open"));
    if (event.target instanceof HTMLDialogElement) event.target.close();
    const theme = event.target.closest("[data-theme-switch]");
    if (theme) { event.preventDefault(); switchTheme(theme); }
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-density-switch]")) return;
    root.dataset.density = event.target.checked ? "dense" : "roomy";
    keep("density", root.dataset.density);
  });

  // A form that destroys or sends asks first, in the page's own dialog.
  document.addEventListener("submit", (event) => {
    const words = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (!words || event.target.dataset.sure) return;
    event.preventDefault();
    const dialog = document.getElementById("confirm");
    dialog.querySelector(".words").textContent = words;
    dialog.returnValue = "no";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      event.target.dataset.sure = "yes";
      event.target.requestSubmit(event.submitter);
    }, { once: true });
  });

  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 403 || event.detail.xhr.status === 401) window.location.reload();
  });
  document.addEventListener("DOMContentLoaded", () => document.getElementById("problems")?.focus());
})();
