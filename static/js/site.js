// What makes a page smoother. Everything here may be missing: each page works without it.
(() => {
  const announcer = document.getElementById("announce");

  // Said to those who do not see the page change.
  function announce(words) {
    if (!announcer || !words) return;
    announcer.textContent = "";
    setTimeout(() => { announcer.textContent = words; }, 50);
  }

  // A form that came back with something to put right: the summary takes the focus.
  function focusWhatMatters(root) {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
    return Boolean(summary);
  }
  focusWhatMatters(document);

  // Light, dark or like the phone: kept in a cookie, so that the server paints the right one at once.
  const themes = document.querySelector("[data-theme-switch]");
  if (themes) {
    const chosen = document.documentElement.dataset.theme || "";
    themes.querySelectorAll("input").forEach((input) => { input.checked = input.value === chosen; });
    themes.hidden = false;
    themes.addEventListener("change", (event) => {
      const theme = event.target.value;
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `theme=${theme}; Path=/; SameSite=Lax; Max-Age=${theme ? 31536000 : 0}${secure}`;
    });
  }

  const printing = document.querySelector("[data-print]");
  if (printing) {
    printing.hidden = false;
    printing.addEventListener("click", () => window.print());
  }

  // Sharing: the phone's own sheet, else the link is copied, else the letter the link already opens.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest && event.target.closest("[data-share]");
    if (!link || !(navigator.share || navigator.clipboard)) return;
    event.preventDefault();
    const { share: url, title, text, copied } = link.dataset;
    try {
      if (navigator.share) {
        await navigator.share({ title, text: text || undefined, url });
      } else {
        await navigator.clipboard.writeText(url);
        announce(copied);
        link.lastChild.textContent = copied;
      }
    } catch (refusal) {
      if (refusal.name !== "AbortError") location.href = link.href;
    }
  });

  // A menu opened by its summary closes with Escape and gives the focus back.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest && event.target.closest(".r-acting[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // htmx: after a part of the page changed, the focus is not lost and what was said is heard. A part that renews itself
  // every second takes nobody's focus, and says the same thing once.
  let within = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    within = Boolean(event.detail.target && event.detail.target.contains(document.activeElement));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    if (!part || !part.isConnected) return;
    const cause = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    if (cause && cause.type === "live") return; // live.js looks after what renews itself
    const asked = Boolean(cause);
    const lost = document.activeElement === document.body || !document.activeElement;
    if (focusWhatMatters(part)) return;
    if (lost && (asked || within)) {
      part.setAttribute("tabindex", "-1");
      part.focus({ preventScroll: true });
    }
    const said = part.querySelector('[role="status"], [role="alert"]');
    const words = said ? said.textContent.trim().replace(/\s+/g, " ") : "";
    if (asked || (announcer && announcer.textContent !== words)) announce(words);
  });
  document.addEventListener("htmx:sendError", () => announce(announcer && announcer.dataset.lost));

  // Signed out, here or elsewhere: what this phone kept for reading without a connection goes.
  if ("serviceWorker" in navigator && !document.getElementById("this-phone")) {
    navigator.serviceWorker.getRegistration().then((found) => {
      if (found && found.active) found.active.postMessage("signed out");
    }).catch(() => {});
  }
})();
