import { useState } from "react";
import type { inferOutput, Trpc } from "../../trpc.ts";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { curlSnippet, sdkSnippet } from "./write-snippets.ts";

type ActionView = inferOutput<Trpc["catalog"]["get"]>;

const forms = { curl: "curl", sdk: "TypeScript", event: "Event", schema: "Schema" } as const;
type Form = keyof typeof forms;

/** The sample in the forms in which somebody who writes events can use it. */
export function WriteIt({ view: { sampleEvent, schema, key } }: { view: ActionView }) {
  const [form, setForm] = useState<Form>("curl");
  const texts: Record<Form, string | null> = {
    curl: curlSnippet(location.origin, sampleEvent),
    sdk: sdkSnippet(location.origin, sampleEvent),
    event: JSON.stringify(sampleEvent, null, 2),
    schema: schema && JSON.stringify(schema, null, 2),
  };
  const options = (Object.keys(forms) as Form[]).filter((each) => texts[each] !== null).map((value) => ({ value, label: forms[value] }));
  const shown = texts[form] === null ? "event" : form;
  return (
    <div className="flex flex-col gap-2">
      <Segmented label="Form" options={options} value={shown} onChange={setForm} />
      <CodeBlock code={texts[shown] ?? ""} what={`${key} as ${forms[shown]}`} />
    </div>
  );
}
