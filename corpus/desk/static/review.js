// Keys of the review page. Everything works without them; they are off while somebody types, and can be switched off.
"use strict";
const STORED = "cakupan-keys";
const form = document.getElementById("penilaian");
const toggle = document.getElementById("pintas");
if (form && toggle) {
  toggle.closest("p").hidden = false;
  toggle.checked = localStorage.getItem(STORED) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(STORED, toggle.checked ? "on" : "off"));
  const reason = document.getElementById("alasan");
  let rejecting = false;
  reason.addEventListener("blur", () => { rejecting = false; });
  // Enter in a field would send the first verdict of the form, whatever somebody is about to say.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.target === reason) {
      if (rejecting && reason.value.trim()) form.querySelector("button[value=reject]").click();
    } else {
      form.querySelector("button[value=correct]").click();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (!toggle.checked || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const target = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "SUMMARY") {
      target.parentElement.open = true;
      document.getElementById("f-value").focus();
    } else if (target.value === "reject" && !reason.value.trim()) {
      rejecting = true;
      reason.focus();
    } else {
      target.click();
    }
  });
}
