import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Plus } from "lucide-react";
import { useId, useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { CreateTokenDialog } from "../tokens/create-token-dialog.tsx";
import { LastUse } from "../tokens/token-cells.tsx";
import { TokenRow } from "../tokens/token-row.tsx";
import { ServiceUserDialog, type ServiceUser } from "./service-user-dialog.tsx";
import { searchFor } from "../logs/search-text.ts";

/** One service user; its tokens unfold below. */
export function ServiceUserItem({ serviceUser }: { serviceUser: ServiceUser }) {
  const { grants, slug: org } = useOrganization();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<"edit" | "remove" | "token" | null>(null);
  const tokensId = useId();
  const close = () => setAsked(null);
  const { id, name, description, owner, tokens } = serviceUser;
  return (
    <li data-service-user={id} className="border-b last:border-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3 py-3">
        <div className="min-w-0 flex-1 basis-[220px]">
          <h2 className="text-body font-medium [overflow-wrap:anywhere]">{name}</h2>
          {description && <p className="text-ink-2 [overflow-wrap:anywhere]">{description}</p>}
          <p className="text-meta text-ink-3">
            {owner ? `Owner: ${owner.name || "unnamed"} (${owner.type === "team" ? "team" : "member"})` : "No owner"} · created{" "}
            <Time at={serviceUser.createdAt} as="day" /> by {serviceUser.createdBy}
          </p>
        </div>
        <dl className="flex min-w-[150px] items-baseline gap-1 text-meta">
          <dt className="text-ink-3">Last used</dt>
          <dd>
            <LastUse lastUsedAt={serviceUser.lastUsedAt} lastUsedIp={null} />
          </dd>
        </dl>
        <div className="flex flex-wrap items-center gap-1">
          <Button size="dense" aria-expanded={open} aria-controls={tokensId} onClick={() => setOpen(!open)}>
            <ChevronRight size={14} aria-hidden className={open ? "rotate-90" : undefined} />
            {tokens === 1 ? "1 token" : `${tokens} tokens`}
          </Button>
          <Link
            to="/o/$org/logs/$logType"
            params={{ org, logType: "activity" }}
            search={{ q: searchFor("actor", id) }}
            aria-label={`Activity of ${name}`}
            className="inline-flex h-7 items-center rounded-control border border-control px-2 hover:bg-hover"
          >
            Activity
          </Link>
          {grants.includes("service-users:manage") && (
            <>
              <Button size="dense" aria-label={`Edit ${name}`} onClick={() => setAsked("edit")}>
                Edit…
              </Button>
              <Button size="dense" aria-label={`Delete ${name}`} onClick={() => setAsked("remove")}>
                Delete…
              </Button>
            </>
          )}
        </div>
      </div>
      <div id={tokensId} hidden={!open} className="flex flex-col items-start gap-2 px-3 pb-3">
        {open && <TokensOf serviceUserId={id} />}
        {open && grants.includes("tokens:manage") && (
          <Button size="dense" aria-label={`New token of ${name}`} onClick={() => setAsked("token")}>
            <Plus size={14} aria-hidden />
            New token
          </Button>
        )}
      </div>
      {asked === "edit" && <ServiceUserDialog serviceUser={serviceUser} onClose={close} />}
      {asked === "token" && <CreateTokenDialog serviceUserId={id} onClose={close} />}
      {asked === "remove" && <RemoveServiceUser serviceUser={serviceUser} onClose={close} />}
    </li>
  );
}

function TokensOf({ serviceUserId }: { serviceUserId: string }) {
  const trpc = useTRPC();
  const tokens = useQuery(trpc.tokens.list.queryOptions({ serviceUserId }));
  return (
    <div className="w-full">
      <QueryPanel
        query={tokens}
        what="Tokens"
        isEmpty={(list) => list.length === 0}
        empty={<p className="text-ink-3">It has no token yet, so it cannot do anything.</p>}
      >
        {(list) => (
          <Table label="Its tokens" columns={["Name", "It may", "Created", "Last used", "Expires", ""]}>
            {list.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </Table>
        )}
      </QueryPanel>
    </div>
  );
}

function RemoveServiceUser({ serviceUser, onClose }: { serviceUser: ServiceUser; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.serviceUsers.remove.mutationOptions({
      onSuccess: async () => {
        await Promise.all([trpc.serviceUsers, trpc.tokens].map((area) => queryClient.invalidateQueries(area.pathFilter())));
        onClose();
      },
    }),
  );
  const { tokens } = serviceUser;
  return (
    <Confirm
      title={`Delete ${serviceUser.name}?`}
      act={tokens === 0 ? "Delete service user" : `Delete it and revoke ${tokens === 1 ? "1 token" : `${tokens} tokens`}`}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ serviceUserId: serviceUser.id })}
      onClose={onClose}
    >
      {tokens === 0 ? "It has no token that works." : "Whatever uses its tokens is refused within five seconds."} What it did stays in the log under its name.
      The deletion{tokens > 0 && " and each revoked token"} is recorded there as well, and cannot be undone.
    </Confirm>
  );
}
