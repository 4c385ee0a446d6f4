/* The line of days: sliding names the day, letting go asks for it. */
(function () {
  "use strict";
  document.querySelectorAll("input[type=range][data-first]").forEach((line) => {
    const day = line.form.elements.on;
    line.addEventListener("input", () => {
      const chosen = new Date(`${line.dataset.first}T00:00:00Z`);
      chosen.setUTCDate(chosen.getUTCDate() + Number(line.value));
      day.value = chosen.toISOString().slice(0, 10);
      line.setAttribute("aria-valuetext", day.value);
    });
    line.addEventListener("change", () => line.form.requestSubmit());
  });
})();
