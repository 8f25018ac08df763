/** @jsxRuntime automatic */
import type { AuditEvent, Json } from "@daybook/event";
import { Fragment, type ReactElement } from "react";
import { defineMail } from "../define-report.ts";
import { type ConsoleLinks, consoleLinks } from "../links.ts";
import { clean, momentLabel, number, plural } from "../words.ts";
import { ActionLink, Columns, Footnote, Frame, Heading, Paragraph, TextLink, WithNote } from "./frame.tsx";
import { sampleAlert } from "./sample-alert.ts";
import { type Tone, toneStyle } from "./tones.ts";

export interface AlertData {
  organization: { name: string; slug: string; timeZone: string };
  /** The console's public origin, without a slash at its end. */
  origin: string;
  rule: { name: string; kindTitle: string; severity: "low" | "medium" | "high" | "critical"; /** What the rule watches for, as a sentence. */ why: string };
  incident: { id: string; title: string; openedAt: string; eventCount: number };
  /** The incident's newest events, newest first. At least one. */
  events: [AuditEvent, ...AuditEvent[]];
  /** Sent by "Send test"; the mail says so in its first word. */
  isTest?: boolean;
}

export const alertMail = defineMail<AlertData>({
  id: "alert",
  title: "Alert",
  description: "One incident: who did what to what, when, why the rule fired, and the buttons to act.",
  subject: ({ incident, organization, isTest }) => `${isTest ? "TEST: " : ""}${clean(incident.title, 100)} — ${clean(organization.name, 40)} alert`,
  component: (data) => <Alert {...data} />,
  text,
  sample: sampleAlert,
});

/** The mail names a few; the incident's page has them all. */
const eventsMax = 5;

function Alert(data: AlertData): ReactElement {
  const { organization, incident, rule, events, isTest } = data;
  const links = linksOf(data);
  return (
    <Frame
      title={clean(incident.title)}
      preview={`${clean(events[0].description)} · ${clean(rule.name)}`}
      organization={clean(organization.name)}
      heading={`${isTest ? "TEST: " : ""}${clean(incident.title, 200)}`}
      meta={`Incident opened ${momentLabel(incident.openedAt, organization.timeZone)} · ${organization.timeZone} time`}
      footer={<Footer {...data} />}
    >
      <div style={{ marginTop: 14 }}>
        <Chip tone={severityTone(rule.severity)}>{`${severityWord(rule.severity)} severity`}</Chip>
        <Chip tone="chipNeutral">{plural(incident.eventCount, "event")}</Chip>
      </div>
      <Columns style={{ marginTop: 20 }}>
        {factsOf(data).map(({ label, value, note, href }) => (
          <tr key={label}>
            <td width="72" valign="top" className="meta line" style={{ ...toneStyle("meta"), ...cell }}>
              {label}
            </td>
            <td valign="top" className="text line" style={{ ...toneStyle("text"), ...cell, overflowWrap: "anywhere" }}>
              <WithNote note={note}>{href === undefined ? <Lines text={value} /> : <TextLink href={href}>{value}</TextLink>}</WithNote>
            </td>
          </tr>
        ))}
      </Columns>
      <div style={{ marginTop: 24 }}>
        <ActionLink href={links.incident(incident.id)}>Open incident</ActionLink>
        <ActionLink quiet href={links.acknowledge(incident.id)}>
          Acknowledge
        </ActionLink>
      </div>
      {events.length > 1 && <Earlier data={data} links={links} />}
    </Frame>
  );
}

const cell = { borderTop: "1px solid #DDE2E9", padding: "8px 12px 8px 0", fontSize: 13, lineHeight: "20px" } as const;

const Chip = ({ tone, children }: { tone: Tone; children: string }): ReactElement => (
  <span
    className={tone}
    style={{
      ...toneStyle(tone),
      display: "inline-block",
      fontSize: 12,
      lineHeight: "16px",
      fontWeight: 500,
      padding: "3px 8px",
      borderRadius: 4,
      marginRight: 6,
    }}
  >
    {children}
  </span>
);

const severityWord = (severity: string): string => severity.charAt(0).toUpperCase() + severity.slice(1);

const Lines = ({ text }: { text: string }): ReactElement => (
  <>
    {text.split("\n").map((line, index) => (
      <Fragment key={line}>
        {index > 0 && <br />}
        {line}
      </Fragment>
    ))}
  </>
);

function severityTone(severity: AlertData["rule"]["severity"]): Tone {
  switch (severity) {
    case "critical":
    case "high":
      return "chipFailed";
    case "medium":
      return "chipSensitive";
    case "low":
      return "chipNeutral";
  }
}

interface Fact {
  label: string;
  value: string;
  note?: string;
  href?: string;
}

