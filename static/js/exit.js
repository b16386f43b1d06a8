// "Esci subito": one tap, or Escape three times, and the page is gone for a site that says nothing.
// The page is taken out of the way first, so that nothing shows while the other one loads, and "back" does not lead here.
(() => {
  const link = document.querySelector("[data-exit]");
  if (!link) return;

  function leave(event) {
    if (event) event.preventDefault();
    // What this phone kept for reading without a connection goes too: the worker clears it after the page is gone.
    const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (worker) worker.postMessage("clear");
    document.dispatchEvent(new Event("leaving"));
    sessionStorage.setItem("left", "1");
    document.title = link.dataset.exit;
    document.body.hidden = true;
    try {
      history.replaceState(null, "", link.dataset.home);
    } catch {
      // An old browser: the place of this page is taken all the same.
    }
    location.replace(link.href);
  }
  // What comes into the page later (htmx) leads out as well.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-exit]")) leave(event);
  });

  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    pressed = [...pressed, event.timeStamp].filter((moment) => event.timeStamp - moment < 2000);
    if (pressed.length >= 3) leave();
  });

  // Who comes back with "back" after leaving finds home, not this page; kept pages are shown without asking the server.
  const [entry] = performance.getEntriesByType("navigation");
  const goHome = () => {
    document.documentElement.hidden = true;
    location.replace(link.dataset.home);
  };
  if (sessionStorage.getItem("left")) {
    if (entry && entry.type === "back_forward") goHome();
    else sessionStorage.removeItem("left");
  }
  window.addEventListener("pageshow", (event) => {
    const told = document.querySelector('[data-exit-kind="page"]');
    if (event.persisted && (told || sessionStorage.getItem("left"))) goHome();
  });
})();
