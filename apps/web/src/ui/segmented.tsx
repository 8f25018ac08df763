interface SegmentedProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  return (
    <div role="group" aria-label={label} className="inline-flex h-8 self-start rounded-control border border-control p-px">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={`inset-focus rounded-chip px-2.5 ${option.value === value ? "bg-selected font-medium" : "text-ink-2 hover:bg-hover"}`}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
