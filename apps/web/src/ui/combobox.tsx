import { useState } from "react";
import { Picker } from "./picker.tsx";

interface ComboboxProps {
  id?: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
  "aria-describedby"?: string;
}

const shownMax = 60;

/** A select that can be searched. */
export function Combobox({ value, options, onChange, ...control }: ComboboxProps) {
  const [typed, setTyped] = useState("");
  const choices = matching(options, typed)
    .slice(0, shownMax)
    .map((option) => ({ id: option, name: option }));
  return (
    <Picker
      {...control}
      placeholder="Search…"
      className="control control-form"
      value={value}
      chosen={value}
      typed={typed}
      choices={choices}
      onType={setTyped}
      onPick={({ id }) => onChange(id)}
    />
  );
}

/** Words in any order, and "new york" finds New_York. */
export function matching(options: readonly string[], typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter(Boolean);
  return options.filter((option) => {
    const text = option.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
