import { Page } from "../../ui/page.tsx";

export const TeamsPage = () => <Page title="Teams">{null}</Page>;
