import { Page } from "../../ui/page.tsx";

export const ResetPasswordPage = () => <Page title="New password">{null}</Page>;
