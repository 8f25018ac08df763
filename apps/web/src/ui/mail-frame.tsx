/** Somebody else's HTML: a frame without scripts, forms or an origin, so that nothing in it can run or reach the console. Its links open in a tab of their own. */
export function MailFrame({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={html}
      referrerPolicy="no-referrer"
      className="h-[560px] w-full rounded-card border"
      style={{ colorScheme: "light", background: "#fff" }}
    />
  );
}
