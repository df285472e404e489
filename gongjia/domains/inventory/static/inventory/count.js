// Counting on a phone: every count is kept in the browser first and sent when there is a network; the server enters each one once.
import { read } from "../web/reader.js";

const page = document.getElementById("counting");
const form = document.getElementById("count-form");
const surplus = document.getElementById("surplus-form");
const words = page.dataset;

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("gongjia-counts", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("counts", { keyPath: "client_key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const store = async (mode) => (await opened).transaction("counts", mode).objectStore("counts");
const waiting = async () => (await done((await store("readonly")).getAll())).filter((one) => one.url === words.url);

async function say() {
  const left = (await waiting()).length;
  document.getElementById("left").textContent = left ? words.left.replace("0", left) : words.none;
  document.getElementById("offline").hidden = navigator.onLine;
}

function note(text, tone) {
  const line = document.createElement("p");
  line.className = `note ${tone}`;
  line.textContent = text;
  const log = document.getElementById("log");
  log.prepend(line);
  while (log.children.length > 5) log.lastChild.remove();
}

function mark(answer) {
  const row = document.querySelector(`[data-asset="${answer.asset}"]`);
  if (!row) return;
  const seen = document.getElementById("seen");
  if (row.dataset.found === "pending") seen.textContent = Number(seen.textContent) + 1;
  row.dataset.found = answer.found;
  row.querySelector("[data-state]").textContent = answer.label;
}

async function keep(data, code) {
  data.set("client_key", crypto.randomUUID());
  data.set("counted_at", new Date().toISOString());
  const entry = { client_key: data.get("client_key"), url: words.url, code, fields: [...data.entries()] };
  await done((await store("readwrite")).put(entry));
  await say();
  send();
}

async function deliver(entry) {
  const data = new FormData();
  for (const [name, value] of entry.fields) data.append(name, value);
  data.set("csrfmiddlewaretoken", form.csrfmiddlewaretoken.value);
  const answer = await fetch(entry.url, { method: "POST", body: data, redirect: "error" });
  if (answer.status !== 200 && answer.status !== 422) throw new Error(String(answer.status));
  const told = await answer.json();
  await done((await store("readwrite")).delete(entry.client_key));
  if (answer.status === 200) { note(told.says, "order"); mark(told); } else { note(`${entry.code}：${told.problems.join(" ")}`, "breach"); }
}

let sending = false;
async function send() {
  if (sending || !navigator.onLine) return;
  sending = true;
  try {
    for (const entry of await waiting()) await deliver(entry);
  } catch { /* no network or signed out: what is kept is sent later */ } finally {
    sending = false;
    await say();
  }
}

const count = (code) => {
  const data = new FormData(form);
  data.set("code", code);
  keep(data, code);
  form.reset();
};
form.addEventListener("submit", (event) => { event.preventDefault(); if (form.code.value.trim()) count(form.code.value.trim()); });
surplus.addEventListener("submit", (event) => {
  event.preventDefault();
  keep(new FormData(surplus), surplus.elements.namedItem("name").value);
  surplus.reset();
});
page.addEventListener("click", (event) => { const button = event.target.closest("[data-code]"); if (button) count(button.dataset.code); });
window.addEventListener("online", send);
window.addEventListener("offline", say);
setInterval(send, 20000);
await say();
send();
if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker, { scope: words.scope }).catch(() => {});
if (!(await read(document.getElementById("camera"), count))) document.getElementById("no-camera").hidden = false;
