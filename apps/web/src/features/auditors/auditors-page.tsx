import { Page } from "../../ui/page.tsx";

export const AuditorsPage = () => <Page title="Auditors">{null}</Page>;
