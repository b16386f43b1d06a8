// Small kindnesses of forms. Without script the same forms post, only plainer.
(() => {
  const announcer = document.getElementById("announce");

  // The same form is not sent twice; the server would refuse the second as well.
  const sent = new WeakMap();
  function release(form) {
    if (!sent.has(form)) return;
    clearTimeout(sent.get(form));
    sent.delete(form);
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-form]")) return;
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent.set(form, setTimeout(() => release(form), 10000));
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("[data-form]");
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-form]").forEach(release));

  // How many characters are left, once the end is near.
  document.addEventListener("input", (event) => {
    const field = event.target;
    const limit = field.maxLength;
    if (!announcer || !(limit >= 100) || field.type === "search") return;
    const left = limit - field.value.length;
    let words = document.getElementById(`${field.id}-left`);
    if (left > limit / 5) {
      if (words) words.remove();
      return;
    }
    if (!words) {
      words = document.createElement("p");
      words.id = `${field.id}-left`;
      words.className = "form-text";
      words.setAttribute("role", "status");
      field.after(words);
    }
    words.textContent = announcer.dataset.left.replace("{n}", left);
  });

  // Another time: writing the hours chooses it, choosing a ready one clears them.
  document.addEventListener("input", (event) => {
    const box = event.target.closest && event.target.closest("[data-other]");
    const radio = box && event.target.form.querySelector(`input[name="${box.dataset.other}"][value="other"]`);
    if (radio) radio.checked = true;
  });
  document.addEventListener("change", (event) => {
    const { name, value, form, type } = event.target;
    if (type !== "radio" || value === "other" || !form) return;
    const box = form.querySelector(`[data-other="${name}"]`);
    if (box) box.querySelectorAll("input").forEach((input) => { input.value = ""; });
  });

  // The photographs just chosen, small, before they are sent.
  document.addEventListener("change", (event) => {
    const frame = event.target.type === "file" && event.target.closest("[data-preview]");
    if (!frame) return;
    const shelf = frame.querySelector(".r-previews");
    shelf.textContent = "";
    [...event.target.files].slice(0, 6).forEach((file) => {
      if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return;
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = URL.createObjectURL(file);
      picture.onload = () => URL.revokeObjectURL(picture.src);
      picture.onerror = () => picture.remove();
      shelf.append(picture);
    });
  });

  // A moment that suits both is written into the form below; without script the link opens the form with it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("[data-fill]");
    const field = link && document.querySelector(`form[data-form] [name="${link.dataset.fill}"]`);
    if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    field.value = link.dataset.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    link.closest("ul").querySelectorAll("[data-fill]").forEach((one) => one.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    field.focus({ preventScroll: false });
  });
})();