/** Who, what, where, when, and why it fired: the same list for both parts of the mail. */
function factsOf(data: AlertData): Fact[] {
  const { organization, rule } = data;
  const [event] = data.events;
  const {
    actor,
    on_behalf_of: [principal],
    resource,
    context,
  } = event;
  const facts: (Fact | false)[] = [
    fact("Who", actorLabel(actor), actor.name === undefined ? actor.type : clean(actor.email ?? actor.type)),
    principal !== undefined && fact("For", actorLabel(principal), clean(principal.email ?? principal.type)),
    { ...fact("What", clean(event.description, 300), clean(event.action)), href: linksOf(data).event(event.id) },
    event.status === "failed" && fact("Result", "Failed", event.error?.message === undefined ? undefined : clean(event.error.message, 200)),
    resource !== null && fact("On", clean(resource.name ?? resource.id ?? resource.type), clean(resource.type)),
    event.changes !== null && event.changes.fields.length > 0 && fact("Changed", changesText(event)),
    fact("When", momentLabel(event.occurred_at, organization.timeZone), `${organization.timeZone} time`),
    context.ip !== undefined && fact("From", clean(context.ip)),
    event.reason !== null && fact("Reason", clean(event.reason, 300)),
    fact("Why", `Rule “${clean(rule.name)}”${rule.name === rule.kindTitle ? "" : ` (${clean(rule.kindTitle)})`}: ${clean(rule.why, 300)}`),
  ];
  return facts.filter((one) => one !== false);
}

const fact = (label: string, value: string, note?: string): Fact => ({ label, value, ...(note === undefined || note === value ? {} : { note }) });

const actorLabel = ({ name, email, id, type }: AuditEvent["actor"]): string => clean(name ?? email ?? id ?? type);

/** `role: member → admin`, a line for each field. */
function changesText({ changes }: AuditEvent): string {
  const fields = changes?.fields ?? [];
  const lines = fields.slice(0, fieldsMax).map(({ path, before, after }) => `${clean(path)}: ${valueLabel(before)} → ${valueLabel(after)}`);
  return [...lines, ...(fields.length > fieldsMax ? [`and ${number(fields.length - fieldsMax)} more`] : [])].join("\n");
}
const fieldsMax = 8;

const valueLabel = (value: Json | undefined): string => (value === undefined ? "(none)" : clean(typeof value === "string" ? value : JSON.stringify(value), 80));

function Earlier({ data: { events, incident, organization }, links }: { data: AlertData; links: ConsoleLinks }): ReactElement {
  const shown = events.slice(1, eventsMax);
  const more = incident.eventCount - 1 - shown.length;
  return (
    <>
      <Heading>Also in this incident</Heading>
      <Columns>
        {shown.map((event) => (
          <tr key={event.id}>
            <td className="soft line" style={{ ...toneStyle("soft"), ...cell, overflowWrap: "anywhere" }}>
              <TextLink href={links.event(event.id)}>{clean(event.description, 200)}</TextLink>
              <span
                className="meta"
                style={{ ...toneStyle("meta"), display: "block", fontSize: 12, lineHeight: "18px" }}
              >{`${actorLabel(event.actor)} · ${momentLabel(event.occurred_at, organization.timeZone)}`}</span>
            </td>
          </tr>
        ))}
      </Columns>
      {more > 0 && <Paragraph tone="meta" style={{ marginTop: 8 }}>{`and ${number(more)} more`}</Paragraph>}
    </>
  );
}

const Footer = (data: AlertData): ReactElement => (
  <>
    <Footnote>{quietNote}</Footnote>
    <Footnote>{becauseOf(data)}</Footnote>
    <Footnote>
      <TextLink tone="meta" href={linksOf(data).alerts()}>
        Change the rule
      </TextLink>
    </Footnote>
  </>
);

const quietNote = "Further matches join this incident for a while and send no second mail. Links need sign-in.";
const becauseOf = ({ rule, organization }: AlertData): string =>
  `You get this because you are a recipient of the rule “${clean(rule.name)}” at ${clean(organization.name)}.`;

const linksOf = ({ origin, organization }: AlertData): ConsoleLinks => consoleLinks({ origin, slug: organization.slug });

function text(data: AlertData): string {
  const { organization, incident, rule, events, isTest } = data;
  const links = linksOf(data);
  const earlier = events.slice(1, eventsMax);
  const more = incident.eventCount - 1 - earlier.length;
  return [
    `${isTest ? "TEST: " : ""}${clean(incident.title, 200)}`,
    `${clean(organization.name)}, ${rule.severity} severity, ${plural(incident.eventCount, "event")}`,
    `Incident opened ${momentLabel(incident.openedAt, organization.timeZone)}, ${organization.timeZone} time`,
    "",
    ...factsOf(data).map(
      ({ label, value, note, href }) =>
        `${`${label}:`.padEnd(8)} ${value.replaceAll("\n", "\n         ")}${note === undefined ? "" : ` (${note})`}${href === undefined ? "" : `\n         ${href}`}`,
    ),
    ...(earlier.length === 0
      ? []
      : [
          "",
          "ALSO IN THIS INCIDENT",
          ...earlier.map(
            (event) =>
              `- ${clean(event.description, 200)}, ${actorLabel(event.actor)}, ${momentLabel(event.occurred_at, organization.timeZone)}\n  ${links.event(event.id)}`,
          ),
        ]),
    ...(earlier.length > 0 && more > 0 ? [`and ${number(more)} more`] : []),
    "",
    `Open incident: ${links.incident(incident.id)}`,
    `Acknowledge:   ${links.acknowledge(incident.id)}`,
    "",
    "-- ",
    quietNote,
    becauseOf(data),
    `Change the rule: ${links.alerts()}`,
  ].join("\n");
}
