// Asks the report form for what a label says.
import { read } from "../web/reader.js";

const ask = (text) => { window.location.href = `?code=${encodeURIComponent(text)}`; };
const camera = document.getElementById("camera");
document.getElementById("scan")?.addEventListener("click", async () => {
  document.getElementById("no-camera").hidden = await read(camera, ask);
});
