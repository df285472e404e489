// Reads a QR code with the camera where the browser can; the code is an address of ours or a number to look up.
"use strict";

(async () => {
  const video = document.getElementById("camera");
  const sorry = () => { document.getElementById("no-camera").hidden = false; };
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) { sorry(); return; }
  try {
    const detector = new window.BarcodeDetector({ formats: ["qr_code", "code_128"] });
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    await video.play();
    const look = async () => {
      const [found] = await detector.detect(video);
      if (!found) { requestAnimationFrame(look); return; }
      const url = URL.canParse(found.rawValue) ? new URL(found.rawValue) : null;
      window.location.href = url && url.origin === window.location.origin ? url.href : `?code=${encodeURIComponent(found.rawValue)}`;
    };
    look();
  } catch { sorry(); }
})();
