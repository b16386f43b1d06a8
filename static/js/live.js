// Parts of a page that renew themselves: an element with data-live="thread:42" is fetched anew, by the htmx attributes it
// carries, when that changed. What is told is a name and nothing else; where no socket is to be had the part is fetched
// every minute; without script there is a link. docs/live.md says how a page uses it.
(() => {
  const own = document.currentScript;
  const announcer = document.getElementById("announce");
  const MINUTE = 60000;
  const AWAY = 10000; // hidden for longer, a page fetches everything when it is looked at again
  const ON_THE_WAY = 10; // seconds for which an answer may have been on a slow line: what changed meanwhile is fetched
  const LET_GO = 120000; // hidden for longer, it lets go of its socket
  const find = (what) => [...document.querySelectorAll(what)];
  const parts = () => find("[data-live]");
  if (!own || !window.htmx || !parts().length) return;

  let socket = null;
  let ended = false; // signed out, or turned away: a page that is left open asks for nothing more
  let before = false; // whether there was a connection before
  let hiddenSince = document.hidden ? Date.now() : 0;
  let letGo = 0;
  let missed = false; // something changed while nobody looked
  let asked = "";
  const heard = new Set();
  const timers = new Map();
  const shown = new Map(); // of each part, what the server last sent

  function announce(words) {
    if (!announcer || !words) return;
    announcer.textContent = "";
    setTimeout(() => { announcer.textContent = words; }, 50);
  }

  // ---------------------------------------------------------------- fetching

  function refresh(part, within) {
    if (ended || !part.isConnected || !part.id || timers.has(part.id)) return;
    timers.set(part.id, setTimeout(() => {
      timers.delete(part.id);
      const now = document.getElementById(part.id);
      if (!now || !now.dataset.live) return;
      if (document.hidden) {
        missed = true; // it is fetched as soon as the page is looked at again, however soon that is
        return;
      }
      // A form that is on its way brings its own answer; the part is fetched after it.
      if (now.querySelector(".htmx-request") || now.matches(".htmx-request")) refresh(now, 1000);
      else window.htmx.trigger(now, "live");
    }, Math.random() * within));
  }

  function changed(name) {
    parts().filter((part) => part.dataset.live === name).forEach((part) => refresh(part, Number(part.dataset.liveSpread || 300)));
  }

  // Everything once: spread out, so that all the phones of a town do not come together.
  function again(within) {
    parts().forEach((part) => refresh(part, within));
  }

  setTimeout(function tick() {
    if (!document.hidden) parts().filter((part) => !heard.has(part.dataset.live)).forEach((part) => refresh(part, 5000));
    setTimeout(tick, MINUTE);
  }, MINUTE);

  const live = (event) => {
    const request = event.detail.requestConfig;
    return Boolean(request && request.triggeringEvent && request.triggeringEvent.type === "live");
  };

  document.addEventListener("htmx:configRequest", (event) => {
    const cause = event.detail.triggeringEvent;
    if (cause && cause.type === "live") event.detail.headers["X-Live"] = "1";
  });

  // What is not the part (signed out, taken away, a fault) changes nothing on the page, where somebody may be writing.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!live(event)) return;
    const { xhr, elt } = event.detail;
    if (xhr.status === 200 && !xhr.getResponseHeader("HX-Redirect") && !xhr.getResponseHeader("HX-Refresh")) return;
    event.preventDefault();
    if (xhr.getResponseHeader("HX-Redirect") || xhr.status === 401) stop();
    else if (xhr.status === 403 || xhr.status === 404) delete elt.dataset.live;
  });

  function stop() {
    ended = true;
    if (socket) socket.disconnect();
  }

  // ---------------------------------------------------------------- keeping what somebody is at

  const plain = (text) => text.replace(/(name="(?:csrf_token|request_key)"[^>]*?value=")[^"]*/g, "$1").replace(/\s+/g, " ");
  const fields = (root) => [...root.querySelectorAll("input, textarea, select")].filter((one) => one.name && one.type !== "hidden" && one.type !== "file");
  const action = (field) => (field.form ? field.form.getAttribute("action") || "" : "");
  const same = (one) => (other) => other.name === one.name && other.action === one.action && (!one.choice || other.value === one.value);
  const told = (field) => ({
    name: field.name, action: action(field), value: field.value, choice: /^(radio|checkbox)$/.test(field.type) ? field.type : "",
    checked: field.checked, field,
  });

  function isTouched(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((one) => one.defaultSelected) ? [...field.options].some((one) => one.selected !== one.defaultSelected) : field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  }

  // What came back with something to put right was typed too, though the server sent it.
  const isAtWork = (part) => Boolean(part.querySelector('[aria-invalid="true"], [data-focus]'));
  const isFilled = (field) => (/^(radio|checkbox)$/.test(field.type) ? field.checked : field.value !== "");

  function remember(part) {
    const back = isAtWork(part);
    const at = document.activeElement;
    const within = part.contains(at) ? at : null;
    return {
      touched: fields(part).filter((one) => isTouched(one) || (back && isFilled(one))).map(told),
      open: [...part.querySelectorAll("details")].map((one) => one.open),
      // The one somebody is at, by its place among its like.
      focus: within && within !== part ? [...part.querySelectorAll(within.tagName)].indexOf(within) : -1,
      tag: within ? within.tagName : "",
      from: within && "selectionStart" in within ? within.selectionStart : null,
      to: within && "selectionEnd" in within ? within.selectionEnd : null,
      status: said(part), height: part.offsetHeight, above: part.getBoundingClientRect().bottom < 0,
    };
  }

  function putBack(part, kept) {
    const now = fields(part).map(told);
    kept.touched.forEach((one) => {
      const found = now.find(same(one));
      if (!found) return;
      if (one.choice) found.field.checked = one.checked;
      else found.field.value = one.value;
    });
    const details = [...part.querySelectorAll("details")];
    if (details.length === kept.open.length) details.forEach((one, number) => { one.open = kept.open[number]; });
    const at = kept.focus >= 0 ? part.querySelectorAll(kept.tag)[kept.focus] : null;
    if (at && document.activeElement !== at) at.focus({ preventScroll: true });
    if (at && kept.from !== null && at.setSelectionRange) {
      try {
        at.setSelectionRange(kept.from, kept.to);
      } catch {
        // A kind of field that knows no selection.
      }
    }
    if (kept.above && !(window.CSS && CSS.supports("overflow-anchor", "auto"))) window.scrollBy(0, part.offsetHeight - kept.height);
  }

  function said(part) {
    const status = part.querySelector('[role="status"], [role="alert"]') || (part.matches('[role="status"]') ? part : null);
    return status ? status.textContent.trim().replace(/\s+/g, " ") : "";
  }

  // The part as it would be; nothing where the answer does not hold it.
  function fresh(part, text) {
    return new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
  }

  const memory = new Map();
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!live(event)) return;
    const part = event.detail.target;
    const next = fresh(part, event.detail.xhr.responseText);
    const text = next ? plain(next.outerHTML) : "";
    const kept = remember(part);
    const there = next ? fields(next).map(told) : [];
    if (!next || shown.get(part.id) === text) {
      event.detail.shouldSwap = false;
    } else if (!kept.touched.every((one) => there.some(same(one)))) {
      // What somebody is writing has no place any more: it is theirs to take along before they look.
      event.detail.shouldSwap = false;
      offer(part);
    } else {
      shown.set(part.id, text);
      memory.set(part.id, kept);
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt && event.detail.elt.id ? document.getElementById(event.detail.elt.id) : null;
    const kept = part && memory.get(part.id);
    if (!kept) return;
    memory.delete(part.id);
    putBack(part, kept);
    const words = said(part);
    announce(words !== kept.status ? words : part.dataset.liveWords);
  });
  document.addEventListener("htmx:afterSettle", hearAnew);

  function offer(part) {
    const before = part.previousElementSibling;
    if (before && before.matches("[data-live-offer]")) return;
    const line = document.createElement("p");
    line.className = "r-note";
    line.dataset.liveOffer = "";
    line.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = own.dataset.look;
    line.append(`${own.dataset.changed} `, link);
    part.before(line);
    announce(own.dataset.changed);
  }

  // ---------------------------------------------------------------- hearing

  const names = () => [...new Set([...parts().map((one) => one.dataset.live), ...find("[data-typing]").map((one) => one.dataset.typing)])].slice(0, 30);

  function hear(since) {
    asked = names().join(" ");
    socket.emit("hear", { at: location.pathname, names: names(), since }, (answer) => {
      heard.clear();
      if (!answer) return;
      answer.heard.forEach((name) => heard.add(name));
      if (before) again(5000);
      else answer.changed.forEach(changed);
      before = true;
    });
  }

  // What came into the page later is listened to as well.
  function hearAnew() {
    if (socket && socket.connected && names().join(" ") !== asked) {
      before = false;
      hear(Date.now() / 1000 + drift - ON_THE_WAY);
    }
  }
  const since = Number(own.dataset.since);
  const drift = since - Date.now() / 1000; // our clock against theirs: near enough for a page that has just come

  function connect() {
    if (ended || !window.io) return;
    if (socket) {
      socket.connect();
      return;
    }
    socket = window.io({ transports: ["websocket"], reconnectionDelay: 3000, reconnectionDelayMax: MINUTE, randomizationFactor: 0.8 });
    socket.on("connect", () => hear(since));
    socket.on("changed", changed);
    socket.on("again", () => again(5000));
    socket.on("typing", typing);
    socket.on("disconnect", (reason) => {
      heard.clear();
      if (reason === "io server disconnect") socket.disconnect(); // the next minute says whether there is still somebody
    });
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hiddenSince = Date.now();
      letGo = setTimeout(() => socket && socket.disconnect(), LET_GO);
      return;
    }
    clearTimeout(letGo);
    const away = Date.now() - hiddenSince;
    if (socket && !socket.connected) connect();
    if (missed || away > AWAY) again(missed ? 300 : 1500);
    missed = false;
  });
  window.addEventListener("pagehide", () => socket && socket.disconnect()); // or the page could not be kept for "back"
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    connect();
    again(1500);
  });

  // ---------------------------------------------------------------- somebody writes

  let toldAt = 0;
  document.addEventListener("input", (event) => {
    const name = event.target.dataset && event.target.dataset.typing;
    if (!name || !socket || !heard.has(name) || Date.now() - toldAt < 3000) return;
    toldAt = Date.now();
    socket.emit("typing", name);
  });
  function typing(name) {
    find("[data-typing-for]").filter((one) => one.dataset.typingFor === name).forEach((line) => {
      line.classList.add("is-on");
      clearTimeout(Number(line.dataset.timer));
      line.dataset.timer = setTimeout(() => line.classList.remove("is-on"), 5000);
    });
  }

  // ---------------------------------------------------------------- beginning

  // The client of others comes last, when the page has been usable for long; who saves data is asked nothing.
  function begin() {
    if (!window.WebSocket || (navigator.connection && navigator.connection.saveData)) return;
    const client = document.createElement("script");
    client.src = own.dataset.client;
    client.onload = connect;
    document.head.append(client);
  }
  const idly = window.requestIdleCallback || ((work) => setTimeout(work, 200));
  if (document.readyState === "complete") idly(begin);
  else window.addEventListener("load", () => idly(begin));
})();
