/** @jsxRuntime automatic */
import type { ReactElement } from "react";
import { defineReport, type ReportData } from "../define-report.ts";
import type { Digest, Ranking } from "../digest.ts";
import { clean, comparison, number, periodLabel, plural, was, weekdayName } from "../words.ts";
import { ActionLink, Columns, Footnote, Frame, Heading, Paragraph, TextLink, WithNote } from "./frame.tsx";
import { sampleReport } from "./sample-report.ts";
import { type Tone, toneStyle } from "./tones.ts";
import { weeklyText } from "./weekly-text.ts";
import {
  actorFilter,
  becauseOf,
  byWhom,
  figuresOf,
  linksNeedSignIn,
  linksOf,
  nameLengthMax,
  nobodysAccess,
  nothingFailed,
  nothingRecorded,
  titleLengthMax,
} from "./weekly-words.ts";

export const weekly = defineReport({
  id: "weekly",
  title: "Weekly audit summary",
  description: "Seven days against the seven before: totals, failures, permission changes, and who did most.",
  subject: ({ organization, digest }) => `${news(digest)} — ${clean(organization.name, 60)} weekly`,
  component: (data) => <Weekly {...data} />,
  text: weeklyText,
  sample: sampleReport,
});

/** The first words carry the news: a phone shows forty characters of a subject. */
function news({ total, failed, permissionChanges }: Digest): string {
  if (total.now === 0) return "Nothing happened";
  const worth = [
    ...(permissionChanges.now > 0 ? [plural(permissionChanges.now, "permission change")] : []),
    ...(failed.now > 0 ? [plural(failed.now, "failure")] : []),
  ];
  return worth.length > 0 ? worth.join(", ") : `${plural(total.now, "event")}, no failures`;
}

function Weekly(data: ReportData): ReactElement {
  const { organization, digest } = data;
  const { links, week } = linksOf(data);
  return (
    <Frame
      title={`${clean(organization.name)} · Weekly audit summary`}
      preview={`${plural(digest.total.now, "event")}, ${was(digest.total)} the week before. ${plural(digest.failed.now, "failure")}. ${plural(digest.permissionChanges.now, "permission change")}.`}
      organization={clean(organization.name)}
      heading="Weekly audit summary"
      meta={`${periodLabel(digest.period)} · ${digest.period.zone} time`}
      footer={<Footer {...data} />}
    >
      <Tiles digest={digest} />
      {digest.total.now === 0 ? (
        <Paragraph style={{ marginTop: 24 }}>{nothingRecorded}</Paragraph>
      ) : (
        <>
          <Days digest={digest} />
          <Section title="Permission changes" ranking={digest.permissionChangeList} none={nobodysAccess}>
            {(one) => (
              <Line
                key={`${one.action} ${one.actorName}`}
                mark="◆"
                tone="sensitive"
                title={one.title}
                note={clean(one.actorName, nameLengthMax)}
                count={one.count}
                href={links.logs({ ...week, action: one.action, ...actorFilter(one) })}
              />
            )}
          </Section>
          <Section title="Failures" ranking={digest.failures} none={nothingFailed}>
            {(one) => (
              <Line
                key={one.action}
                mark="✕"
                tone="failed"
                title={one.title}
                note={byWhom(one)}
                count={one.count}
                href={links.logs({ ...week, action: one.action, status: "failed" })}
              />
            )}
          </Section>
          <Section title="Most active" ranking={digest.topActors} none="">
            {(one) => (
              <Line
                key={one.id ?? one.name}
                title={clean(one.name, nameLengthMax)}
                note={one.failed > 0 ? `${number(one.failed)} failed` : ""}
                noteTone="failed"
                count={one.count}
                {...(one.id === null ? {} : { href: links.logs({ ...week, actor: one.id }) })}
              />
            )}
          </Section>
          <Section title="Most frequent" ranking={digest.topActions} none="">
            {(one) => <Line key={one.action} title={one.title} note={byWhom(one)} count={one.count} href={links.logs({ ...week, action: one.action })} />}
          </Section>
          {digest.newActions.top.length > 0 && (
            <Section title="Not seen the week before" ranking={digest.newActions} none="">
              {(one) => <Line key={one.action} title={one.title} note={byWhom(one)} count={one.count} href={links.logs({ ...week, action: one.action })} />}
            </Section>
          )}
        </>
      )}
      <div style={{ marginTop: 32 }}>
        <ActionLink href={links.logs(week)}>Open this week in Daybook</ActionLink>
      </div>
    </Frame>
  );
}

const Tiles = ({ digest }: { digest: Digest }): ReactElement => (
  <Columns style={{ marginTop: 24, tableLayout: "fixed" }}>
    <tr>
      {figuresOf(digest).map(({ label, value, tone }) => (
        <td key={label} className="tile" width="25%" valign="top" style={{ padding: "0 8px 0 0" }}>
          <div className={tone} style={{ ...toneStyle(tone), fontSize: figureSize(value.now), lineHeight: "32px", fontWeight: 600 }}>
            {number(value.now)}
          </div>
          <div className="soft" style={{ ...toneStyle("soft"), fontSize: 12, lineHeight: "16px" }}>
            {label}
          </div>
          <div className="meta" style={{ ...toneStyle("meta"), fontSize: 12, lineHeight: "18px" }}>
            {comparison(value)}
          </div>
        </td>
      ))}
    </tr>
  </Columns>
);

