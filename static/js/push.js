// Turns notices on in this browser. Nothing is asked before the tap; what the browser gives is sent by an ordinary form.
(() => {
  const place = document.querySelector("[data-push]");
  if (!place) return;
  const form = place.querySelector("[data-push-form]");

  function show(state) {
    for (const part of place.querySelectorAll("[data-push-state]")) part.hidden = part.dataset.pushState !== state;
  }

  function bytes(base64) {
    const padded = (base64 + "=".repeat((4 - (base64.length % 4)) % 4)).replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
  }

  // The worker is registered by the page itself, which may still be at it.
  function worker() {
    const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("no worker")), 10000));
    return Promise.race([navigator.serviceWorker.ready, late]);
  }

  function isSame(subscription, key) {
    const present = subscription.options && subscription.options.applicationServerKey;
    return !present || new Uint8Array(present).every((byte, place) => byte === key[place]);
  }

  async function subscribe() {
    const key = bytes(place.dataset.serverKey);
    const { pushManager } = await worker();
    const present = await pushManager.getSubscription();
    // One that was made for another key of the installation reaches nobody.
    if (present && !isSame(present, key)) await present.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  async function turnOn(event) {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        show("denied");
        return;
      }
      const { endpoint, keys } = (await subscribe()).toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.public_key.value = keys.p256dh;
      form.elements.secret.value = keys.auth;
      form.submit();
    } catch {
      show("failed");
    } finally {
      button.disabled = false;
    }
  }

  const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  const isInstalled = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    show(isApple && !isInstalled ? "install" : "unsupported");
    return;
  }
  show(Notification.permission === "denied" ? "denied" : "ready");
  form.addEventListener("submit", turnOn);
})();
