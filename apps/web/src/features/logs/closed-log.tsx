import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyPanel, ErrorPanel } from "../../ui/state-panel.tsx";

interface ClosedLogProps {
  error: unknown;
  onRetry: () => void;
  /** Given where something is searched for: it may be the search alone that asks for what is hidden. */
  onClear?: (() => void) | undefined;
}

/** In place of all of the log, so that no figure of it stays on screen either. */
export function ClosedLog({ error, onRetry, onClear }: ClosedLogProps) {
  const { code, message } = readApiError(error);
  return (
    <Page title="Logs">
      {code === "not_in_plan" ? (
        <ErrorPanel error={error} what="The log" onRetry={onRetry} />
      ) : (
        <div data-state="forbidden">
          <EmptyPanel
            title={onClear ? "This search is closed to you" : "This log is closed to you"}
            action={
              <>
                {onClear && (
                  <Button look="primary" onClick={onClear}>
                    Clear the search
                  </Button>
                )}
                <Button onClick={onRetry}>Try again</Button>
              </>
            }
          >
            {message}
          </EmptyPanel>
        </div>
      )}
    </Page>
  );
}
