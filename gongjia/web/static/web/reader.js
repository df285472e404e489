// Reads QR codes with the camera: by the browser's own detector, else by the vendored one, which has the same shape.

async function detectorFor(video) {
  const kinds = "BarcodeDetector" in window ? await window.BarcodeDetector.getSupportedFormats() : [];
  if (kinds.includes("qr_code")) return new window.BarcodeDetector({ formats: ["qr_code"] });
  const { BarcodeDetector } = await import(video.dataset.decoder);
  return new BarcodeDetector({ formats: ["qr_code"] });
}

// Shows the camera in `video` and calls `found(text)` for each code that comes into view; the same code again only after `pause` ms.
// Resolves to false where there is no camera to use.
export async function read(video, found, pause = 3000) {
  if (!navigator.mediaDevices?.getUserMedia) return false;
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch { return false; }
  const detector = await detectorFor(video);
  video.hidden = false;
  await video.play();
  let last = "", since = 0;
  const look = async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (code && (code.rawValue !== last || Date.now() - since > pause)) {
      last = code.rawValue;
      since = Date.now();
      found(code.rawValue);
    }
    if (video.isConnected) setTimeout(look, 120);
  };
  look();
  return true;
}
