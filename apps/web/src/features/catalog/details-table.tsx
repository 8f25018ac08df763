import { Fragment } from "react";
import type { inferOutput, Trpc } from "../../trpc.ts";

type Detail = inferOutput<Trpc["catalog"]["get"]>["details"][number];

/** What an event of the action may say. Nothing here is enforced: an event that lacks it is taken all the same. */
export function DetailsTable({ details }: { details: readonly Detail[] }) {
  return (
    <table className="w-full border-collapse">
      <thead>
        <tr className="border-b text-left text-meta text-ink-3">
          <th scope="col" className="h-7 pr-3 font-normal">
            Field
          </th>
          <th scope="col" className="h-7 pr-3 font-normal">
            Type
          </th>
          <th scope="col" className="h-7 font-normal">
            What it says
          </th>
        </tr>
      </thead>
      <tbody>
        {details.map((detail) => (
          <tr key={detail.path} className="border-b align-top last:border-0">
            <td className="py-1.5 pr-3">
              <Path path={detail.path} />
              {detail.required && <span className="block text-meta text-pending">expected</span>}
            </td>
            <td className="py-1.5 pr-3 whitespace-nowrap text-ink-2">{detail.format ?? detail.type}</td>
            <td className="py-1.5">
              {detail.title}
              <code className="block break-words text-ink-3">{exampleOf(detail)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A long path breaks behind its dots only. */
const Path = ({ path }: { path: string }) => (
  <code>
    {path.split(".").map((part, at) => (
      <Fragment key={at}>
        {at > 0 && (
          <>
            .<wbr />
          </>
        )}
        {part}
      </Fragment>
    ))}
  </code>
);

function exampleOf({ before, example, values }: Detail): string {
  if (values) return values.join(" · ");
  const shown = JSON.stringify(example);
  return before === undefined ? shown : `${JSON.stringify(before)} → ${shown}`;
}
