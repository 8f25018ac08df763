import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { MailReader } from "./mail-reader.tsx";

type Mail = inferOutput<Trpc["mailbox"]["list"]>["mails"][number];

const about = {
  mailbox: "Without SMTP settings nothing leaves this machine: mails of alerts and reports land here.",
  smtp: "Mails of alerts and reports, as they were handed to the mail server.",
};

export function MailboxPage() {
  const { mail } = useSearch({ from: "/o/$org/mailbox" });
  const trpc = useTRPC();
  const mailbox = useQuery(trpc.mailbox.list.queryOptions(undefined, { refetchInterval: ({ state: { error } }) => unlessRefused(error, 2000) }));
  return (
    <Page title="Mailbox" about={mailbox.data && about[mailbox.data.transport]}>
      {mail && <MailReader id={mail} />}
      <QueryPanel
        query={mailbox}
        what="The mailbox"
        isEmpty={({ mails }) => mails.length === 0}
        empty={<EmptyPanel title="No mail yet">When an alert fires or a report is due, its mail is listed here.</EmptyPanel>}
      >
        {({ mails }) => (
          <ul aria-label="Mails" className="rounded-card border">
            {mails.map((each) => (
              <MailRow key={each.id} mail={each} isOpen={each.id === mail} />
            ))}
          </ul>
        )}
      </QueryPanel>
    </Page>
  );
}

const tones = { queued: "progress", delivered: "ok", sent: "ok", failed: "failed" } as const;
const words = { queued: "Queued", delivered: "Delivered", sent: "Sent", failed: "Failed" };

function MailRow({ mail, isOpen }: { mail: Mail; isOpen: boolean }) {
  const { org } = useParams({ from: "/o/$org/mailbox" });
  return (
    <li className="border-b last:border-0">
      <Link
        to="/o/$org/mailbox"
        params={{ org }}
        search={{ mail: mail.id }}
        data-mail={mail.id}
        preload={false}
        aria-current={isOpen ? "true" : undefined}
        className={`inset-focus flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 ${isOpen ? "bg-selected" : "hover:bg-hover"}`}
      >
        <span className="min-w-0 flex-1 basis-[260px]">
          <span className="block truncate font-medium">{mail.subject}</span>
          <span className="block truncate text-meta text-ink-2">To {mail.to.join(", ")}</span>
          {mail.error && <span className="block text-meta break-words text-failed">{mail.error}</span>}
        </span>
        <StateChip tone={tones[mail.state]}>{words[mail.state]}</StateChip>
        <span className="text-meta">
          <Time at={mail.createdAt} />
        </span>
      </Link>
    </li>
  );
}
