/* The frame: menus, dialogs, keys, rows, htmx with the CSRF cookie and expired logins. */
(function () {
  "use strict";
  const body = document.body;
  const live = document.getElementById("live");
  const loginUrl = body.dataset.login || "/";

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }
  function csrf() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return cookie("csrftoken") || (field ? field.value : "");
  }
  function say(text) {
    if (!live) return;
    live.textContent = "";
    window.setTimeout(() => { live.textContent = text; }, 30);
  }
  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }
  function words(key) {
    const holder = document.getElementById("desk-words");
    return (holder && holder.dataset[key]) || "";
  }
  window.desk = { csrf, say, words, loginUrl, loginLink: () => loginUrl + "?next=" + encodeURIComponent(location.pathname + location.search) };

  /* Menus close on Escape, on a click outside and when another opens. */
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  }
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (menu instanceof HTMLDetailsElement && menu.hasAttribute("data-menu") && menu.open) closeMenus(menu);
  }, true);

  /* Dialogs open by data-open, close by data-close; without script the link is followed instead. */
  let opener = null;
  function openDialog(id) {
    const dialog = document.getElementById(id);
    if (!(dialog instanceof HTMLDialogElement)) return false;
    closeMenus(null);
    opener = document.activeElement;
    if (dialog.classList.contains("anchored") && window.matchMedia("(min-width: 761px)").matches) {
      if (dialog.open) { dialog.close(); return true; }
      dialog.show();
    } else {
      dialog.showModal();
    }
    return true;
  }
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const open = target.closest("[data-open]");
    if (open && openDialog(open.dataset.open)) { event.preventDefault(); return; }
    const dialog = target.closest("dialog");
    if (dialog && (target.closest("[data-close]") || target === dialog)) { dialog.close(); return; }
    if (target.closest("[data-nav-toggle]")) { event.preventDefault(); toggleNav(); return; }
    const menu = target.closest("details[data-menu]");
    closeMenus(menu);
    const eye = target.closest("[data-show-password]");
    if (eye) showPassword(eye);
    const row = target.closest("[data-row]");
    if (row && !target.closest("a, button, input, label, summary, select")) followRow(row, event);
  });
  /* The event comes after the closing: whoever has moved on meanwhile keeps the focus. */
  document.addEventListener("close", (event) => {
    if (!(event.target instanceof HTMLDialogElement) || !(opener instanceof HTMLElement)) return;
    const left = document.activeElement;
    if (!left || left === body || event.target.contains(left)) opener.focus();
  }, true);
  document.querySelectorAll("dialog[data-open-now]").forEach((dialog) => openDialog(dialog.id));

  function showPassword(button) {
    const input = document.getElementById(button.getAttribute("aria-controls"));
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  }

  /* The rail on a phone */
  function toggleNav(force) {
    const open = force === undefined ? !body.classList.contains("nav-open") : force;
    body.classList.toggle("nav-open", open);
    document.querySelectorAll("[data-nav-toggle]").forEach((button) => button.setAttribute("aria-expanded", String(open)));
    if (open) { const first = document.querySelector("#nav a"); if (first) first.focus(); }
  }

  /* Rows: j and k move, Enter opens, a click anywhere opens. */
  const rows = () => Array.from(document.querySelectorAll("[data-row]")).filter((row) => row.offsetParent !== null);
  function rowLink(row) { return row.querySelector("a[data-row-link]") || row.querySelector("a[href]"); }
  function followRow(row, event) {
    const link = rowLink(row);
    if (!link || String(window.getSelection())) return;
    if (event && (event.ctrlKey || event.metaKey)) window.open(link.href, "_blank"); else link.click();
  }
  function moveRow(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("sel"));
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
    all.forEach((row) => row.classList.toggle("sel", row === next));
    const link = rowLink(next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  /* Single keys, off while typing and for whoever switched them off */
  const KEYS_OFF = "desk.keys.off";
  const keySwitch = document.getElementById("keys-switch");
  if (keySwitch) {
    keySwitch.checked = localStorage.getItem(KEYS_OFF) !== "1";
    keySwitch.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keySwitch.checked ? "0" : "1"));
  }
  function go(selector) {
    const link = document.querySelector(selector);
    if (link) link.click();
    return Boolean(link);
  }
  const singles = {
    "/": () => { const box = document.querySelector("[data-search]"); if (box) { box.focus(); box.select(); } return Boolean(box); },
    n: () => go("[data-key=n]") || go("[data-nav=intake]"),
    j: () => { moveRow(1); return true; },
    k: () => { moveRow(-1); return true; },
    "?": () => openDialog("keys"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { escape(); return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { submitFrom(event); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("dialog:modal") || localStorage.getItem(KEYS_OFF) === "1") return;
    const act = singles[event.key];
    if (act && act()) event.preventDefault();
  });
  function escape() {
    const anchored = document.querySelector("dialog.anchored[open]");
    if (anchored) anchored.close();
    const open = document.querySelector("details[data-menu][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
    if (body.classList.contains("nav-open")) { toggleNav(false); const button = document.querySelector("[data-nav-toggle]"); if (button) button.focus(); }
  }
  function submitFrom(event) {
    const field = event.target instanceof Element ? event.target.closest("form") : null;
    const form = field && field.method === "post" ? field : document.querySelector("form[data-main]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit].btn-primary") || undefined);
  }

  /* htmx: the token of this moment, and never a login page inside a fragment */
  body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf();
  });
  body.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr.responseURL || "";
    const atLogin = address && new URL(address).pathname === loginUrl && location.pathname !== loginUrl;
    if (event.detail.xhr.status === 401 || atLogin) {
      event.detail.shouldSwap = false;
      loginNotice();
    } else if (event.detail.xhr.status === 409 || event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  body.addEventListener("htmx:sendError", () => toast(words("offline")));
  function toast(text, link, linkText) {
    const holder = document.getElementById("toast");
    if (!holder || !text) return;
    const note = document.createElement("div");
    note.className = "note warn";
    const line = document.createElement("span");
    line.textContent = text + " ";
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link; anchor.target = "_blank"; anchor.rel = "noopener"; anchor.textContent = linkText;
      line.append(anchor);
    }
    note.append(line);
    holder.replaceChildren(note);
    if (!link) window.setTimeout(() => note.remove(), 8000);
  }
  function loginNotice() { toast(words("expired"), window.desk.loginLink(), words("login")); }
  window.desk.toast = toast;
  window.desk.loginNotice = loginNotice;

  /* Where a narrow window takes the head off a table, a figure or a day still says what it is. */
  const BARE = /^[\d\s.,:%/·—–-]+(元|天|项)?$/;
  function headOf(cell) {
    const bare = cell.cloneNode(true);
    bare.querySelectorAll(".sr-only").forEach((said) => said.remove());
    return bare.textContent.trim();
  }
  function nameFigures(root) {
    root.querySelectorAll("table.two-line").forEach((table) => {
      const heads = Array.from(table.tHead ? table.tHead.rows[0].cells : [], headOf);
      Array.from(table.tBodies).flatMap((part) => Array.from(part.rows)).forEach((row) => Array.from(row.cells).forEach((cell, place) => {
        const figure = cell.classList.contains("num") || BARE.test(cell.textContent.trim());
        if (cell.tagName === "TD" && heads[place] && figure) cell.dataset.head = heads[place];
      }));
    });
  }
  nameFigures(document);
  body.addEventListener("htmx:afterSettle", (event) => nameFigures(event.detail.elt));

  /* Of more tabs than fit, the open one stands in view. */
  document.querySelectorAll(".tabs .on").forEach((tab) => tab.scrollIntoView({ block: "nearest", inline: "center" }));

  /* After an act that failed, the reason has the focus. */
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
  document.querySelectorAll("[data-back]").forEach((link) => link.addEventListener("click", (event) => {
    if (history.length > 1) { event.preventDefault(); history.back(); }
  }));
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
})();
