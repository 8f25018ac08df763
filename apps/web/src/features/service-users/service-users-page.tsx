import { Page } from "../../ui/page.tsx";

export const ServiceUsersPage = () => <Page title="Service users">{null}</Page>;
