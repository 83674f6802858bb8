// Keys of the review page. Everything works without them; they are off while somebody types, and can be switched off.
"use strict";
const STORED = "cakupan-keys";
const form = document.getElementById("penilaian");
const toggle = document.getElementById("pintas");
if (form && toggle) {
  toggle.closest("p").hidden = false;
  toggle.checked = localStorage.getItem(STORED) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(STORED, toggle.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (!toggle.checked || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const target = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "SUMMARY") {
      target.parentElement.open = true;
      document.getElementById("f-value").focus();
    } else if (target.value === "reject" && !document.getElementById("alasan").value.trim()) {
      document.getElementById("alasan").focus();
    } else {
      target.click();
    }
  });
}
