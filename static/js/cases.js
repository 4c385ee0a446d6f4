/* Pages of cases: places of a township, fields of a kind of party, review points, grades, the case file. */
(function () {
  "use strict";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  /* Only the places of the chosen township are offered. */
  function placesOf(box) {
    const form = box.closest("form");
    const township = form && form.elements.namedItem("township");
    const place = form && form.elements.namedItem("place");
    if (!township || !place || !place.options) return;
    const show = () => {
      Array.from(place.options).forEach((option) => {
        if (!option.dataset.township) return;
        option.hidden = Boolean(township.value) && option.dataset.township !== township.value;
        if (option.hidden && option.selected) place.value = "";
      });
    };
    township.addEventListener("change", show);
    show();
  }
  each("[data-places]", placesOf);

  /* Fields that only some kinds of party have; what is hidden is kept, not lost. */
  function partyOf(box) {
    const form = box.closest("form");
    const kind = form && form.elements.namedItem("party_kind");
    if (!kind) return;
    const show = () => {
      form.querySelectorAll("[data-for]").forEach((part) => {
        const filled = Array.from(part.querySelectorAll("input")).some((input) => input.value);
        part.hidden = !part.dataset.for.split(" ").includes(kind.value) && !filled;
      });
    };
    kind.addEventListener("change", show);
    show();
  }
  each("[data-party]", partyOf);

  /* A part that belongs to some values of a choice, told by their beginnings, or to any; what was filled in stays in sight. */
  const fieldsOf = (box) => Array.from(box.querySelectorAll("input, select, textarea"));
  const isBox = (field) => field.type === "radio" || field.type === "checkbox";
  const chosen = (form, name) => fieldsOf(form).filter((field) => field.name === name && (!isBox(field) || field.checked)).map((field) => field.value);
  const filled = (field) => (isBox(field) ? field.checked : !["", "0"].includes(field.value));
  each("[data-shown-for]", (part) => {
    const form = part.closest("form");
    const show = () => {
      const values = chosen(form, part.dataset.shownFor);
      const wanted = part.dataset.values;
      const belongs = wanted ? wanted.split(" ").some((start) => values.some((value) => value.startsWith(start))) : values.some(Boolean);
      part.hidden = !belongs && !fieldsOf(part).some(filled);
    };
    form.addEventListener("change", show);
    show();
  });

  /* On a phone the verdict stands above the button, so that the answer is never below the fold. */
  each("[data-dock]", (dock) => {
    const side = document.getElementById("routing-side");
    const show = () => {
      const verdict = side.querySelector(".big");
      const same = side.querySelectorAll(".dup .one").length;
      dock.querySelector("b").textContent = verdict ? verdict.textContent : "";
      const note = dock.querySelector("[data-same]");
      note.hidden = same === 0;
      note.textContent = note.dataset.same + " " + same;
      dock.hidden = !verdict;
    };
    side.addEventListener("htmx:afterSwap", show);
    show();
  });

  /* The grade chosen says its range where the sum is typed. */
  each("input[type=radio][data-high]", (radio) => {
    const show = () => {
      const fine = radio.form && radio.form.elements.namedItem("fine");
      if (!fine || !radio.checked) return;
      fine.placeholder = radio.dataset.high ? (radio.dataset.low || "0") + "–" + radio.dataset.high : "";
    };
    radio.addEventListener("change", show);
    show();
  });

  /* Review: how many points are answered; pressing the button early leads to the first that is not. */
  each("form[data-review]", (form) => {
    const points = Array.from(form.querySelectorAll("[data-point]"));
    const open = () => points.filter((point) => !point.querySelector("input:checked"));
    const told = form.querySelector("[data-answered]");
    const count = () => { if (told) told.textContent = (points.length - open().length) + " / " + points.length; };
    form.addEventListener("change", count);
    form.addEventListener("submit", (event) => {
      const first = open()[0];
      if (!first) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      first.classList.add("er");
      first.querySelector("input").focus();
      first.scrollIntoView({ block: "center" });
    }, true);
    count();
  });

  /* Case file: a line of the contents goes to its page; the page in view is marked and numbered. */
  each("[data-view]", (view) => {
    const jump = document.querySelector("[data-jump]");
    const links = Array.from(document.querySelectorAll("[data-contents] a"));
    const go = (number) => {
      const sheet = view.querySelector("[data-sheet='" + Number(number) + "']");
      if (sheet) view.scrollTop = sheet.offsetTop - view.offsetTop - 8;
    };
    const mark = (number) => {
      if (jump && document.activeElement !== jump) jump.value = number;
      let current = null;
      links.forEach((link) => { if (Number(link.dataset.page) <= number) current = link; });
      links.forEach((link) => link.classList.toggle("on", link === current));
    };
    links.forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); go(link.dataset.page); }));
    if (jump) jump.addEventListener("change", () => go(jump.value));
    const seen = new IntersectionObserver((entries) => {
      entries.forEach((entry) => { if (entry.isIntersecting) mark(Number(entry.target.dataset.sheet)); });
    }, { root: view, rootMargin: "-10% 0px -70% 0px" });
    view.querySelectorAll("[data-sheet]").forEach((sheet) => seen.observe(sheet));
  });
})();
