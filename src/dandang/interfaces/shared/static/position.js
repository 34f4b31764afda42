"use strict";
// Fills the position of the device into a field, when its button is pressed and the person agrees.
for (const box of document.querySelectorAll(".position")) {
  const field = document.getElementById(box.dataset.field);
  if (!field || !navigator.geolocation || !window.isSecureContext) continue;
  const said = box.querySelector("[role=status]");
  const fill = ({ coords }) => {
    const place = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
    const words = box.dataset.found
      .replace("{place}", place)
      .replace("{metres}", Math.ceil(coords.accuracy));
    field.value = field.value.trim() ? `${field.value.trim()} · ${words}` : words;
    said.textContent = "";
    field.focus();
  };
  const fail = () => { said.textContent = box.dataset.failed; };
  box.querySelector("button").addEventListener("click", () => {
    said.textContent = box.dataset.waiting;
    navigator.geolocation.getCurrentPosition(fill, fail, { enableHighAccuracy: true, timeout: 20000 });
  });
  box.hidden = false;
}
