import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOpen } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Providers } from "./providers.tsx";
import { RulesForm } from "./rules-form.tsx";

export function SecurityPage() {
  const trpc = useTRPC();
  const { organization } = useOpen();
  const security = useQuery(trpc.security.get.queryOptions());
  const mayChange = organization.grants.includes("security:write");
  return (
    <Page
      title="Security"
      about="What this organization demands of whoever comes in. Each change is recorded, with what it was before."
      action={
        <Link
          to="/o/$org/settings/security/audit-log"
          params={{ org: organization.slug }}
          className="inline-flex h-8 items-center rounded-control border border-control bg-bg px-3 hover:bg-hover"
        >
          Audit log
        </Link>
      }
    >
      <QueryPanel query={security} what="The rules">
        {(settings) => <RulesForm key={JSON.stringify(settings)} settings={settings} mayChange={mayChange} />}
      </QueryPanel>
      <Providers mayChange={mayChange} mayAdd={organization.grants.includes("sign-in-providers:trust")} />
    </Page>
  );
}
