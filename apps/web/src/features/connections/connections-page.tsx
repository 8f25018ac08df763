import { connection } from "@daybook/policy";
import { SharedObjectsPage } from "../inventory/shared-objects-page.tsx";

export const ConnectionsPage = () => (
  <SharedObjectsPage
    kind={connection}
    title="Connections"
    about="Databases and warehouses, and who may view, query or manage each. Nobody comes by a connection without being named, alone or in a group."
    whyEmpty="Make one and name who may use it, or let your product keep them by the API."
  />
);
