// Nothing typed is lost: a draft lives in this browser until the form is saved. Look-ups search while typing.
"use strict";

(() => {
  const fields = (form) => [...form.elements].filter((el) => el.name && !el.name.startsWith("csrf") && el.type !== "file" && el.type !== "hidden");
  const values = (form) => fields(form).map((el) => [el.name, el.type === "checkbox" || el.type === "radio" ? [el.value, el.checked] : el.value]);

  const restore = (form, saved) => {
    const boxes = new Map(saved.map(([name, value]) => [Array.isArray(value) ? `${name}=${value[0]}` : name, value]));
    for (const el of fields(form)) {
      const box = el.type === "checkbox" || el.type === "radio";
      const value = boxes.get(box ? `${el.name}=${el.value}` : el.name);
      if (value === undefined) continue;
      if (box) el.checked = value[1]; else el.value = value;
    }
  };

  const drafts = (form) => {
    const key = `draft:${form.dataset.draft}`;
    const note = document.getElementById("draft-note");
    const before = JSON.stringify(values(form));
    const saved = localStorage.getItem(key);
    if (saved && saved !== before && !document.getElementById("problems")) { restore(form, JSON.parse(saved)); if (note) note.hidden = false; }
    form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(values(form))));
    form.addEventListener("change", () => localStorage.setItem(key, JSON.stringify(values(form))));
    document.getElementById("draft-drop")?.addEventListener("click", () => { restore(form, JSON.parse(before)); localStorage.removeItem(key); note.hidden = true; });
  };

  const draw = (list, input, hits) => {
    list.replaceChildren(...hits.map((hit, index) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(index === 0));
      item.dataset.value = hit.value;
      item.append(hit.label);
      if (hit.note) item.append(Object.assign(document.createElement("small"), { textContent: hit.note }));
      return item;
    }));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
  };

  const lookup = (box) => {
    const input = box.querySelector("input");
    const list = box.querySelector("ul");
    let timer = 0;
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
    const take = (item) => { input.value = item.dataset.value; close(); input.dispatchEvent(new Event("change", { bubbles: true })); };
    const ask = async () => {
      const url = new URL(box.dataset.lookup, window.location.href);
      url.searchParams.set("q", input.value);
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === input) draw(list, input, (await answer.json()).hits);
    };
    input.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(ask, 250); });
    input.addEventListener("compositionend", ask);
    input.addEventListener("focus", () => { if (!input.value) ask(); });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => { const item = event.target.closest("li"); if (item) take(item); });
    input.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const items = [...list.children];
      const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        const next = Math.max(0, Math.min(items.length - 1, now + step));
        items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
        items[next].scrollIntoView({ block: "nearest" });
      }
      if (event.key === "Enter" && now >= 0) { event.preventDefault(); take(items[now]); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
    });
  };

  // The page after a saved form names the draft that is no longer needed.
  const forget = () => {
    const done = document.cookie.split("; ").find((part) => part.startsWith("saved_draft="));
    if (!done) return;
    localStorage.removeItem(`draft:${decodeURIComponent(done.split("=")[1])}`);
    document.cookie = "saved_draft=;path=/;max-age=0;samesite=lax";
  };

  const begin = (part) => {
    part.querySelectorAll?.("[data-lookup]:not([data-ready])").forEach((box) => { box.dataset.ready = "yes"; lookup(box); });
    part.querySelectorAll?.("form[data-draft]:not([data-ready])").forEach((form) => { form.dataset.ready = "yes"; drafts(form); });
  };
  document.addEventListener("DOMContentLoaded", () => { forget(); begin(document); });
  document.addEventListener("htmx:afterSwap", (event) => begin(event.target));
})();
