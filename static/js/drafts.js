/* Drafts: what is typed is kept on the server while typing, and in this tab when the server cannot be reached.
   A form marked data-draft-key is saved 0.8 s after the last change. Passwords and files are never kept. */
(function () {
  "use strict";
  const DELAY = 800;
  const officer = document.body.dataset.officer || "";
  const prefix = "desk.draft.";
  const skip = (control) => !control.name || control.name === "csrfmiddlewaretoken" || control.disabled
    || /^(password|file|submit|button|image|reset)$/.test(control.type) || control.closest("[data-no-draft]");

  function read(form) {
    const content = {};
    Array.from(form.elements).forEach((control) => {
      if (!("name" in control) || skip(control)) return;
      if (control.type === "radio" || control.type === "checkbox") {
        if (!(control.name in content)) content[control.name] = [];
        if (control.checked) content[control.name].push(control.value);
      } else if (control.multiple && control.options) {
        content[control.name] = Array.from(control.selectedOptions, (option) => option.value);
      } else if (control.name in content) {
        content[control.name] = [].concat(content[control.name], control.value);
      } else {
        content[control.name] = control.value;
      }
    });
    return content;
  }
  function write(form, content) {
    const seen = {};
    Array.from(form.elements).forEach((control) => {
      if (!("name" in control) || skip(control) || !(control.name in content)) return;
      const value = content[control.name];
      if (control.type === "radio" || control.type === "checkbox") {
        control.checked = [].concat(value).includes(control.value);
      } else if (control.multiple && control.options) {
        Array.from(control.options).forEach((option) => { option.selected = [].concat(value).includes(option.value); });
      } else {
        const at = seen[control.name] = (seen[control.name] || 0) + 1;
        control.value = Array.isArray(value) ? (value[at - 1] || "") : value;
      }
      control.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  function same(one, other) { return JSON.stringify(one) === JSON.stringify(other); }
  function keep(key, entry) { try { sessionStorage.setItem(prefix + key, JSON.stringify(entry)); } catch { /* a full store keeps the server's copy */ } }
  function kept(key) { try { return JSON.parse(sessionStorage.getItem(prefix + key)); } catch { return null; } }
  function forget(key) { sessionStorage.removeItem(prefix + key); }
  function keys() { return Object.keys(sessionStorage).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)); }
  function clockTime(moment) { return moment.toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" }); }
  const icon = (name) => { const holder = document.getElementById("desk-words"); const found = holder && holder.content ? holder.content.querySelector("[data-icon=" + name + "] svg") : null; return found ? found.cloneNode(true) : ""; };

  class Draft {
    constructor(form) {
      this.form = form;
      this.key = form.dataset.draftKey;
      this.line = document.querySelector("[data-draft-state='" + CSS.escape(this.key) + "']");
      this.start = read(form);
      this.saved = this.start;
      this.timer = 0;
      this.busy = false;
      this.restore();
      form.addEventListener("input", () => this.later());
      form.addEventListener("change", () => this.later());
      form.addEventListener("submit", () => this.beforeSend());
      document.addEventListener("visibilitychange", () => { if (!document.hidden && this.stuck) this.save(); else if (document.hidden && this.timer) this.save(); });
      window.addEventListener("online", () => { if (this.stuck) this.save(); });
    }
    show(text, kind, extra) {
      if (!this.line) return;
      this.line.classList.toggle("warn", kind === "warn");
      this.line.replaceChildren(icon(kind === "warn" ? "warn" : "saved"), document.createTextNode(text));
      if (extra) this.line.append(extra);
    }
    restore() {
      const data = document.getElementById("draft-" + this.key);
      const mine = kept(this.key);
      let content = data ? JSON.parse(data.textContent) : null;
      let moment = document.querySelector("[data-draft-saved]");
      moment = moment ? new Date(moment.dataset.draftSaved) : null;
      if (mine && mine.officer !== officer) forget(this.key);
      else if (mine && (mine.bounced || mine.stuck)) { content = mine.content; moment = new Date(mine.at); }
      if (!content || same(content, this.start)) { forget(this.key); return; }
      write(this.form, content);
      const drop = document.createElement("button");
      drop.type = "button";
      drop.textContent = window.desk.words("discard");
      drop.addEventListener("click", () => this.drop());
      this.button = drop;
      this.show(window.desk.words("restored") + " " + (moment ? clockTime(moment) : ""), "", drop);
      if (mine && mine.officer === officer && (mine.bounced || mine.stuck)) this.later();
    }
    /* Says that the draft is gone only when it is: whoever leaves the page at once must not find it again. */
    async drop() {
      forget(this.key);
      write(this.form, this.start);
      window.clearTimeout(this.timer);
      this.timer = 0;
      this.saved = read(this.form);
      await this.saving;
      const gone = await fetch(this.address(), { method: "DELETE", keepalive: true, headers: { "X-CSRFToken": window.desk.csrf() } })
        .then((answer) => answer.ok, () => false);
      if (!gone) this.show(window.desk.words("offline") + " ", "warn", this.button);
      else if (this.line) this.line.replaceChildren(document.createTextNode(window.desk.words("discarded")));
    }
    address() { return "/drafts/" + encodeURIComponent(this.key) + "/"; }
    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => { this.saving = this.save(); }, DELAY);
    }
    async save() {
      window.clearTimeout(this.timer);
      this.timer = 0;
      const content = read(this.form);
      if (this.busy) { this.later(); return; }
      if (same(content, this.saved) && !this.stuck) return;
      this.busy = true;
      try {
        const answer = await fetch(this.address(), {
          method: "POST", redirect: "manual", keepalive: true,
          headers: { "Content-Type": "application/json", "X-CSRFToken": window.desk.csrf(), Accept: "application/json" },
          body: JSON.stringify(content),
        });
        if (answer.ok) this.onSaved(content, await answer.json());
        else if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") this.onExpired(content);
        else this.onOffline(content);
      } catch {
        this.onOffline(content);
      } finally {
        this.busy = false;
      }
    }
    onSaved(content, answer) {
      this.saved = content;
      this.stuck = false;
      forget(this.key);
      this.show(window.desk.words("saved") + " " + clockTime(new Date(answer.saved_at)));
    }
    onExpired(content) {
      this.hold(content);
      const link = document.createElement("a");
      link.href = window.desk.loginLink(); link.target = "_blank"; link.rel = "noopener"; link.textContent = window.desk.words("login");
      this.show(window.desk.words("expired") + " ", "warn", link);
    }
    onOffline(content) {
      this.hold(content);
      this.show(window.desk.words("keptHere"), "warn");
      window.setTimeout(() => { if (this.stuck) this.save(); }, 15000);
    }
    hold(content) {
      this.stuck = true;
      keep(this.key, { officer, content, at: Date.now(), stuck: true, title: title() });
    }
    beforeSend() {
      window.clearTimeout(this.timer);
      this.timer = 0;
      keep(this.key, { officer, content: read(this.form), at: Date.now(), sent: true, title: title() });
    }
  }
  function title() { const head = document.querySelector("h1"); return head ? head.textContent.trim() : document.title; }

  /* At the login page and on error pages: what was being sent is marked, and the page says so. */
  if (document.body.hasAttribute("data-bounce")) {
    let last = null;
    keys().forEach((key) => {
      const entry = kept(key);
      if (!entry) return;
      if (entry.sent) { entry.bounced = true; keep(key, entry); }
      if (entry.bounced || entry.stuck) last = entry;
    });
    const note = document.querySelector("[data-expired-note]");
    if (note && last) { note.querySelector("[data-title]").textContent = last.title; note.hidden = false; const plain = document.querySelector("[data-expired-plain]"); if (plain) plain.hidden = true; }
    return;
  }
  const forms = Array.from(document.querySelectorAll("form[data-draft-key]"));
  forms.forEach((form) => new Draft(form));
  /* Any other page proves that what was sent has arrived. */
  const here = forms.map((form) => form.dataset.draftKey);
  if (officer) keys().forEach((key) => { const entry = kept(key); if (entry && entry.sent && !entry.bounced && !(here.includes(key) && entry.stuck)) forget(key); });
  document.querySelectorAll("form[data-logout]").forEach((form) => form.addEventListener("submit", () => keys().forEach(forget)));
})();
