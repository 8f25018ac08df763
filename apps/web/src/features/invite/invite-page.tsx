import { Page } from "../../ui/page.tsx";

export const InvitePage = () => <Page title="Invitation">{null}</Page>;
