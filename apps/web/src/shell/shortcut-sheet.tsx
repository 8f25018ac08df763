import { Dialog } from "../ui/dialog.tsx";

const groups: readonly [string, readonly [string, string][]][] = [
  [
    "Everywhere",
    [
      ["g a", "Activity logs"],
      ["g s", "System logs"],
      ["g o", "Operations"],
      ["g i", "Incidents"],
      ["?", "This sheet"],
      ["Esc", "Close the topmost layer"],
    ],
  ],
  [
    "Logs",
    [
      ["j k ↓ ↑", "Next and previous event"],
      ["Home End", "First and last loaded event"],
      ["Enter", "Open the event"],
      ["/", "Search"],
      ["t", "Time range"],
      ["r", "Refresh"],
      ["n", "Show new events"],
      ["z", "Undo zoom"],
      ["c", "Copy a link to what you see"],
    ],
  ],
  [
    "Histogram",
    [
      ["← →", "Choose a bar"],
      ["Shift ← →", "Choose several"],
      ["Enter", "Zoom to them"],
    ],
  ],
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      {groups.map(([title, keys]) => (
        <section key={title} className="mb-4 last:mb-0">
          <h3 className="mb-1 text-meta text-ink-3">{title}</h3>
          <dl>
            {keys.map(([key, meaning]) => (
              <div key={key} className="flex items-center justify-between border-b py-1.5 last:border-0">
                <dt className="order-2 flex gap-1">
                  {key.split(" ").map((each) => (
                    <kbd key={each}>{each}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
