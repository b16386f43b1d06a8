// Reads a drawing with the camera, where the browser can: what it read is written into the form and sent, and the server
// says where it leads. Without BarcodeDetector nothing of this shows, and the code is typed.
(() => {
  const box = document.querySelector("[data-scan]");
  const form = box && document.getElementById(box.dataset.scan);
  if (!form || !("BarcodeDetector" in window) || !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia)) return;
  const [seen, said, start, stop] = ["seen", "said", "start", "stop"].map((name) => box.querySelector(`[data-scan-${name}]`));
  const BETWEEN = 200; // milliseconds from one look to the next
  let stream = null;

  function close() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    seen.srcObject = null;
    seen.hidden = stop.hidden = true;
    start.hidden = false;
  }

  async function watch(detector) {
    if (!stream) return;
    const found = await detector.detect(seen).catch(() => []);
    if (!stream) return;
    if (!found.length) {
      setTimeout(() => watch(detector), BETWEEN);
      return;
    }
    close();
    form.elements.code.value = found[0].rawValue;
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }

  async function open() {
    said.textContent = said.dataset.looking;
    start.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      seen.srcObject = stream;
      seen.hidden = stop.hidden = false;
      await seen.play();
      watch(new window.BarcodeDetector({ formats: ["qr_code"] }));
    } catch (refusal) {
      close();
      said.textContent = refusal.name === "NotAllowedError" ? said.dataset.denied : said.dataset.none;
    }
  }

  start.addEventListener("click", open);
  stop.addEventListener("click", () => { close(); said.textContent = ""; });
  window.addEventListener("pagehide", close);
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); });

  // Some browsers have the name and read nothing: then it is left to the telephone's own camera.
  window.BarcodeDetector.getSupportedFormats().then((formats) => { box.hidden = !formats.includes("qr_code"); }, () => {});
})();
