// Reads the label of an asset with the camera where the browser can, and asks the window for it.
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
      if (found) { window.location.href = `?code=${encodeURIComponent(found.rawValue)}`; } else { requestAnimationFrame(look); }
    };
    look();
  } catch { sorry(); }
})();
