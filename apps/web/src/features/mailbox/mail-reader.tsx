import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useTRPC } from "../../trpc.ts";
import { MailView } from "../../ui/mail-view.tsx";
import { Card } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Time } from "../../ui/time.tsx";

export function MailReader({ id }: { id: string }) {
  const { org } = useParams({ from: "/o/$org/mailbox" });
  const trpc = useTRPC();
  const mail = useQuery(trpc.mailbox.get.queryOptions({ id }));
  return (
    <Card className="p-4">
      <QueryPanel query={mail} what="The mail">
        {(open) => (
          <article className="flex flex-col gap-3">
            <header className="flex items-start gap-3">
              <div className="min-w-0 flex-1">
                <h2 className="text-section break-words">{open.subject}</h2>
                <p className="text-ink-2">
                  To {open.to.join(", ")} · <Time at={open.createdAt} as="relative" />
                </p>
              </div>
              <Link
                to="/o/$org/mailbox"
                params={{ org }}
                aria-label="Close mail"
                className="inline-grid size-7 place-items-center rounded-control text-ink-2 hover:bg-hover"
              >
                <X size={16} aria-hidden />
              </Link>
            </header>
            <MailView html={open.html} text={open.text} title={open.subject} />
          </article>
        )}
      </QueryPanel>
    </Card>
  );
}
