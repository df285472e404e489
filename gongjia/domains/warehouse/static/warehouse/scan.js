// Asks the window for what an asset's label says.
import { read } from "../web/reader.js";

const ask = (text) => { window.location.href = `?code=${encodeURIComponent(text)}`; };
document.getElementById("no-camera").hidden = await read(document.getElementById("camera"), ask);
