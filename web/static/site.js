// Enhancements only: every page works without this file.
"use strict";

// “/” moves to the question, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  const field = document.getElementById("ask");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// A filter that is chosen applies at once; the button stays for those who prefer it.
for (const select of document.querySelectorAll(".filters select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// Empty fields stay out of the address.
for (const form of document.querySelectorAll(".filters form, form.names")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  });
}

// A page that the browser kept comes back with its fields usable.
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll(":disabled")) field.disabled = false;
});

// On a narrow page the outline starts folded.
const outline = document.querySelector(".outline details");
if (outline && window.matchMedia("(max-width: 60rem)").matches) outline.open = false;
