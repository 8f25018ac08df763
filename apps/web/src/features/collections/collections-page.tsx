import { Page } from "../../ui/page.tsx";

export const CollectionsPage = () => <Page title="Collections">{null}</Page>;
