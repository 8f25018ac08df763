import { Page } from "../../ui/page.tsx";

export const OrganizationLogs = () => <Page title="Organization logs">{null}</Page>;
