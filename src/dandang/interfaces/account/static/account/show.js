"use strict";
// Puts a button beside each password that shows what was typed, and hides it again.
const chinese = document.documentElement.lang.startsWith("zh");
for (const field of document.querySelectorAll("input[data-show]")) {
  const box = document.createElement("div");
  const button = document.createElement("button");
  box.className = "shown";
  button.type = "button";
  button.className = "button second";
  const tell = () => {
    const hidden = field.type === "password";
    button.textContent = chinese ? (hidden ? "显示" : "隐藏") : hidden ? "Show" : "Hide";
    button.setAttribute("aria-pressed", String(!hidden));
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    tell();
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
  field.before(box);
  box.append(field, button);
  tell();
}
