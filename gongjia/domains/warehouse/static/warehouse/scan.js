// Reads the label of an asset and asks the window for it.
import { read } from "../web/reader.js";

const seen = await read(document.getElementById("camera"), (text) => { window.location.href = `?code=${encodeURIComponent(text)}`; });
document.getElementById("no-camera").hidden = seen;
