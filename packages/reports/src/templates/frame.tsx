/** @jsxRuntime automatic */
import type { CSSProperties, ReactElement, ReactNode } from "react";
import { Container, Head, Html, Link } from "react-email";
import { darkStyles, type Tone, toneStyle } from "./tones.ts";

/** What all mails share: 600 px, one column, system fonts, nothing fetched, and both colour schemes. */
export function Frame({ title, preview, organization, heading, meta, children, footer }: FrameProps): ReactElement {
  return (
    <Html lang="en">
      <Head>
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkStyles}</style>
      </Head>
      {/* Not react-email's Body: it paints a cell of its own that the dark sheet cannot reach. */}
      <body className="page" style={{ ...toneStyle("page"), margin: 0, padding: "24px 12px", fontFamily: systemFonts, fontVariantNumeric: "tabular-nums" }}>
        <div style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>
          {preview}
          {fillUp}
        </div>
        <Container style={{ maxWidth: 600, width: "100%", margin: "0 auto" }}>
          <div className="card pad" style={{ ...toneStyle("card"), border: "1px solid #DDE2E9", borderRadius: 8, padding: "28px 32px 32px" }}>
            <Columns>
              <tr>
                <td className="text" style={{ ...toneStyle("text"), fontSize: 13, lineHeight: "18px", fontWeight: 600 }}>
                  {organization}
                </td>
                <td className="meta" align="right" style={{ ...toneStyle("meta"), fontSize: 12, lineHeight: "18px" }}>
                  Daybook
                </td>
              </tr>
            </Columns>
            <h1
              className="text"
              style={{ ...toneStyle("text"), fontSize: 22, lineHeight: "28px", fontWeight: 600, margin: "20px 0 4px", overflowWrap: "anywhere" }}
            >
              {heading}
            </h1>
            <Paragraph tone="meta">{meta}</Paragraph>
            {children}
          </div>
          <div style={{ padding: "16px 8px 0" }}>{footer}</div>
        </Container>
      </body>
    </Html>
  );
}

interface FrameProps {
  title: string;
  preview: string;
  organization: string;
  heading: string;
  meta: string;
  children: ReactNode;
  footer: ReactNode;
}

/** Inboxes show some 100 characters after the subject; without this, the mail's first words would follow the preview. */
const fillUp = "\u00a0\u200c".repeat(80);

const systemFonts = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

/** A table that is only there to put things beside each other; screen readers are told so. */
export const Columns = ({ children, style, className }: { children: ReactNode; style?: CSSProperties; className?: string }): ReactElement => (
  <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0} className={className} style={{ borderCollapse: "collapse", ...style }}>
    <tbody>{children}</tbody>
  </table>
);

export const Heading = ({ children }: { children: ReactNode }): ReactElement => (
  <h2 className="text" style={{ ...toneStyle("text"), fontSize: 15, lineHeight: "22px", fontWeight: 600, margin: "32px 0 8px" }}>
    {children}
  </h2>
);

export const Paragraph = ({ children, tone = "soft", style }: { children: ReactNode; tone?: Tone; style?: CSSProperties }): ReactElement => (
  <p className={tone} style={{ ...toneStyle(tone), fontSize: 13, lineHeight: "20px", margin: 0, ...style }}>
    {children}
  </p>
);

/** Underlined, because colour alone would not say that it is a link. */
export const TextLink = ({ href, children, tone = "accent" }: { href: string; children: ReactNode; tone?: Tone }): ReactElement => (
  <Link href={href} className={tone} style={{ ...toneStyle(tone), textDecoration: "underline", textUnderlineOffset: "2px" }}>
    {children}
  </Link>
);

/** A quieter remark behind something; on a narrow screen it moves to the next line as a whole. The space is for readers without styles. */
export const WithNote = ({ children, note, tone = "meta" }: { children: ReactNode; note: string | undefined; tone?: Tone }): ReactElement => (
  <>
    <span style={{ paddingRight: 4 }}>{children}</span>
    {note !== undefined && (
      <>
        {" "}
        <span className={tone} style={{ ...toneStyle(tone), display: "inline-block" }}>
          {note}
        </span>
      </>
    )}
  </>
);

/** 44 px high: a thumb's size. */
export const ActionLink = ({ href, children, quiet = false }: { href: string; children: ReactNode; quiet?: boolean }): ReactElement => (
  <Link
    href={href}
    className={quiet ? "quiet" : "button"}
    style={{
      ...toneStyle(quiet ? "quiet" : "button"),
      display: "inline-block",
      fontSize: 14,
      lineHeight: "20px",
      fontWeight: 600,
      padding: "11px 18px",
      margin: "0 8px 8px 0",
      borderRadius: 6,
      textDecoration: "none",
    }}
  >
    {children}
  </Link>
);

export const Footnote = ({ children }: { children: ReactNode }): ReactElement => (
  <p className="meta" style={{ ...toneStyle("meta"), fontSize: 12, lineHeight: "18px", margin: "0 0 6px" }}>
    {children}
  </p>
);
