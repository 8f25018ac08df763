import type { AuditEvent } from "@daybook/event";
import { Dialog } from "../../../ui/dialog.tsx";
import { Time } from "../../../ui/time.tsx";
import { differences } from "./compare.ts";

interface CompareDialogProps {
  left: AuditEvent;
  right: AuditEvent;
  onClose: () => void;
}

/** Two events side by side: only what differs. */
export function CompareDialog({ left, right, onClose }: CompareDialogProps) {
  const found = differences(left, right);
  return (
    <Dialog title="Compare two events" onClose={onClose} wide>
      {found.length === 0 ? (
        <p className="text-ink-2">They say the same.</p>
      ) : (
        <table className="table-stack w-full table-fixed border-collapse text-left">
          <thead className="align-bottom text-meta text-ink-3">
            <tr>
              <th scope="col" className="w-[28%] py-1.5 pr-3 font-normal">
                {found.length === 1 ? "1 field differs" : `${found.length} fields differ`}
              </th>
              {[left, right].map((event) => (
                <th key={event.id} scope="col" className="py-1.5 pr-3 font-normal">
                  <span className="block truncate font-medium text-ink">{event.description}</span>
                  <Time at={event.occurred_at} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map(({ path, left: one, right: other }) => (
              <tr key={path} className="border-t align-top">
                <th scope="row" className="mono py-1.5 pr-3 font-normal break-words text-ink-2">
                  {path}
                </th>
                <Side label="First" value={one} />
                <Side label="Second" value={other} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}

const Side = ({ label, value }: { label: string; value: string | undefined }) => (
  <td data-label={label} className="py-1.5 pr-3 break-words">
    {value === undefined ? <span className="text-ink-3">not there</span> : <span className="whitespace-pre-wrap">{value}</span>}
  </td>
);
