import type { LinkProps } from "@tanstack/react-router";
import {
  Activity,
  Bell,
  BookOpen,
  Building2,
  CalendarCheck,
  CalendarClock,
  Cog,
  FileSearch,
  FileUp,
  Inbox,
  Plug,
  Settings,
  Siren,
  SlidersHorizontal,
  Timer,
  UserRoundCog,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import type { Organization } from "./session.ts";

type Grant = Organization["grants"][number];

/** A page of the console. Sidebar, tabs and palette are lists of these. */
export interface Place {
  label: string;
  to: NonNullable<LinkProps["to"]>;
  logType?: "activity" | "system";
  /** Left out: open to everybody. */
  needs?: Grant;
  /** What else a reader may call it. */
  words?: string;
}

interface MainPlace extends Place {
  Icon: LucideIcon;
}

export const mainPlaces: readonly MainPlace[] = [
  { to: "/o/$org/logs/$logType", logType: "activity", label: "Activity logs", Icon: Activity, needs: "events:read", words: "audit events user" },
  { to: "/o/$org/logs/$logType", logType: "system", label: "System logs", Icon: Cog, needs: "events:read", words: "audit events" },
  { to: "/o/$org/operations", label: "Operations", Icon: Workflow, needs: "events:read", words: "runs jobs" },
  { to: "/o/$org/investigate", label: "Investigate", Icon: FileSearch, needs: "cases:work", words: "cases" },
  { to: "/o/$org/review", label: "Weekly review", Icon: CalendarCheck, needs: "reviews:read", words: "sign off" },
  { to: "/o/$org/incidents", label: "Incidents", Icon: Siren, needs: "alerts:read" },
  { to: "/o/$org/alerts", label: "Alerts", Icon: Bell, needs: "alerts:read", words: "rules" },
  { to: "/o/$org/catalog", label: "Catalog", Icon: BookOpen, needs: "events:read", words: "actions vocabulary" },
  { to: "/o/$org/integrations", label: "Integrations", Icon: Plug, needs: "sources:read", words: "dbt sources" },
  { to: "/o/$org/imports", label: "Import", Icon: FileUp, needs: "imports:read", words: "upload files" },
  { to: "/o/$org/reports", label: "Reports", Icon: CalendarClock, needs: "reports:read", words: "schedules" },
  { to: "/o/$org/mailbox", label: "Mailbox", Icon: Inbox, needs: "mailbox:read", words: "mails" },
  { to: "/o/$org/retention", label: "Retention", Icon: Timer, needs: "retention:read", words: "purge keep days" },
  { to: "/o/$org/organization", label: "Organization", Icon: Building2, needs: "teams:read" },
  { to: "/o/$org/settings/general", label: "Settings", Icon: Settings, needs: "organization:manage" },
];

export const ownPlaces: readonly MainPlace[] = [
  { to: "/o/$org/account", label: "Profile and security", Icon: UserRoundCog, words: "account password passkey two-factor sessions" },
  { to: "/o/$org/preferences", label: "Preferences", Icon: SlidersHorizontal, words: "theme density keyboard time zone" },
];

/** Of several places those that the reader may open. */
export const openPlaces = <P extends Place>(places: readonly P[], grants: Organization["grants"]): P[] =>
  places.filter(({ needs }) => needs === undefined || grants.includes(needs));

export const linkTo = ({ to, logType }: Place, org: string): LinkProps => ({ to, params: { org, ...(logType && { logType }) } }) as LinkProps;
