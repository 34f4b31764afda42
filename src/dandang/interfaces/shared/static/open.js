// Takes the access code of a QR code out of the address and its history, and sends it with the form.
"use strict";
(() => {
  const code = location.hash.slice(1).replace(/[^0-9a-z]/gi, "");
  if (code.length !== 26) return;
  history.replaceState(null, "", location.pathname + location.search);
  const form = document.querySelector("form[data-open]");
  if (!form) return;
  form.elements.access_code.value = code;
  if (form.elements.reference.value) form.submit();
})();
