import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { GeneralForm } from "./general-form.tsx";

export function GeneralPage() {
  const trpc = useTRPC();
  const organization = useQuery(trpc.organization.get.queryOptions());
  return (
    <Page title="General" about="What the organization is called, where it is found, and in which zone its days begin. Each change is in the log.">
      <QueryPanel query={organization} what="The organization">
        {(data) => <GeneralForm key={`${data.name}/${data.slug}/${data.timeZone}`} organization={data} />}
      </QueryPanel>
    </Page>
  );
}
