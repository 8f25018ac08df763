// Runs before the first paint, so that nobody sees a flash of the other theme. A file, not an inline script: `script-src 'self'` holds.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("daybook.theme");
  } catch {
    // Storage may be forbidden: then the system decides.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
