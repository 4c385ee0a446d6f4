/* Type-ahead: arrows move, Enter takes, Esc closes; what is typed without a choice is sent as words. */
(function () {
  "use strict";
  function parts(node) {
    const box = node.closest("[data-typeahead]");
    return box && {
      box,
      value: box.querySelector("[data-ta-value]"),
      text: box.querySelector("[data-ta-text]"),
      pop: box.querySelector("[data-ta-pop]"),
      list: box.querySelector("[data-ta-list]"),
    };
  }
  const options = (ta) => Array.from(ta.list.querySelectorAll("[role=option]"));
  function open(ta, wanted) {
    const show = wanted && ta.list.childElementCount > 0;
    ta.pop.hidden = !show;
    ta.text.setAttribute("aria-expanded", String(Boolean(show)));
    if (!show) ta.text.removeAttribute("aria-activedescendant");
  }
  function select(ta, index) {
    const all = options(ta);
    if (!all.length) return;
    const at = (index + all.length) % all.length;
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    ta.text.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }
  const selected = (ta) => options(ta).findIndex((option) => option.getAttribute("aria-selected") === "true");
  function take(ta, option) {
    ta.text.value = option.dataset.text;
    set(ta, option.dataset.value);
    open(ta, false);
    ta.text.focus();
    window.desk.say(window.desk.words("taken") + " " + option.dataset.text);
  }
  function set(ta, value) {
    if (ta.value.value === value) return;
    ta.value.value = value;
    ta.value.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.body.addEventListener("htmx:configRequest", (event) => {
    const input = event.detail.elt;
    if (!input.matches || !input.matches("[data-ta-text]")) return;
    const parameters = { q: input.value };
    (input.dataset.taWith || "").split(" ").filter(Boolean).forEach((name) => {
      const other = input.form && input.form.elements.namedItem(name);
      if (other) parameters[name] = other.value;
    });
    event.detail.parameters = parameters;
    event.detail.useUrlParams = true;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const list = event.detail.target;
    if (!list.matches || !list.matches("[data-ta-list]")) return;
    const ta = parts(list);
    options(ta).forEach((option, n) => { option.id = list.id + "-" + n; });
    if (document.activeElement !== ta.text) return;
    open(ta, true);
    const found = options(ta).length;
    if (found) select(ta, 0);
    window.desk.say(window.desk.words("matches").replace("{n}", String(found)));
  });
  document.addEventListener("input", (event) => {
    const ta = event.target instanceof Element && event.target.matches("[data-ta-text]") ? parts(event.target) : null;
    if (ta) set(ta, "");
  });
  document.addEventListener("keydown", (event) => {
    const ta = event.target instanceof Element && event.target.matches("[data-ta-text]") ? parts(event.target) : null;
    if (!ta || event.isComposing) return;
    const isOpen = !ta.pop.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) open(ta, true);
      select(ta, selected(ta) + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && isOpen && selected(ta) >= 0 && !event.ctrlKey) {
      event.preventDefault();
      take(ta, options(ta)[selected(ta)]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      open(ta, false);
    }
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[data-ta-list] [role=option]") : null;
    if (!option) return;
    event.preventDefault();
    take(parts(option), option);
  });
  document.addEventListener("focusout", (event) => {
    const ta = event.target instanceof Element && event.target.matches("[data-ta-text]") ? parts(event.target) : null;
    if (ta) window.setTimeout(() => { if (!ta.box.contains(document.activeElement)) open(ta, false); }, 120);
  });
  document.addEventListener("focusin", (event) => {
    const ta = event.target instanceof Element && event.target.matches("[data-ta-text]") ? parts(event.target) : null;
    if (ta && ta.text.value && !ta.value.value) open(ta, true);
  });
})();
