import { Page } from "../../ui/page.tsx";

export const PlanPage = () => <Page title="Plan">{null}</Page>;