/** Numbers stay exact; four of them have to stand beside each other. */
function figureSize(value: number): number {
  const characters = number(value).length;
  return characters <= 7 ? 26 : characters <= 9 ? 20 : 16;
}

function Days({ digest: { days } }: { digest: Digest }): ReactElement {
  const busiest = Math.max(1, ...days.map(({ total }) => total));
  return (
    <>
      <Heading>Day by day</Heading>
      <Columns>
        {days.map(({ date, total, failed }) => (
          <tr key={date}>
            <td width="44" className="soft" style={{ ...toneStyle("soft"), ...dayText }}>
              {weekdayName(date)}
            </td>
            <td style={{ padding: "3px 0" }}>
              <Bar ok={share(total - failed, busiest)} failed={share(failed, busiest)} />
            </td>
            <td width="56" align="right" className="text" style={{ ...toneStyle("text"), ...dayText, paddingLeft: 12 }}>
              {number(total)}
            </td>
            <td
              width="72"
              align="right"
              className={failed > 0 ? "failed" : "meta"}
              style={{ ...toneStyle(failed > 0 ? "failed" : "meta"), ...dayText, paddingLeft: 8 }}
            >{`${number(failed)} failed`}</td>
          </tr>
        ))}
      </Columns>
    </>
  );
}

const dayText = { fontSize: 13, lineHeight: "20px", whiteSpace: "nowrap" } as const;

/** In per cent of the widest bar; what exists is never too thin to see. */
const share = (count: number, most: number): number => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * 100)));

/** Cells with a background: no image to load, no SVG that half of the mail programs drop. */
function Bar({ ok, failed }: { ok: number; failed: number }): ReactElement {
  const rest = Math.max(0, 100 - ok - failed);
  const cells: { width: number; tone?: Tone }[] = [{ width: ok, tone: "barOk" }, { width: failed, tone: "barFailed" }, { width: rest }];
  return (
    <Columns style={{ tableLayout: "fixed" }}>
      <tr>
        {cells
          .filter(({ width }) => width > 0)
          .map(({ width, tone }) => (
            <td
              key={tone ?? "rest"}
              width={`${width}%`}
              height={14}
              {...(tone ? { className: tone } : {})}
              style={{ ...(tone ? toneStyle(tone) : {}), height: 14, fontSize: 1, lineHeight: "14px" }}
            >
              &nbsp;
            </td>
          ))}
      </tr>
    </Columns>
  );
}

function Section<Entry>({
  title,
  ranking,
  none,
  children,
}: {
  title: string;
  ranking: Ranking<Entry>;
  none: string;
  children: (entry: Entry) => ReactElement;
}): ReactElement {
  return (
    <>
      <Heading>{title}</Heading>
      {ranking.top.length === 0 ? <Paragraph>{none}</Paragraph> : <Columns>{ranking.top.map(children)}</Columns>}
      {ranking.more > 0 && <Paragraph tone="meta" style={{ marginTop: 8 }}>{`and ${number(ranking.more)} more`}</Paragraph>}
    </>
  );
}

interface LineProps {
  title: string;
  note: string;
  count: number;
  href?: string;
  mark?: string;
  tone?: Tone;
  noteTone?: Tone;
}

function Line({ title, note, count, href, mark, tone = "text", noteTone = "meta" }: LineProps): ReactElement {
  const label = clean(title, titleLengthMax);
  return (
    <tr>
      {mark !== undefined && (
        <td width="22" valign="top" aria-hidden="true" className={`${tone} line`} style={{ ...toneStyle(tone), ...lineCell }}>
          {mark}
        </td>
      )}
      <td valign="top" className="line" style={{ ...lineCell, overflowWrap: "anywhere" }}>
        <WithNote note={note === "" ? undefined : note} tone={noteTone}>
          {href === undefined ? (
            <span className="text" style={toneStyle("text")}>
              {label}
            </span>
          ) : (
            <TextLink href={href}>{label}</TextLink>
          )}
        </WithNote>
      </td>
      <td width="64" align="right" valign="top" className="text line" style={{ ...toneStyle("text"), ...lineCell, paddingLeft: 12 }}>
        {number(count)}
      </td>
    </tr>
  );
}

const lineCell = { borderTop: "1px solid #DDE2E9", padding: "6px 0", fontSize: 13, lineHeight: "20px" } as const;

function Footer(data: ReportData): ReactElement {
  const { links } = linksOf(data);
  return (
    <>
      <Footnote>{linksNeedSignIn}</Footnote>
      <Footnote>{becauseOf(data)}</Footnote>
      <Footnote>
        <TextLink tone="meta" href={links.reports()}>
          Change the schedule
        </TextLink>
        {data.unsubscribeUrl !== undefined && (
          <>
            {" · "}
            <TextLink tone="meta" href={data.unsubscribeUrl}>
              Unsubscribe
            </TextLink>
          </>
        )}
      </Footnote>
    </>
  );
}
