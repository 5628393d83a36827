// The staff's pages name their main part, for who finds the way by landmarks (WAI-ARIA 1.2), and what
// only scrolls is none of them.
addEventListener("DOMContentLoaded", () => {
  document.getElementById("main")?.setAttribute("role", "main");
});
addEventListener("load", () => {
  for (const scrolled of document.querySelectorAll(".simplebar-content-wrapper")) {
    scrolled.removeAttribute("role");
    scrolled.removeAttribute("aria-label");
  }
});
