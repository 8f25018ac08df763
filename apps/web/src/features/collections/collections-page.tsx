import { collection } from "@daybook/policy";
import { DefaultAccessCard } from "../inventory/default-access-card.tsx";
import { SharedObjectsPage } from "../inventory/shared-objects-page.tsx";

export const CollectionsPage = () => (
  <SharedObjectsPage
    kind={collection}
    title="Collections"
    about="Places where reports and dashboards lie, and who may view, query or manage each. Every change of access is in the log."
    whyEmpty="Make one and name who may use it, or let your product keep them by the API."
    before={<DefaultAccessCard />}
  />
);
