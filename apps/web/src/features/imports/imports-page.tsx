import { useState } from "react";
import { FormError } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { readChosen, type ChosenFile } from "./chosen-file.ts";
import { DropZone } from "./drop-zone.tsx";
import { ImportDraft } from "./import-draft.tsx";
import { ImportHistory } from "./import-history.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { MappingList } from "./mapping-list.tsx";

export function ImportsPage() {
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [vendor, setVendor] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const choose = async (file: File) => {
    setReading(true);
    setUnreadable(false);
    try {
      setChosen(await readChosen(file));
    } catch {
      setUnreadable(true);
    } finally {
      setReading(false);
    }
  };
  const reset = () => {
    setChosen(null);
    setVendor(null);
  };
  return (
    <Page
      title="Import"
      about="Audit logs of other products become part of this one. Each event keeps its time and its original record, and a file that was imported before adds nothing."
    >
      {chosen && vendor !== null ? (
        <ImportProgress file={chosen.file} vendor={vendor} onAnother={reset} />
      ) : chosen ? (
        <ImportDraft key={`${chosen.file.name} ${chosen.file.lastModified}`} chosen={chosen} onStart={setVendor} onCancel={reset} />
      ) : (
        <DropZone onFile={(file) => void choose(file)} busy={reading} />
      )}
      {unreadable && <FormError>The file could not be read. If it is compressed, it may have been cut off.</FormError>}
      <ImportHistory />
      <MappingList />
    </Page>
  );
}
