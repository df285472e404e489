// The route drawn with the current step lit; keys to decide with; nothing here is needed to read or to sign.
"use strict";

(() => {
  // The policy forbids style attributes; the same words through the style object are allowed.
  const quietly = async (work) => {
    const own = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function setAttribute(name, value) {
      if (name === "style") this.style.cssText = value; else own.call(this, name, value);
    };
    try { return await work(); } finally { Element.prototype.setAttribute = own; }
  };

  const light = (viewer, words) => {
    const canvas = viewer.get("canvas");
    const known = viewer.get("elementRegistry");
    for (const word of words.split(" ").filter(Boolean)) {
      const at = word.lastIndexOf(":");
      if (known.get(word.slice(0, at))) canvas.addMarker(word.slice(0, at), word.slice(at + 1));
    }
    canvas.zoom("fit-viewport", "auto");
    if (canvas.zoom() > 1) canvas.zoom(1, "auto");
  };

  const colours = () => {
    const style = window.getComputedStyle(document.documentElement);
    const token = (name) => style.getPropertyValue(name).trim();
    return { defaultFillColor: token("--card"), defaultStrokeColor: token("--soft"), defaultLabelColor: token("--ink") };
  };

  const source = async (box) => {
    if (box.dataset.bpmnText) return document.getElementById(box.dataset.bpmnText).value;
    const answer = await fetch(box.dataset.bpmn, { headers: { Accept: "application/xml" } });
    return answer.ok ? answer.text() : "";
  };

  const draw = async (box) => {
    const text = await source(box);
    if (!text) return;
    await quietly(async () => {
      const viewer = new window.BpmnJS({ container: box, bpmnRenderer: colours() });
      await viewer.importXML(text);
      viewer.get("zoomScroll").toggle(false); // the wheel scrolls the page, not the drawing
      light(viewer, box.dataset.lit || "");
    });
  };

  const begin = () => {
    for (const box of document.querySelectorAll("[data-bpmn], [data-bpmn-text]")) if (window.BpmnJS) draw(box).catch(() => { box.hidden = true; });
    if (window.location.hash === "#co-sign") document.getElementById("co-sign")?.setAttribute("open", "");
  };

  document.addEventListener("DOMContentLoaded", begin);
  window.addEventListener("hashchange", () => { if (window.location.hash === "#co-sign") document.getElementById("co-sign")?.setAttribute("open", ""); });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-needs-note]");
    const note = button?.form?.elements.note;
    if (!note || note.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    note.focus();
    window.gongjiaSay?.(note.placeholder);
  }, true);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing?.form?.id === "decide") { event.preventDefault(); typing.form.requestSubmit(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing || document.querySelector("dialog[open]")) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("a")) found.click(); else found.focus();
  });
})();
