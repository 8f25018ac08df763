import { Page } from "../../ui/page.tsx";

export const AuditLogDoor = () => <Page title="Audit log">{null}</Page>;
