"use strict";
// Puts the secret behind `#` into the form, and takes it out of the address and the history.
const form = document.querySelector("form[data-invitation]");
const secret = location.hash.slice(1);
if (form && /^[A-Za-z2-7]{20,60}$/.test(secret)) {
  form.elements.secret.value = secret;
  history.replaceState(null, "", location.pathname);
  form.elements.password.focus();
}
