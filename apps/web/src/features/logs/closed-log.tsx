import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyPanel, ErrorPanel } from "../../ui/state-panel.tsx";

const statuses = [402, 403];

/** Whether the server shows this reader nothing of the log, as against an answer that failed. */
export const isClosed = (error: unknown): boolean => statuses.includes(readApiError(error).httpStatus);

/** In place of all of the log, so that no figure of it stays on screen either. */
export function ClosedLog({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, message } = readApiError(error);
  return (
    <Page title="Logs">
      {code === "not_in_plan" ? (
        <ErrorPanel error={error} what="The log" onRetry={onRetry} />
      ) : (
        <div data-state="forbidden">
          <EmptyPanel title="This log is closed to you" action={<Button onClick={onRetry}>Try again</Button>}>
            {message}
          </EmptyPanel>
        </div>
      )}
    </Page>
  );
}
