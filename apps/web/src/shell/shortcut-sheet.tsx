import { areasHere } from "../ui/use-keys.ts";
import { Dialog } from "../ui/dialog.tsx";
import { entriesOf, keyAreas, keyMap, type KeyEntry } from "../ui/key-map.ts";
import { keyWords } from "../ui/key-words.ts";
import { usePreference } from "../ui/preferences.ts";

/** Every key there is, by the place where it works; those of the open page come first. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const singleKeys = usePreference("singleKeys");
  const here = areasHere();
  const areas = [...keyAreas.filter((area) => here.has(area)), ...keyAreas.filter((area) => !here.has(area))];
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} wide>
      {singleKeys === "off" && (
        <p role="note" className="mb-4 rounded-card border bg-surface px-3 py-2 text-ink-2">
          Single keys are off in this browser, so letters and signs do nothing here. Turn them on in Preferences. Esc, arrows and combinations with Ctrl or ⌘
          work.
        </p>
      )}
      <div className="gap-x-8 sm:columns-2">
        {areas.map((area) => (
          <section key={area} data-area={area} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-meta text-ink-3">{keyMap[area].title}</h3>
            <dl>
              {entriesOf(area).map((entry) => (
                <Line key={entry.on[0]} entry={entry} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Line({ entry: { on, does } }: { entry: KeyEntry }) {
  return (
    <div className="flex items-center justify-between gap-3 border-b py-1.5 last:border-0">
      <dt className="order-2 flex shrink-0 items-center gap-1">
        {on.map((key, at) => (
          <span key={key} data-key={key} className="flex items-center gap-1">
            {at > 0 && <span className="text-meta text-ink-3">or</span>}
            {keyWords(key).map((word) => (
              <kbd key={word}>{word}</kbd>
            ))}
          </span>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
