// Ticks all rows of the page at once, and says how many are chosen.
"use strict";
(() => {
  const form = document.getElementById("chosen");
  if (!form) return;
  const boxes = [...form.querySelectorAll("[data-rows] input[type=checkbox]")];
  const told = form.querySelector("[data-ticked]");
  const words = told.textContent;
  const tell = () => {
    const number = boxes.filter((one) => one.checked).length;
    told.textContent = number ? `${words} (${number})` : words;
  };
  form.addEventListener("change", tell);
  form.querySelector("[data-tick-all]").addEventListener("click", (event) => {
    event.preventDefault();
    const all = boxes.some((one) => !one.checked);
    boxes.forEach((one) => { one.checked = all; });
    tell();
  });
  tell();
})();
