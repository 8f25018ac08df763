import { useRouter } from "@tanstack/react-router";
import { type EventRow, wallTime } from "@daybook/event";
import { CircleCheck, CircleDashed } from "lucide-react";
import { useEffect, useState } from "react";
import { doorOf } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { clockText } from "../../ui/zone-time.ts";
import { useZone } from "../../ui/zone-context.ts";
import { forgetSession } from "../../shell/session.ts";
import { DemoButton } from "./demo-button.tsx";
import { firstEventCurl } from "./first-event-curl.ts";
import type { CreatedOrganization } from "./setup-page.tsx";

export function FirstEventStep({ created }: { created: CreatedOrganization }) {
  const router = useRouter();
  const arrived = useFirstEvent(created.id);
  const leave = (path: string) => {
    forgetSession();
    router.history.push(path);
  };
  return (
    <div className="flex flex-col gap-4">
      <CodeBlock code={firstEventCurl(location.origin, created.token)} what="The first event as a curl command" />
      <p className="text-meta text-ink-3">
        The token in it can write and read events of this organization. It is shown this once; make another under API tokens at any time.
      </p>
      <div role="status" data-state={arrived ? "ready" : "loading"} className="flex min-h-[52px] items-center gap-3 rounded-card border px-3 py-2">
        {arrived ? <Arrived event={arrived} onOpen={() => leave(`/o/${created.slug}/logs/activity?event=${arrived.id}`)} /> : <Waiting />}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t pt-4">
        <DemoButton organizationId={created.id} onLoaded={(slug) => leave(`/o/${slug}/logs/activity`)} />
        <Button look={arrived ? "quiet" : "plain"} onClick={() => leave(`/o/${created.slug}/logs/activity`)}>
          Go to the logs
        </Button>
      </div>
    </div>
  );
}

const Waiting = () => (
  <>
    <CircleDashed size={18} aria-hidden className="shrink-0 text-ink-3" />
    <p className="text-ink-2">Waiting for the first event…</p>
  </>
);

function Arrived({ event, onOpen }: { event: EventRow; onOpen: () => void }) {
  const zone = useZone();
  return (
    <>
      <CircleCheck size={18} aria-hidden className="shrink-0 text-ok" />
      <p className="min-w-0 flex-1">
        Received {clockText(wallTime(Date.parse(event.received_at), zone))} · <strong className="font-medium">{event.description}</strong>
      </p>
      <Button look="primary" onClick={onOpen}>
        Open
      </Button>
    </>
  );
}

/**
 * Setting up is itself recorded, so what counts is the first event that did not come from Daybook. From the log's beginning on: the command may have
 * been run before the stream is open.
 */
function useFirstEvent(organizationId: string): EventRow | null {
  const [event, setEvent] = useState<EventRow | null>(null);
  useEffect(() => {
    const tail = doorOf(organizationId).client.events.tail.subscribe(
      { logType: "activity", filter: {}, afterSeq: 0 },
      { onData: ({ data }) => data.source !== "daybook" && setEvent((first) => first ?? data) },
    );
    return () => tail.unsubscribe();
  }, [organizationId]);
  return event;
}
