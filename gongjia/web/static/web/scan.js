// Opens what a label's code says: an address of ours, or a number to look up.
import { read } from "./reader.js";

const open = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  window.location.href = url && url.origin === window.location.origin ? url.href : `?code=${encodeURIComponent(text)}`;
};
const seen = await read(document.getElementById("camera"), open);
document.getElementById("no-camera").hidden = seen;
