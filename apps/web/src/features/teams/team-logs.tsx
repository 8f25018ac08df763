import { Page } from "../../ui/page.tsx";

export const TeamLogs = () => <Page title="Team logs">{null}</Page>;
