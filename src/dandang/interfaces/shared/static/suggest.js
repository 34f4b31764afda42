"use strict";
// Shows, below the words somebody writes, what the server suggests for them. Nothing is kept.
const box = document.querySelector(".suggested");
const form = box && box.closest("form");
if (form) {
  const asked = ["title", "text", "category"].map((name) => form.elements[name]);
  let waiting, last = "";
  const ask = async () => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const field of asked) body.append(field.name, field.value);
    const now = asked.map((field) => field.value).join("\n");
    if (now === last || form.elements.text.value.trim().length < 2) return;
    last = now;
    try {
      const answer = await fetch(box.dataset.from, { method: "POST", body });
      if (answer.ok && now === last) box.innerHTML = await answer.text();
    } catch { /* Without an answer nothing is suggested. */ }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 800);
  });
}
