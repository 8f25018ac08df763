import { Time } from "../../ui/time.tsx";

interface ScopeWordsProps {
  scope: string;
  eventsFrom: string | null;
  eventsTo: string | null;
}

/** Which events a grant covers, of which time. */
export function ScopeWords({ scope, eventsFrom, eventsTo }: ScopeWordsProps) {
  return (
    <>
      <span className="break-words">{scope}</span>
      {(eventsFrom ?? eventsTo) && (
        <span className="text-ink-2">
          {eventsFrom && (
            <>
              {" "}
              from <Time at={eventsFrom} as="day" />
            </>
          )}
          {eventsTo && (
            <>
              {" "}
              before <Time at={eventsTo} as="day" />
            </>
          )}
        </span>
      )}
    </>
  );
}
