import { Page } from "../../ui/page.tsx";

export const TeamMembers = () => <Page title="Team members">{null}</Page>;
