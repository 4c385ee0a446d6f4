/* Forms: sent once, with the token of this moment; photos shown before they are sent; links to fields focus them. */
(function () {
  "use strict";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    const token = form.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) token.value = window.desk.csrf() || token.value;
    if (event.defaultPrevented || form.hasAttribute("hx-post")) return;
    form.dataset.sending = "1";
    const button = event.submitter;
    if (button instanceof HTMLButtonElement) button.setAttribute("aria-disabled", "true");
    window.setTimeout(() => free(form), 10000);
  });
  function free(form) {
    delete form.dataset.sending;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(free));

  /* A link in the summary of errors goes to its field. */
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(".errs a[href^='#']") : null;
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea") || target;
    control.focus();
    control.scrollIntoView({ block: "center" });
  });

  /* Chosen pictures are shown with their size, so that nobody sends the wrong one. */
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files) return;
    const id = input.id + "_chosen";
    let list = document.getElementById(id);
    if (!list) {
      list = document.createElement("ul");
      list.id = id;
      list.className = "chosen";
      input.insertAdjacentElement("afterend", list);
    }
    list.replaceChildren(...Array.from(input.files, (file) => chosen(file, input.dataset)));
  });
  function chosen(file, told) {
    const item = document.createElement("li");
    if (file.type.startsWith("image/")) {
      const picture = document.createElement("img");
      const reader = new FileReader();
      reader.addEventListener("load", () => { picture.src = String(reader.result); });
      reader.readAsDataURL(file);
      picture.alt = "";
      item.append(picture);
    }
    const name = document.createElement("span");
    name.textContent = file.name + " · " + (file.size >= 1048576 ? (file.size / 1048576).toFixed(1) + " MB" : Math.ceil(file.size / 1024) + " KB");
    item.append(name);
    if (file.size > Number(told.largest || Infinity)) {
      const warning = document.createElement("b");
      warning.className = "t-red";
      warning.setAttribute("role", "alert");
      warning.textContent = told.tooLarge;
      item.append(warning);
    }
    return item;
  }

  /* A filter bar applies itself when a choice changes. */
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (control instanceof HTMLSelectElement && control.form && control.form.hasAttribute("data-filters")) control.form.requestSubmit();
  });
  /* Empty filters stay out of the address. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-filters")) return;
    form.querySelectorAll("input, select").forEach((control) => { if (!control.value) control.disabled = true; });
    window.addEventListener("pageshow", () => form.querySelectorAll("[disabled]").forEach((control) => { control.disabled = false; }), { once: true });
  });

  /* A box that ticks all boxes of its group */
  document.addEventListener("change", (event) => {
    const all = event.target;
    if (!(all instanceof HTMLInputElement) || !all.dataset.checkAll) return;
    document.querySelectorAll("input[type=checkbox][name='" + CSS.escape(all.dataset.checkAll) + "']").forEach((box) => { box.checked = all.checked; });
  });
})();
