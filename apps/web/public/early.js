// Runs before the console's code is here, and asks for what every page of an organization asks first: who is signed in. On the way to a log it names
// the files of the log as well, which would otherwise be asked for when the frame's code has run.
(function () {
  if (!/^\/(o\/|$)/.test(location.pathname)) return;
  var me = fetch("/trpc/session.me");
  // Who takes the answer hears of its failure.
  me.catch(function () {});
  globalThis.early = { "/trpc/session.me": me };
  if (!/^\/$|logs\/\w+$/.test(location.pathname)) return;
  for (var href of (document.currentScript.dataset.log || "").split(" ").filter(Boolean)) {
    var link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = href;
    document.head.append(link);
  }
})();
